import Core

extension [Event] {
  /// The events in parts that the log takes as one append each: it takes 4,096 records and 4 MiB.
  var parts: [[Event]] {
    var parts: [[Event]] = []
    var size = 0
    for event in self {
      let bytes = event.json.count
      if let last = parts.last, last.count < 4_000, size + bytes < 3 << 20 {
        parts[parts.count - 1].append(event)
      } else {
        parts.append([event])
        size = 0
      }
      size += bytes
    }
    return parts
  }
}

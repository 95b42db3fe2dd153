/// What repairs wrote anew and the log does not say yet, in the file `repaired.todo`.
///
///     a line a segment:  its name, when (µs since 1970), 1 for a new identity, the lost sequences
///                        00000000000000000001.seg 1715837220000000 0 3-5,9
///
/// Written before a segment is replaced, so that a repair that is killed in between is told by the next one.
struct RepairNote {
  private static let name = "repaired.todo"

  private(set) var repaired: [Repaired] = []

  /// Reads the note of `folder`, empty where there is none.
  init(in folder: String, _ disk: any Disk) throws(EventLogError) {
    let path = folder + "/" + Self.name
    guard let bytes = try disk.contents(of: path) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard let one = Repaired(noted: line) else {
        throw .refused(reason: "\(path) is not what a repair notes; move it away")
      }
      repaired.append(one)
    }
  }

  /// Notes `one`; what was noted of the same segment and is not recorded yet becomes one with it.
  mutating func add(
    _ one: Repaired, in folder: String, _ disk: any Disk
  ) throws(EventLogError) {
    var one = one
    if let place = repaired.firstIndex(where: { $0.segment == one.segment }) {
      let before = repaired.remove(at: place)
      one.lost = Set(before.lost + one.lost).sorted()
      one.micros = before.micros
      one.hasNewIdentity = before.hasNewIdentity || one.hasNewIdentity
    }
    repaired.append(one)
    let text = repaired.map(\.noted).joined()
    try disk.replace(folder + "/" + Self.name, with: Array(text.utf8), in: folder)
  }

  /// Removes the note, if there is one.
  static func remove(in folder: String, _ disk: any Disk) throws(EventLogError) {
    guard try disk.names(in: folder).contains(name) else { return }
    try disk.remove(folder + "/" + name)
    try disk.syncFolder(folder)
  }
}

extension SegmentedLog {
  /// Forgets what repairs wrote anew, once the log has it as records.
  public func noteRepairsRecorded() throws(EventLogError) {
    try RepairNote.remove(in: folder, disk)
  }
}

extension Repaired {
  fileprivate var noted: String {
    let ranges = RangeSet(lost.map { $0..<$0 + 1 }).ranges.map { range in
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound - 1)"
    }
    return "\(segment) \(micros) \(hasNewIdentity ? 1 : 0) "
      + (ranges.isEmpty ? "-" : ranges.joined(separator: ",")) + "\n"
  }

  fileprivate init?(noted line: Substring) {
    let words = line.split(separator: " ")
    guard words.count == 4, let micros = Int64(words[1]) else { return nil }
    self.init(segment: String(words[0]), lost: [], micros: micros, hasNewIdentity: words[2] == "1")
    for part in words[3].split(separator: ",") where words[3] != "-" {
      let ends = part.split(separator: "-").compactMap { UInt64($0) }
      guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last,
        last - first < Limits.placeholders
      else { return nil }
      lost += Array(first...last)
    }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    if let first = utf8.first, let last = utf8.last, Self.isSign(first), Self.isSign(last) {
      return self
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Whether `byte` is a character of its own, and no white space.
  private static func isSign(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x80 }

  var nonEmpty: String? { isEmpty ? nil : self }

  /// With `new` in each place of `old`, byte by byte: a mark that combines with a `<` hides it no more.
  func replacing(_ old: String, with new: String) -> String {
    let wanted = Array(old.utf8)
    let bytes = Array(utf8)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if bytes[place] == wanted.first, bytes[place...].starts(with: wanted) {
        output += Array(new.utf8)
        place += wanted.count
      } else {
        output.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

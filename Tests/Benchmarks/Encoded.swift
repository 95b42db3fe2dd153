import Glibc

/// A text in another encoding than UTF-8, for documents as old sites serve them.
enum Encoded {
  /// The bytes of `text` in the set that iconv(3) calls `name`; `?` for what the set does not have.
  static func bytes(_ text: String, in name: String) -> [UInt8] {
    guard let converter = unsafe iconv_open(name + "//TRANSLIT", "UTF-8"),
      Int(bitPattern: converter) != -1
    else { return [] }
    defer { unsafe iconv_close(converter) }
    var source = text.utf8.map { CChar(bitPattern: $0) }
    var left = source.count
    return unsafe [UInt8](unsafeUninitializedCapacity: 2 * left + 16) { buffer, count in
      var room = buffer.count
      unsafe source.withUnsafeMutableBufferPointer { source in
        var from = source.baseAddress
        unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
          var to = buffer.baseAddress
          _ = unsafe iconv(converter, &from, &left, &to, &room)
        }
      }
      count = buffer.count - room
    }
  }
}

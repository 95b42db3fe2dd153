import Core
import FoundationEssentials
import Glibc

/// What a command is given to read: a file or standard input.
enum Input {
  /// Bytes; more is refused.
  static let limit = 256 << 20

  /// The bytes of `file`, or of standard input where it is `-`.
  static func bytes(of file: String) throws -> [UInt8] {
    if file == "-" { return try standardInput() }
    do {
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? UInt64 ?? 0
      guard size <= limit else { throw tooLarge(file) }
      return try [UInt8](Data(contentsOf: URL(filePath: file)))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(file, "cannot be read", fix: "check its name and rights", code: Exit.badData)
    }
  }

  private static func standardInput() throws -> [UInt8] {
    var all: [UInt8] = []
    while let piece = try piece(65_536) {
      all += piece
      guard all.count <= limit else { throw tooLarge("standard input") }
    }
    return all
  }

  /// The next lines of standard input, without their ends, in batches of about `size` bytes.
  static func lines(size: Int, _ batch: ([ArraySlice<UInt8>]) async throws -> Void) async throws {
    var rest: [UInt8] = []
    while let more = try piece(size) {
      rest += more
      guard rest.count <= limit else { throw tooLarge("standard input") }
      guard let end = rest.lastIndex(of: 0x0A) else { continue }
      try await batch(rest[..<end].split(separator: 0x0A, omittingEmptySubsequences: false))
      rest.removeFirst(end + 1)
    }
    if !rest.isEmpty { try await batch([rest[...]]) }
  }

  private static func piece(_ size: Int) throws -> [UInt8]? {
    while true {
      let (bytes, count) = read(size)
      if count >= 0 { return count == 0 ? nil : bytes }
      guard errno == EINTR else {
        throw Failure("standard input", "cannot be read", fix: "pipe a file into it")
      }
    }
  }

  private static func read(_ size: Int) -> ([UInt8], Int) {
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      count = unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress, size)
      filled = max(0, count)
    }
    return (bytes, count)
  }

  private static func tooLarge(_ place: String) -> Failure {
    Failure(place, "is over 256 MiB", fix: "give it in parts", code: Exit.badData)
  }
}

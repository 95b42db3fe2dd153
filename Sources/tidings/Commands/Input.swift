import Core
import FoundationEssentials
import Glibc

/// What a command is given to read: a file or standard input.
enum Input {
  /// Bytes; more is refused.
  static let limit = 256 << 20

  /// The bytes of `file`, or of standard input where it is `-`.
  static func bytes(of file: String) throws -> [UInt8] {
    let place = file == "-" ? "standard input" : file
    do {
      return try file == "-"
        ? rest(of: STDIN_FILENO, limit: limit) : contents(of: file, limit: limit)
    } catch .tooLarge {
      throw tooLarge(place)
    } catch .unreadable(let reason) {
      throw Failure(
        place, "cannot be read: \(reason)", fix: "check its name and rights", code: Exit.badData)
    }
  }

  /// What a file, pipe or device holds, up to its end.
  static func contents(of file: String, limit: Int) throws(InputError) -> [UInt8] {
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(reason(errno)) }
    defer { close(descriptor) }
    return try rest(of: descriptor, limit: limit)
  }

  private static func rest(of descriptor: Int32, limit: Int) throws(InputError) -> [UInt8] {
    var all: [UInt8] = []
    while let piece = try piece(65_536, from: descriptor) {
      all += piece
      guard all.count <= limit else { throw .tooLarge }
    }
    return all
  }

  /// The next lines of standard input, without their ends, in batches of about `size` bytes.
  static func lines(size: Int, _ batch: ([ArraySlice<UInt8>]) async throws -> Void) async throws {
    var rest: [UInt8] = []
    while let more = try standardInput(size) {
      rest += more
      guard rest.count <= limit else { throw tooLarge("standard input") }
      guard let end = rest.lastIndex(of: 0x0A) else { continue }
      try await batch(rest[..<end].split(separator: 0x0A, omittingEmptySubsequences: false))
      rest.removeFirst(end + 1)
    }
    if !rest.isEmpty { try await batch([rest[...]]) }
  }

  private static func standardInput(_ size: Int) throws -> [UInt8]? {
    do {
      return try piece(size, from: STDIN_FILENO)
    } catch {
      throw Failure("standard input", "cannot be read", fix: "pipe a file into it")
    }
  }

  /// The next bytes, at most `size`; nil at the end.
  private static func piece(_ size: Int, from descriptor: Int32) throws(InputError) -> [UInt8]? {
    while true {
      let (bytes, count) = read(size, from: descriptor)
      if count >= 0 { return count == 0 ? nil : bytes }
      guard errno == EINTR else { throw .unreadable(reason(errno)) }
    }
  }

  private static func read(_ size: Int, from descriptor: Int32) -> ([UInt8], Int) {
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      count = unsafe Glibc.read(descriptor, buffer.baseAddress, size)
      filled = max(0, count)
    }
    return (bytes, count)
  }

  private static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

  private static func tooLarge(_ place: String) -> Failure {
    Failure(place, "is over 256 MiB", fix: "give it in parts", code: Exit.badData)
  }
}

/// Why a file cannot be had.
enum InputError: Error {
  case tooLarge
  case unreadable(String)
}

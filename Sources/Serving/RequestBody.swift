import FlyingFox
import FlyingSocks
import FoundationEssentials

/// The body of a request, taken as far as it is wanted.
enum RequestBody {
  /// All of it.
  case whole([UInt8])
  /// More than is taken; it was read to its end.
  case tooLarge
  /// It was not read to its end, so no other request can follow on the connection.
  case unread

  /// Bytes that are read of one that is too large, so that its sender hears the answer.
  private static let patience = 32 << 20

  /// How long it may take to come.
  private static let time = Duration.seconds(10)

  /// Takes at most `limit` bytes.
  static func read(_ body: HTTPBodySequence, limit: Int) async -> RequestBody {
    await withTaskGroup(of: RequestBody.self) { group in
      group.addTask { (try? await take(body, limit: limit)) ?? .unread }
      group.addTask {
        try? await Task.sleep(for: time)
        return .unread
      }
      defer { group.cancelAll() }
      return await group.next() ?? .unread
    }
  }

  private static func take(_ body: HTTPBodySequence, limit: Int) async throws -> RequestBody {
    var bytes: [UInt8] = []
    var count = 0
    for try await piece in body {
      count += piece.count
      guard count <= patience else { return .unread }
      if count <= limit { bytes.append(contentsOf: piece) } else { bytes = [] }
    }
    return count <= limit ? .whole(bytes) : .tooLarge
  }
}

/// A body of an answer behind which the connection is closed.
///
/// The server package would read what is left of a request as the next one: whoever sends it through a
/// proxy could have others be given the answer.
struct LastBody: AsyncBufferedSequence {
  typealias Element = UInt8

  let bytes: [UInt8]

  func makeAsyncIterator() -> Iterator { Iterator(rest: bytes) }

  struct Ended: Error {}

  struct Iterator: AsyncBufferedIteratorProtocol {
    var rest: [UInt8]

    mutating func next() async throws -> UInt8? {
      guard !rest.isEmpty else { throw Ended() }
      return rest.removeFirst()
    }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      guard !rest.isEmpty else { throw Ended() }
      defer { rest = [] }
      return rest
    }
  }
}

import Foundation
import Glibc
import Support
import Synchronization

/// What ten thousand publishers do, on loopback: most answer, one hangs, one floods, one lies.
///
/// It says its port first, and for each line it is given how late those who answer are asked.
final class EnduranceServer: Sendable {
  /// Seconds after which a feed has one more entry.
  private static let pace = 900.0

  private struct State {
    var lastAsked: [String: Double] = [:]
    /// Seconds between two requests for the same feed.
    var gaps: [Double] = []
    var requests = 0
  }

  private let state = Mutex(State())

  static func run() throws {
    let book = EnduranceServer()
    let server = try LocalServer { book.answer($0) }
    print(server.port)
    fflush(nil)
    while readLine() != nil {
      print(book.report())
      fflush(nil)
    }
    server.stop()
  }

  private func answer(_ request: Request) -> Reply {
    if request.target.hasPrefix("/hang") { return .silence }
    if request.target.hasPrefix("/flood") {
      let head = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>"
      return Reply([
        .bytes(Array(head.utf8)), .endless(Array("<item><title>x</title></item>".utf8)),
      ])
    }
    if request.target.hasPrefix("/lie") { return lie(request) }
    let now = ProcessInfo.processInfo.systemUptime
    note(request.target, now)
    // Each feed has its news at another moment.
    let shift = Double(request.target.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 255)
    let last = 19 + Int((now + shift) / Self.pace) % 100_000
    let tag = "\"\(last)\""
    if request["if-none-match"] == tag { return .answer(304, [("ETag", tag)]) }
    return .answer(
      200, [("Content-Type", "application/rss+xml"), ("ETag", tag)],
      PollBenchmark.document(request.target, last: last))
  }

  /// Each request another lie: about the length, the coding, the kind, the status.
  private func lie(_ request: Request) -> Reply {
    let number = state.withLock { state in
      state.requests += 1
      return state.requests
    }
    return switch number % 4 {
    case 0: .raw("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss/>", then: .close)
    case 1: .answer(200, [("Content-Encoding", "gzip"), ("ETag", "\"lie\"")], "<rss/>")
    case 2: .answer(200, [("Content-Type", "application/rss+xml")], "<html>not here</html>")
    default: .answer(304)
    }
  }

  private func note(_ target: String, _ now: Double) {
    state.withLock { state in
      if let before = state.lastAsked.updateValue(now, forKey: target) {
        state.gaps.append(now - before)
      }
    }
  }

  /// Feeds asked, and the gaps since the last report: how many, half, nearly all, the longest.
  private func report() -> String {
    let (feeds, gaps) = state.withLock { state in
      defer { state.gaps = [] }
      return (state.lastAsked.count, state.gaps.sorted())
    }
    guard !gaps.isEmpty else { return "\(feeds) feeds asked" }
    func at(_ share: Double) -> Int { Int(gaps[Int(Double(gaps.count - 1) * share)]) }
    return
      "\(feeds) feeds asked, \(gaps.count) again, after \(at(0.5)) s (p50) \(at(0.99)) s (p99) "
      + "\(at(1)) s (longest)"
  }
}

import Core
import Foundation
import Testing

@Suite("Upcasts") struct UpcastsTests {
  /// Two changes that daemon.stopped might have seen: a field renamed, then a meaning changed.
  static let chain = Upcasts([
    .daemonStopped: [
      { tree in
        var tree = tree
        tree["cause"] = tree["why"]
        tree["why"] = nil
        return tree
      },
      { tree in
        var tree = tree
        tree["reason"] = .string((tree["cause"]?.string ?? "") + " (as of version 2)")
        tree["cause"] = nil
        return tree
      },
    ]
  ])

  static func read(_ fields: String, kind: UInt16 = 603) throws -> Event.Fact {
    let line = #"{"type":"daemon.stopped",\#(fields),"id":"x","at":"2024-05-16T05:27:00Z"}"#
    return try Event(kind: kind, json: Array(line.utf8), upcasts: chain).fact
  }

  @Test(arguments: [
    (#""v":1,"why":"signal""#, "signal (as of version 2)"),
    (#""v":2,"cause":"signal""#, "signal (as of version 2)"),
    (#""v":3,"reason":"signal""#, "signal"), (#""why":"signal","v":1"#, "signal (as of version 2)"),
  ])
  func `lead a line of each version to what it is today`(fields: String, reason: String) throws {
    #expect(try Self.read(fields) == .daemonStopped(reason: reason))
  }

  /// What another version holds must not be read as today's, not even to find it wrong.
  @Test func `see fields whose form was another one`() throws {
    #expect(
      try Self.read(#""v":1,"article":5,"since":{"old":"form"},"why":"signal""#)
        == .daemonStopped(reason: "signal (as of version 2)"))
  }

  @Test func `can take a field away, wherever it stands`() throws {
    let withoutStatus = Upcasts([
      .feedFailed: [
        { tree in
          var tree = tree
          tree["status"] = nil
          return tree
        }
      ]
    ])
    let line =
      #"{"status":500,"v":1,"at":"2024-05-16T05:27:00Z","feed":"wire","class":"http","message":"m"}"#
    let event = try Event(kind: 106, json: Array(line.utf8), upcasts: withoutStatus)
    let failure = FeedFailure(feed: Feed.ID("wire"), failureClass: "http", message: "m")
    #expect(event.fact == .feedFailed(failure))
  }

  @Test func `leave other kinds alone`() throws {
    #expect(try Self.read(#""v":1"#, kind: 601) == .clockTicked)
    #expect(Self.chain.version(of: .daemonStopped) == 3)
    #expect(Self.chain.version(of: .clockTicked) == 1)
  }

  @Test func `refuse a version that only a newer program can read`() {
    let error = #expect(throws: EventFormatError.self) {
      try Self.read(#""v":4,"reason":{"new":"form"}"#)
    }
    #expect(error == .newerVersion(type: "daemon.stopped", version: 4, known: 3))
    #expect(
      error?.description == "daemon.stopped has version 4, known are those up to 3; "
        + "read this log with a newer version of tidings")
  }

  @Test func `name what an older line lacks`() {
    #expect(throws: EventFormatError.missing(field: "reason", type: "daemon.stopped")) {
      try Event(
        kind: 603, json: Array(#"{"v":1,"at":"2024-05-16T05:27:00Z"}"#.utf8),
        upcasts: Upcasts([.daemonStopped: [{ $0 }]]))
    }
  }
}

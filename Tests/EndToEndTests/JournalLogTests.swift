import Foundation
import Glibc
import Logging
import Support
import Testing

@testable import tidings

@Suite("The daemon's log in the journal") struct JournalLogTests {
  let folder: TemporaryFolder
  let journal: DatagramSocket

  init() throws {
    folder = try TemporaryFolder()
    journal = try DatagramSocket(folder.path("socket"))
  }

  func logger() -> Logger {
    let path = folder.path("socket")
    return Logger(label: "x") { _ in JournalLog(path: path) }
  }

  /// A field as it stands in a datagram.
  static func field(_ name: String, _ value: String) -> [UInt8] {
    var length = UInt64(value.utf8.count).littleEndian
    let bytes = unsafe withUnsafeBytes(of: &length) { unsafe Array($0) }
    return Array("\(name)\n".utf8) + bytes + Array("\(value)\n".utf8)
  }

  @Test func `has priority and fields, and its line as before`() throws {
    logger().warning("Feed moved", metadata: ["feed.id": "wire", "feed.url": "http://a/"])
    let entry = try #require(journal.received().first)
    for field in [
      Self.field("MESSAGE", "Feed moved feed.id=wire feed.url=http://a/"),
      Self.field("PRIORITY", "4"), Self.field("SYSLOG_IDENTIFIER", "tidings"),
      Self.field("TIDINGS_EVENT", "feed-moved"), Self.field("TIDINGS_FEED", "wire"),
    ] { #expect(entry.firstRange(of: field) != nil, "\(String(decoding: field, as: UTF8.self))") }
    #expect(entry.firstRange(of: Array("TIDINGS_OUTLET".utf8)) == nil)
  }

  @Test(arguments: [
    (Logger.Level.critical, "2"), (.error, "3"), (.notice, "5"), (.info, "6"),
  ])
  func `has the priorities of syslog`(level: Logger.Level, priority: String) throws {
    logger().log(level: level, "x")
    let entry = try #require(journal.received().first)
    #expect(entry.firstRange(of: Self.field("PRIORITY", priority)) != nil)
  }

  @Test func `lets no value begin a field`() throws {
    logger().info("Feed fails", metadata: ["why": "x\nPRIORITY=0\nTIDINGS_FEED=other"])
    let entry = try #require(journal.received().first)
    #expect(entry.firstRange(of: Array("\nPRIORITY=0".utf8)) == nil)
    #expect(entry.firstRange(of: Array("\nTIDINGS_FEED".utf8)) == nil)
  }

  @Test(arguments: [
    (
      "A loop stands still; the watchdog gets no sign",
      "a-loop-stands-still-the-watchdog-gets-no-sign"
    ),
    ("Started", "started"), ("", ""),
  ])
  func `names an event by its message`(message: String, name: String) {
    #expect(JournalLog.name(of: message) == name)
  }

  @Test(.timeLimit(.minutes(15)))
  func `goes to standard error where that is not the journal's`() async throws {
    let installation = try Installation("page: none\nfeeds: []\n")
    let daemon = try Running(
      [
        "/usr/bin/env", "JOURNAL_STREAM=1:2", Running.binary, "run", "--config",
        installation.configuration,
      ], binary: nil)
    try await daemon.says("<5>Started feeds=0")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
  }
}

import Core
import Support
import Testing

@testable import Sending

@Suite("The journal") struct JournalTests {
  let folder: TemporaryFolder
  let socket: DatagramSocket
  let journal: Journal

  init() throws {
    folder = try TemporaryFolder()
    socket = try DatagramSocket(folder.path("socket"))
    journal = Journal(name: "journal", path: folder.path("socket"))
  }

  /// Fields as journald reads them: `NAME\n`, the length in 8 bytes, the value, `\n`; or `NAME=value\n`.
  func fields(_ datagram: [UInt8]) throws -> [String: String] {
    var fields: [String: String] = [:]
    var rest = datagram[...]
    while let end = rest.firstIndex(where: { $0 == 0x0A || $0 == UInt8(ascii: "=") }) {
      try #require(rest[end] == 0x0A, "a field without its length")
      let name = String(decoding: rest[..<end], as: UTF8.self)
      let length = rest[(end + 1)...].prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let value = rest[(end + 9)...].prefix(length)
      try #require(value.count == length && rest[(end + 9 + length)...].first == 0x0A)
      try #require(fields[name] == nil, "\(name) stands there twice")
      fields[name] = String(decoding: value, as: UTF8.self)
      rest = rest[(end + 10 + length)...]
    }
    #expect(rest.isEmpty)
    return fields
  }

  @Test func `gets one datagram a line, with its fields`() async throws {
    let line = AlertFileTests.line(7, title: "Gempa 7,2 di Palu")
    #expect(await journal.send([line]) == .delivered(receipt: nil))
    let datagrams = socket.received()
    #expect(datagrams.count == 1)
    let fields = try fields(try #require(datagrams.first))
    #expect(
      fields == [
        "MESSAGE": "warning quake: Gempa 7,2 di Palu", "PRIORITY": "4",
        "SYSLOG_IDENTIFIER": "tidings", "MESSAGE_ID": "5f0c1a7e2b9d4c5f8e3a6b7d9c1e2f40",
        "TIDINGS_EVENT": "alert", "TIDINGS_ALERT": "alert-7", "TIDINGS_RULE": "quake",
        "TIDINGS_STATE": "fired", "TIDINGS_SEVERITY": "warning", "TIDINGS_CURSOR": "7",
        "TIDINGS_FEED": "wire", "TIDINGS_URL": "https://n.example/",
        "TIDINGS_LINE": String(decoding: line.bytes, as: UTF8.self),
      ])
  }

  @Test func `takes no field, line or escape from a title`() async throws {
    let hostile = "a\nPRIORITY=0\nMESSAGE\n\u{1}\u{0}x\u{1b}[2J\u{9b}31m\u{202e}b\u{2028}c\u{7f}"
    _ = await journal.send([AlertFileTests.line(1, title: hostile)])
    let fields = try fields(try #require(socket.received().first))
    #expect(fields["PRIORITY"] == "4" && fields.count == 13)
    #expect(
      fields["MESSAGE"]
        == #"warning quake: a PRIORITY=0 MESSAGE \u{1}\u{0}x\u{1b}[2J\u{9b}31m\u{202e}b\u{2028}c\u{7f}"#
    )
  }

  @Test func `takes the longest line there is`() async throws {
    var alert = AlertFileTests.line(1).alert
    let clause = Alert.Clause(
      clause: String(repeating: "k", count: 1_700), field: "text", start: 0, end: 1)
    alert.why = Array(repeating: clause, count: 32)
    let line = AlertLine(alert, cursor: 1)
    #expect((50_000...65_536).contains(line.bytes.count))
    #expect(await journal.send([line]) == .delivered(receipt: nil))
    #expect(
      try fields(try #require(socket.received().first))["TIDINGS_LINE"]?.utf8.count
        == line.bytes.count)
  }

  @Test func `that takes no more is tried again, behind what it took`() async throws {
    // More than any queue of a socket holds (net.unix.max_dgram_qlen).
    let lines = (1...5_000).map { AlertFileTests.line(UInt64($0)) }
    var cursors: [String] = []
    var attempts = 0
    while case .retry = await journal.send(lines) {
      cursors += try socket.received().map { try fields($0)["TIDINGS_CURSOR"] ?? "" }
      attempts += 1
    }
    cursors += try socket.received().map { try fields($0)["TIDINGS_CURSOR"] ?? "" }
    #expect(attempts > 0)
    #expect(cursors == (1...5_000).map { String($0) })
  }

  @Test func `that is not there is tried again, and says why`() async {
    let none = Journal(name: "journal", path: folder.path("none"))
    let path = folder.path("none")
    #expect(
      await none.send([AlertFileTests.line(1)])
        == .retry("\(path): No such file or directory", after: nil))
    let long = Journal(name: "journal", path: String(repeating: "x", count: 200))
    guard case .retry(let reason, _) = await long.send([AlertFileTests.line(1)]) else {
      Issue.record("a path that no socket has was written to")
      return
    }
    #expect(reason.hasSuffix("File name too long"))
  }
}

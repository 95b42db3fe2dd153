import Core
import Foundation
import Glibc
import Support
import Testing

@testable import Sending

@Suite("The alert file") struct AlertFileTests {
  static func line(_ cursor: UInt64, title: String = "Gempa") -> AlertLine {
    let article = Article(
      id: Article.ID("a"), feed: Feed.ID("wire"), url: "https://n.example/", title: title,
      seen: Date(timeIntervalSince1970: 0))
    let alert = Alert(
      id: Alert.ID("alert-\(cursor)"), rule: "quake", ruleRevision: "0", severity: .warning,
      state: .fired,
      at: Date(timeIntervalSince1970: 1_715_837_220), reason: "new",
      article: Alert.ArticleSummary(article))
    return AlertLine(alert, cursor: cursor)
  }

  func file(_ folder: TemporaryFolder, rotateAt: Int = 1 << 20, keep: Int = 3) -> AlertFile {
    AlertFile(name: "file", path: folder.path("alerts.jsonl"), rotateAt: rotateAt, keep: keep) {
      Date(timeIntervalSince1970: 1_715_837_220)
    }
  }

  func cursors(_ folder: TemporaryFolder) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    return try names.flatMap { name in
      let bytes = try Data(contentsOf: folder.url.appending(path: name))
      return bytes.split(separator: 0x0A).compactMap {
        (try? JSONValue(parsing: Array($0)))?["cursor"]?.string
      }
    }
  }

  @Test func `has each line once, however often it is sent`() async throws {
    let folder = try TemporaryFolder()
    for _ in 0..<3 {
      // A new value each time is what a restart is.
      #expect(await file(folder).send((1...5).map { Self.line($0) }) == .delivered(receipt: nil))
    }
    #expect(try cursors(folder) == ["1", "2", "3", "4", "5"])
  }

  @Test func `has a line whose cursor another alert had, in a log that was put back`() async throws
  {
    let folder = try TemporaryFolder()
    _ = await file(folder).send([Self.line(1), Self.line(2), Self.line(3)])
    // The log of a backup ended at 1; what it recorded since then stands at other positions.
    var alert = Self.line(2).alert
    alert.id = Alert.ID("another")
    let again = file(folder)
    for _ in 0..<2 { _ = await again.send([Self.line(1), AlertLine(alert, cursor: 2)]) }
    #expect(try cursors(folder) == ["1", "2", "3", "2"])
  }

  @Test func `is whole again after a crash at every byte of a write`() async throws {
    let whole = Self.line(1).bytes + [0x0A] + Self.line(2).bytes + [0x0A]
    for end in 0...whole.count {
      let folder = try TemporaryFolder()
      try Data(whole[..<end]).write(to: folder.url.appending(path: "alerts.jsonl"))
      _ = await file(folder).send([Self.line(1), Self.line(2), Self.line(3)])
      #expect(try cursors(folder).sorted() == ["1", "2", "3"], "cut at \(end)")
      let bytes = try Data(contentsOf: folder.url.appending(path: "alerts.jsonl"))
      #expect(bytes.starts(with: whole[..<end]), "the file was truncated at \(end)")
      #expect(bytes.last == 0x0A)
    }
  }

  @Test func `rotates by renaming, and looks into the file before for what is there`() async throws
  {
    let folder = try TemporaryFolder()
    for cursor in 1...6 { _ = await file(folder, rotateAt: 900).send([Self.line(UInt64(cursor))]) }
    _ = await file(folder, rotateAt: 900).send([Self.line(6), Self.line(7)])
    #expect(try cursors(folder).map { Int($0) ?? 0 }.sorted() == Array(1...7))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count > 1)
  }

  @Test(arguments: [1, 3])
  func `keeps the newest files, also when many are begun in one second`(keep: Int) async throws {
    let folder = try TemporaryFolder()
    let file = file(folder, rotateAt: 1, keep: keep)
    for cursor in 1...15 { _ = await file.send([Self.line(UInt64(cursor))]) }
    #expect(
      try cursors(folder).map { Int($0) ?? 0 }.sorted() == Array((15 - keep)...15))
  }

  @Test func `deletes no file that it did not make`() async throws {
    let folder = try TemporaryFolder()
    let others = [
      "alerts.jsonl.1", "alerts.jsonl.2.gz", "alerts.jsonl.2024-backup", "alerts.jsonl-20240101",
      "alerts.jsonl.20240101T000000Z.old",
    ]
    for name in others { try Data("x".utf8).write(to: folder.url.appending(path: name)) }
    let file = file(folder, rotateAt: 1, keep: 1)
    for cursor in 1...5 { _ = await file.send([Self.line(UInt64(cursor))]) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(Set(others).isSubset(of: names))
    #expect(names.count == others.count + 2)
  }

  @Test(arguments: ["alerts.jsonl.1", "alerts.jsonl-20240516", "alerts.jsonl.20240516T052700Z"])
  func `finds its lines in a file that something else put aside`(name: String) async throws {
    let folder = try TemporaryFolder()
    let moved = folder.url.appending(path: name)
    try Data("old".utf8).write(to: folder.url.appending(path: "alerts.jsonl.4"))
    let first = file(folder)
    _ = await first.send([Self.line(1), Self.line(2)])
    try FileManager.default.moveItem(at: folder.url.appending(path: "alerts.jsonl"), to: moved)
    // Sent and not settled: the same lines come again, to the file that is open and after a restart.
    _ = await first.send([Self.line(1), Self.line(2), Self.line(3)])
    _ = await file(folder).send([Self.line(2), Self.line(3), Self.line(4)])
    #expect(try cursors(folder).sorted() == ["1", "2", "3", "4"])
  }

  @Test func `is begun anew when it is gone, and goes on when it was emptied`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "alerts.jsonl")
    let file = file(folder)
    _ = await file.send([Self.line(1)])
    try FileManager.default.removeItem(at: path)
    _ = await file.send([Self.line(2)])
    #expect(try cursors(folder) == ["2"])
    #expect(unsafe truncate(path.path, 0) == 0)
    for _ in 0..<2 { _ = await file.send([Self.line(3)]) }
    #expect(try cursors(folder) == ["3"])
  }

  /// What `copytruncate` does, or a hand, whatever copies of the file lie about.
  @Test func `goes on where somebody cut it, tells of it once, and writes nothing twice`()
    async throws
  {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "alerts.jsonl")
    let file = file(folder)
    _ = await file.send((1...5).map { Self.line($0) })
    let copy = folder.url.appending(path: "alerts.jsonl.bak")
    try FileManager.default.copyItem(at: path, to: copy)
    _ = await file.send([Self.line(6), Self.line(7)])
    #expect(unsafe truncate(path.path, 0) == 0)
    let next = [Self.line(8), Self.line(9)]
    guard case .faulty(let reason, _) = await file.send(next) else {
      Issue.record("the cut was not told")
      return
    }
    #expect(reason.contains("was cut by somebody"))
    #expect(await file.send(next) == .delivered(receipt: nil))
    #expect(await file.send([Self.line(10)]) == .delivered(receipt: nil))
    #expect(try Data(contentsOf: path).first == UInt8(ascii: "{"), "a hole")
    try FileManager.default.removeItem(at: copy)
    #expect(try cursors(folder) == ["8", "9", "10"])
  }

  @Test(arguments: ["device", "pipe"])
  func `that nothing can sync takes lines, and stays what it is`(kind: String) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("alerts.jsonl")
    if kind == "device" {
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: "/dev/null")
    } else {
      #expect(unsafe mkfifo(path, 0o600) == 0)
    }
    let file = file(folder)
    #expect(await file.send([Self.line(1)]) == .delivered(receipt: nil))
    #expect(await file.send([Self.line(1), Self.line(2)]) == .delivered(receipt: nil))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["alerts.jsonl"])
  }

  @Test func `ends a line of another hand and keeps what zeros a power cut left`() async throws {
    let folder = try TemporaryFolder()
    let begun = Data(Self.line(1).bytes + [0x0A] + [0, 0, 0, 0] + Array("{\"cursor\":\"2\"}".utf8))
    try begun.write(to: folder.url.appending(path: "alerts.jsonl"))
    _ = await file(folder).send([Self.line(1), Self.line(2)])
    let bytes = try Data(contentsOf: folder.url.appending(path: "alerts.jsonl"))
    #expect(bytes == begun + [0x0A] + Data(Self.line(2).bytes) + [0x0A])
  }

  @Test func `that cannot be written is tried again`() async throws {
    let folder = try TemporaryFolder()
    let blocked = AlertFile(
      name: "file", path: folder.path("no/alerts.jsonl"), rotateAt: 9_999, keep: 1
    ) {
      Date(timeIntervalSince1970: 0)
    }
    guard case .retry = await blocked.send([Self.line(1)]) else {
      Issue.record("a line was lost")
      return
    }
  }

  @Test func `lets no title act on a reader`() {
    let hostile = "a\u{1b}[31m\u{9b}b\u{202e}c\n{\"x\":\"d\u{7f}"
    let line = Self.line(1, title: hostile)
    #expect(!line.bytes.contains { $0 < 0x20 || $0 == 0x7F })
    let text = String(decoding: line.bytes, as: UTF8.self) + line.person(color: false)
    for scalar in ["\u{1b}", "\u{9b}", "\u{202e}", "\u{7f}"] { #expect(!text.contains(scalar)) }
    let fields = Journal.entry(line).bytes
    let message = String(decoding: fields, as: UTF8.self)
    #expect(message.hasPrefix("MESSAGE\n"))
    #expect(!message.dropFirst(8).prefix(120).contains("\u{1b}"))
  }

  @Test func `cuts what would make a line too long`() {
    let line = Self.line(1, title: String(repeating: "x", count: 200_000))
    #expect(line.bytes.count < 8_192)
  }
}

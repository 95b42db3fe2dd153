import EventLog
import Foundation
import Logging
import Projections
import Support
import Testing

@testable import tidings

@Suite("A scrub") struct ScrubTests {
  static let now = Date(timeIntervalSince1970: 1_715_837_220)

  /// A log of three sealed segments, the second of which is damaged.
  static func log(_ folder: TemporaryFolder) async throws -> SegmentedLog {
    var options = SegmentedLog.Options()
    options.floor = 0
    let path = folder.path("log")
    let log = try SegmentedLog.open(path, options: options, now: now)
    for _ in 0..<3 {
      let record = NewRecord(id: 1, kind: 601, payload: Array(#"{"v":1}"#.utf8))
      try await log.append([record], to: .daemon, at: now)
      try await log.seal()
    }
    let file = path + "/00000000000000000002.seg"
    var bytes = try #require(FileManager.default.contents(atPath: file))
    bytes[115] ^= 1
    try bytes.write(to: URL(filePath: file))
    return log
  }

  static func scrub(_ log: SegmentedLog, _ state: StateStore, _ said: Said) -> Scrub {
    Scrub(log: log, state: state, logger: Logger(label: "test") { _ in said }) { now }
  }

  @Test func `says what is damaged, once a round, and remembers how far it is`() async throws {
    let folder = try TemporaryFolder()
    let (log, said) = (try await Self.log(folder), Said())
    let state = try StateStore(folder.path("state.sqlite"))
    let scrub = Self.scrub(log, state, said)
    #expect(try await scrub.go() == Self.now)
    #expect(said.critical.count == 1)
    #expect(said.critical.first?.contains("00000000000000000002.seg at byte") == true)
    #expect(try state.scrubbed?.after == 3)
    _ = try await scrub.go()
    #expect(said.critical.count == 1)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs the rights of root"))
  func `goes on where its own bookkeeping finds no room`() async throws {
    let folder = try TemporaryFolder()
    let (log, said) = (try await Self.log(folder), Said())
    let disk = try SmallDisk(mebibytes: 1)
    let state = try StateStore(disk.folder.path("state.sqlite"))
    try disk.fillUp()
    try Self.fillRest(of: disk)
    _ = try await Self.scrub(log, state, said).go()
    #expect(said.critical.count == 1)
    #expect(try state.scrubbed == nil)
  }

  /// Writes to the small disk until nothing more goes in.
  private static func fillRest(of disk: SmallDisk) throws {
    let path = disk.folder.path("rest")
    try #require(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    while (try? file.write(contentsOf: Data(repeating: 1, count: 4_096))) != nil {}
  }
}

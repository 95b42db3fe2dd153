import Core
import Foundation
import Support
import Testing

/// The commands that change or copy a whole log, killed at a system call and given again.
@Suite(
  "A command on the whole log that is killed",
  .enabled(if: Strace.isThere, "strace is not installed"))
struct MaintenanceKillTests {
  static let configuration = "page: none\npoll: {first_poll: alert, rate: 0}\n"
  /// More calls of a kind than a command makes; reaching it means that none was left out.
  static let most = 60

  /// An installation whose log has six articles, the daemon stopped.
  private func installed() async throws -> Installation {
    let stand = try Newsstand(feeds: ["one", "two"], limit: 3)
    defer { stand.server.stop() }
    let installation = try Installation(Self.configuration + stand.configuration)
    for _ in 0..<3 { try await LogCommandTests.once(installation) }
    return installation
  }

  private func damage(_ installation: Installation) throws {
    let segment = installation.path("data/log/00000000000000000001.seg")
    var bytes = try #require(FileManager.default.contents(atPath: segment))
    let place = try #require(bytes.firstRange(of: Data("Kabar 2 dari /two.xml".utf8)))
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(filePath: segment))
  }

  @Test(arguments: ["pwrite64", "fdatasync", "fsync", "rename", "unlink"])
  func `ends with log.repaired, once, when a repair is given again`(call: String) async throws {
    let original = try await installed()
    try damage(original)
    var kills = 0
    while kills < Self.most {
      let copy = try Installation(Self.configuration)
      try FileManager.default.copyItem(atPath: original.path("data"), toPath: copy.path("data"))
      let killed = try Strace.run(
        ["log", "repair", "--quarantine", "--config", copy.configuration],
        injections: ["\(call):signal=KILL:when=\(kills + 1)"])
      if killed.status == 0 { break }
      kills += 1
      let again = try copy.run("log", "repair", "--quarantine")
      #expect(again.status == 0, "\(call) \(kills): \(again.errors)")
      let facts = try copy.events("log.repaired")
      #expect(facts.map { $0["lost"]?.number } == [1], "\(call) \(kills)")
      let verify = try copy.run("log", "verify")
      #expect(verify.status == 0, "\(call) \(kills): \(verify.output)")
      let nothing = try copy.run("log", "repair", "--quarantine")
      #expect(nothing.output == "nothing is damaged\n", "\(call) \(kills)")
      #expect(try copy.events("article.published").count == 5, "\(call) \(kills)")
    }
    #expect(kills > 0 && kills < Self.most)
  }

  @Test(arguments: ["write", "pwrite64", "fsync", "rename"], [false, true])
  func `leaves a whole backup or none, and is brought up to date by the next`(
    call: String, isThere: Bool
  ) async throws {
    let installation = try await installed()
    let earlier = installation.path("earlier")
    if isThere {
      #expect(try installation.run("backup", earlier).status == 0)
      #expect(try installation.run("run", "--once").status == 0)
    }
    let records = try installation.run("log", "cat").output
    var kills = 0
    while kills < Self.most {
      let folder = installation.path("copy-\(kills)")
      if isThere { try FileManager.default.copyItem(atPath: earlier, toPath: folder) }
      let killed = try Strace.run(
        ["backup", folder, "--config", installation.configuration],
        injections: ["\(call):signal=KILL:when=\(kills + 1)"])
      if killed.status == 0 { break }
      kills += 1
      if FileManager.default.fileExists(atPath: folder + "/MANIFEST") {
        try expectRestores(folder, nil, "\(call) \(kills), as it was left")
      }
      let again = try installation.run("backup", folder)
      #expect(again.status == 0, "\(call) \(kills): \(again.errors)")
      try expectRestores(folder, records, "\(call) \(kills)")
    }
    #expect(kills > 0 && kills < Self.most)
    #expect(try installation.run("log", "verify").status == 0)
  }

  @Test(arguments: ["write", "fsync", "rename"])
  func `leaves a log that is restored whole or refused, and is given again`(
    call: String
  ) async throws {
    let original = try await installed()
    let backup = original.path("backup")
    #expect(try original.run("backup", backup).status == 0)
    let records = try original.run("log", "cat").output
    var kills = 0
    while kills < Self.most {
      let copy = try Installation(Self.configuration)
      let killed = try Strace.run(
        ["restore", backup, "--config", copy.configuration],
        injections: ["\(call):signal=KILL:when=\(kills + 1)"])
      if killed.status == 0 { break }
      kills += 1
      // What a machine that starts again by itself would do.
      let run = try copy.run("run", "--once")
      let isThere = FileManager.default.fileExists(atPath: copy.path("data/log/durable"))
      if run.status == 0, isThere {
        let read = try copy.run("log", "cat").output
        let articles = try copy.events("article.published").count
        #expect(read.hasPrefix(records) || articles == 0, "\(call) \(kills): half of it passed")
      }
      try? FileManager.default.removeItem(atPath: copy.path("data"))
      try expectRestores(backup, records, "\(call) \(kills)")
    }
    #expect(kills > 0 && kills < Self.most)
  }

  /// A backup restores to a log that verifies, and holds `records` where they are given.
  private func expectRestores(_ folder: String, _ records: String?, _ what: String) throws {
    let other = try Installation(Self.configuration)
    let restore = try other.run("restore", folder)
    #expect(restore.status == 0, "\(what): \(restore.errors)")
    guard let records else { return }
    let restored = try other.run("log", "cat").output
    #expect(restored == records, "\(what)")
  }
}

import Core
import Foundation
import Support
import Testing

@Suite("A full disk") struct FullDiskTests {
  @Test(
    .enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs the rights of root"),
    .timeLimit(.minutes(15)))
  func `pauses polling with a clear message, and all resumes by itself`() async throws {
    let disk = try SmallDisk(mebibytes: 400)
    let stand = try Newsstand(feeds: ["one", "two"], limit: 2)
    defer { stand.server.stop() }
    let installation = try Installation(
      "data: \(disk.folder.path("data"))\nalerts: \(disk.folder.path("alerts.jsonl"))\n"
        + "page: none\npoll: {first_poll: alert, rate: 0}\nrules: [{id: watch, match: sandi}]\n"
        + stand.configuration)
    let daemon = try installation.start("run")
    await stand.everyFeed(asked: 2)
    try disk.fill(kibibytes: 200 << 10)
    stand.grow(to: 8)
    try await daemon.says("Polling paused")
    #expect(daemon.errors.contains("MiB are kept back; make room"), "\(daemon.errors)")
    #expect(try installation.run("articles").status == 0)
    try disk.makeRoom()
    try await daemon.says("Polling resumed")
    await stand.everyFeed(asked: 12)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    let ids = try installation.events("article.published").map { $0["article"]?["id"]?.string }
    #expect(ids.count == 16 && Set(ids).count == 16)
    let text = try String(contentsOfFile: disk.folder.path("alerts.jsonl"), encoding: .utf8)
    #expect(text.split(separator: "\n").count == 16)
    #expect(try installation.run("rebuild", "--check").status == 0)
  }

  @Test(
    .enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs the rights of root"),
    .timeLimit(.minutes(15)))
  func `pauses a start too, which goes on by itself`() async throws {
    let disk = try SmallDisk(mebibytes: 400)
    let stand = try Newsstand(feeds: ["one"], limit: 2)
    defer { stand.server.stop() }
    let installation = try Installation(
      "data: \(disk.folder.path("data"))\nalerts: \(disk.folder.path("alerts.jsonl"))\n"
        + "page: none\npoll: {first_poll: alert, rate: 0}\nrules: [{id: watch, match: sandi}]\n"
        + stand.configuration)
    // Not a byte is left.
    try disk.fillUp()
    let once = try installation.run("run", "--once")
    #expect(once.status == 1 && once.errors.contains("; "), "\(once.errors)")
    let daemon = try installation.start("run")
    try await daemon.says("Start paused")
    #expect(daemon.errors.contains("0 MiB free, 256 MiB are kept back"), "\(daemon.errors)")
    #expect(stand.server.requests.isEmpty)
    try disk.makeRoom()
    try await daemon.says("Start resumed")
    // Asked a third time, so what the second time brought is in the log.
    await stand.everyFeed(asked: 3)
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    #expect(try installation.events("article.published").count == 2)
  }
}

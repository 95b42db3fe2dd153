import Core
import Foundation
import Glibc
import Support
import Testing

@testable import tidings

@Suite("A word of a person", .serialized, .timeLimit(.minutes(15))) struct PeopleTests {
  private func alertIDs(_ installation: Installation) throws -> [String] {
    try installation.alerts().compactMap { $0["alert_id"]?.string }
  }

  private func expectWhole(_ installation: Installation) throws {
    for command in [["rebuild", "--check"], ["log", "verify"]] {
      let check = try Installation.run(command + ["--config", installation.configuration])
      #expect(check.status == 0, "\(command): \(check.output)\(check.errors)")
    }
  }

  @Test func `is recorded at once where no daemon runs, and shown`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let id = try #require(try alertIDs(installation).first)
    let ack = try installation.run("ack", String(id.prefix(12)), "--note", "dibaca")
    #expect(ack.status == 0 && ack.output.hasPrefix("acknowledged watch"), "\(ack.errors)")
    #expect(try installation.run("mark", id, "good").status == 0)
    #expect(try installation.run("mark", id, "noise").status == 0)
    let why = try installation.run("why", id).output
    #expect(why.contains("acknowledged by \(Person.name) 20") && why.contains(": dibaca"), "\(why)")
    #expect(why.contains("marked noise by \(Person.name)"), "\(why)")
    let rules = try LogCommandTests.lines(try installation.run("rules", "--json"))
    #expect(rules.first?["noise"]?.number == 1)
    let tail = try LogCommandTests.lines(
      try installation.run("tail", "--json", "--as-of", "2099-01-01"))
    #expect(tail.compactMap { $0["mark"]?.string } == ["noise"])
    let test = try installation.run("rules", "test")
    #expect(test.status == 2)
    #expect(
      test.errors.contains("of alert \(id), which is marked noise")
        && test.errors.contains("rule 'watch' matches \"Kabar"), "\(test.errors)")
    #expect(try installation.run("mark", id, "good").status == 0)
    #expect(try installation.run("rules", "test").output == "0 tests passed; 1 mark holds\n")
    let text = try String(contentsOfFile: installation.configuration, encoding: .utf8)
    try installation.write(
      text.replacing("match: sandi", with: "match: tidakada"), to: "tidings.yaml")
    let narrowed = try installation.run("rules", "test")
    #expect(narrowed.status == 2 && narrowed.errors.contains("does not match \"Kabar"))
    try installation.write(text, to: "tidings.yaml")
    try expectWhole(installation)
  }

  @Test func `that cannot be meant is refused with what to do`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    func errors(_ status: Int32, _ arguments: String...) throws -> String {
      let outcome = try Installation.run(arguments + ["--config", installation.configuration])
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      return outcome.errors
    }
    #expect(try errors(2, "ack", "zzz").contains("no alert has an id that begins so"))
    #expect(try errors(1, "mark", "", "good").contains("begins 6 ids or more"))
    #expect(try errors(64, "mark", "x", "bad").contains("good"))
    let reason = ["--reason", "latihan"]
    #expect(
      try errors(2, "silence", "wotch", "--until", "1h", reason[0], reason[1])
        .contains("wotch: is no rule; did you mean watch"))
    #expect(
      try errors(64, "silence", "watch", "--until", "2020-01-01", reason[0], reason[1])
        .contains("--until: is past"))
    #expect(try errors(64, "silence", "watch", "--until", "1h").contains("--reason: is missing"))
    #expect(
      try errors(64, "silence", "watch", "--until", "1h", "--reason", " ").contains("is empty"))
    #expect(
      try errors(64, "silence", "watch", reason[0], reason[1]).contains("--until: is missing"))
    #expect(try errors(2, "silence", "--lift", "zzz").contains("no silence in force"))
    #expect(try installation.events("silence.set").isEmpty)
  }

  @Test func `silences a rule until it is lifted, and the next line counts what was held`()
    async throws
  {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let told = try installation.alerts().count
    let set = try installation.run(
      "silence", "watch", "--until", "6h", "--reason", "latihan", "--where", "feed=one")
    #expect(set.status == 0, "\(set.errors)")
    let listed = try LogCommandTests.lines(try installation.run("silence", "--json"))
    let id = try #require(listed.first?["silence"]?.string)
    #expect(listed.first?["reason"]?.string == "latihan")
    #expect(listed.first?["where"]?["feed"]?.string == "one")
    #expect(try installation.run("silence").output.contains("feed=one"))
    stand.grow(to: 5)
    for _ in 0..<2 { try await LogCommandTests.once(installation) }
    let held = try installation.events("alert.held")
    #expect(held.count == 2)
    #expect(held.allSatisfy { $0["hold"]?.string == "silence" && $0["until"]?.string != nil })
    #expect(held.allSatisfy { $0["reason"]?.string == "latihan" })
    let lines = try installation.alerts().dropFirst(told)
    #expect(lines.compactMap { $0["article"]?["feed"]?.string } == ["two", "two"])
    #expect(lines.reduce(0) { $0 + Int($1["held"]?["silence"]?.number ?? 0) } >= 1)
    #expect(try installation.run("silence", "--lift", String(id.prefix(8))).status == 0)
    #expect(try installation.run("silence", "--json").output.isEmpty)
    stand.grow(to: 6)
    try await LogCommandTests.once(installation)
    #expect(
      try installation.alerts().suffix(2).compactMap { $0["article"]?["feed"]?.string }.sorted()
        == ["one", "two"])
    try expectWhole(installation)
  }

  @Test func `silences until nothing was held for long, and may name an outlet`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    func silence(_ arguments: String...) throws -> String {
      let outcome = try Installation.run(
        ["silence"] + arguments + [
          "--until", "6h", "--reason", "uji", "--config", installation.configuration,
        ])
      return outcome.status == 0 ? outcome.output : outcome.errors
    }
    #expect(try silence("watch", "--expire-if-idle", "3d").contains("silent until"))
    let told = try silence(
      "tidings.outlet", "--where", "outlet=desk", "--expire-if-idle", "2d")
    #expect(told.contains("tidings.outlet silent until"), "\(told)")
    #expect(try silence("tidings.expiry", "--where", "rule=watch").contains("silent until"))
    #expect(try silence("watch", "--where", "nobody=x").contains("nobody=x"))
    let listed = try LogCommandTests.lines(try installation.run("silence", "--json"))
    #expect(
      listed.compactMap { $0["rules"]?.array?.first?.string }.sorted()
        == ["tidings.expiry", "tidings.outlet", "watch"])
    #expect(listed.compactMap { $0["expire_if_idle"]?.string }.sorted() == ["2d", "3d"])
    #expect(listed.compactMap { $0["where"]?["outlet"]?.string } == ["desk"])
    #expect(try installation.run("silence").output.contains("outlet=desk"))
  }

  @Test func `is taken by the running daemon from the inbox, once`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let id = try #require(try alertIDs(installation).first)
    let daemon = try installation.start("run")
    try await daemon.says("Started")
    let ack = try installation.run("ack", id)
    #expect(ack.status == 0 && ack.output.hasPrefix("acknowledged"), "\(ack.output)\(ack.errors)")
    let silence = try installation.run("silence", "watch", "--until", "1h", "--reason", "uji")
    #expect(silence.output.hasPrefix("watch silent until"), "\(silence.output)\(silence.errors)")
    // The same fact again, as a crash between its append and its removal leaves it.
    let line = try #require(
      try installation.run("log", "cat", "--type", "alert.acknowledged").lines.first)
    let event = try #require(try JSONValue(parsing: Array(line.utf8))["event"])
    try put(event, in: installation)
    try await isEmpty(installation.path("data/inbox"))
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0, "\(daemon.errors)")
    #expect(try installation.events("alert.acknowledged").count == 1)
    #expect(try installation.events("silence.set").count == 1)
    try expectWhole(installation)
  }

  @Test func `that is none is kept aside, and the daemon goes on`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let inbox = installation.path("data/inbox")
    let ticked = Event(at: Date(timeIntervalSince1970: 0), .clockTicked)
    try Data(ticked.json).write(to: URL(filePath: inbox + "/" + Inbox.name(of: ticked)))
    try installation.write("{", to: "data/inbox/a.json")
    try installation.write(
      String(repeating: " ", count: Inbox.sizeLimit + 1), to: "data/inbox/b.json")
    unsafe #expect(mkfifo(inbox + "/c.json", 0o600) == 0)
    unsafe #expect(symlink("/dev/zero", inbox + "/d.json") == 0)
    // What another program is writing still.
    let begun = ".dat.nosync4711"
    try installation.write("{", to: "data/inbox/\(begun)")
    let lifted = Event(
      at: Date(timeIntervalSince1970: 0), .silenceLifted(Silence.ID("x"), by: "rina"))
    try Data(lifted.json).write(to: URL(filePath: inbox + "/e.json"))
    // Only root can give a file away, and so make one that speaks for somebody else.
    let isRoot = geteuid() == 0
    if isRoot {
      let path = inbox + "/" + Inbox.name(of: lifted)
      try Data(lifted.json).write(to: URL(filePath: path))
      unsafe #expect(chown(path, 4_321, 4_321) == 0)
    }
    let before = try installation.run("log", "cat").lines.count
    let outcome = try installation.run("run", "--once")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: inbox).sorted() == [begun, "refused"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: inbox + "/refused").count
        == (isRoot ? 7 : 6))
    #expect(!isRoot || outcome.errors.contains("speaks for 'rina' and belongs to"))
    #expect(outcome.errors.contains("is no fact that people may give"), "\(outcome.errors)")
    #expect(outcome.errors.contains("is over 16 KiB"))
    #expect(outcome.errors.contains("is no plain file"))
    #expect(outcome.errors.contains("is not named by its id"))
    #expect(try installation.events("silence.lifted").isEmpty)
    #expect(try installation.run("log", "cat").lines.count >= before)
  }

  @Test func `waits for the daemon where another holds the log`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let id = try #require(try alertIDs(installation).first)
    let lock = unsafe open(installation.path("data/log/LOCK"), O_RDWR | O_CLOEXEC)
    #expect(flock(lock, LOCK_EX) == 0)
    let ack = try installation.run("ack", id)
    // Programs that other tests start meanwhile may have inherited it.
    flock(lock, LOCK_UN)
    close(lock)
    #expect(ack.status == 0 && ack.output.hasPrefix("queued: "), "\(ack.output)\(ack.errors)")
    try await LogCommandTests.once(installation)
    #expect(try installation.events("alert.acknowledged").count == 1)
  }

  /// The kill falls on every removal, so the facts are in the log and their files are there still.
  @Test(.enabled(if: Strace.isThere, "strace is not installed"))
  func `is recorded once though the daemon is killed before it removes the file`() async throws {
    let (installation, stand) = try await LogCommandTests.installed()
    defer { stand.server.stop() }
    let id = try #require(try alertIDs(installation).first)
    let ack = Event(
      at: Date(timeIntervalSince1970: 1_715_837_220),
      .alertAcknowledged(Alert.ID(id), Judgement(by: Person.name)))
    let inbox = installation.path("data/inbox")
    try Data(ack.json).write(to: URL(filePath: inbox + "/" + Inbox.name(of: ack)))
    let trace = installation.path("trace")
    let killed = try Running(
      [
        Strace.path, "-f", "-o", trace, "-P", inbox + "/" + Inbox.name(of: ack), "-e",
        "trace=unlink,unlinkat", "-e", "inject=unlink,unlinkat:signal=KILL", Running.binary, "run",
        "--once", "--config", installation.configuration,
      ], binary: nil)
    #expect(killed.waitForEnd() != 0)
    #expect(try installation.events("alert.acknowledged").count == 1)
    try await LogCommandTests.once(installation)
    #expect(try installation.events("alert.acknowledged").count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: inbox).isEmpty)
    try expectWhole(installation)
  }

  @Test func `may stand in the configuration`() async throws {
    let silence = "silences: [{rules: [watch], until: 2099-01-01, reason: latihan}]\n"
    let (installation, stand) = try await LogCommandTests.installed(silence)
    defer { stand.server.stop() }
    #expect(try installation.alerts().isEmpty)
    #expect(try installation.events("silence.set").count == 1)
    let listed = try LogCommandTests.lines(try installation.run("silence", "--json"))
    let id = try #require(listed.first?["silence"]?.string)
    // A person's word stands over the configuration, start after start.
    #expect(try installation.run("silence", "--lift", id).status == 0)
    try await LogCommandTests.once(installation)
    #expect(try installation.events("silence.set").count == 1)
    let text = try String(contentsOfFile: installation.configuration, encoding: .utf8)
    try installation.write(
      text.replacing("[watch], until", with: "[wotch], until"), to: "tidings.yaml")
    let check = try installation.run("check")
    #expect(check.status == 78)
    #expect(check.errors.contains("unknown rule 'wotch'; did you mean watch [E114]"))
  }

  private func put(_ event: JSONValue, in installation: Installation) throws {
    let id = try #require(event["id"]?.string)
    var text = ""
    for line in try installation.run("log", "cat", "--type", "alert.acknowledged").lines {
      // The event is the record's last field, as the log holds it.
      let start = try #require(line.range(of: "\"event\":"))
      text = String(line[start.upperBound...].dropLast())
    }
    try installation.write(text, to: "data/inbox/\(id).json")
  }

  private func isEmpty(_ folder: String) async throws {
    while try FileManager.default.contentsOfDirectory(atPath: folder).contains(where: {
      $0.hasSuffix(".json")
    }) {
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

@Suite("A silence that ends when it is idle") struct IdleSilenceTests {
  @Test func `is in force as long as it holds something now and then`() async throws {
    let log = try await ScriptedLog("rules: [{id: r, match: gempa}]")
    let silence = Silence(
      id: Silence.ID("s"), rules: ["r"], until: ScriptedLog.start.addingTimeInterval(86_400),
      reason: "uji", by: "rina", expireIfIdle: .seconds(3_600))
    try await log.record([.silenceSet(silence)])
    func inForce(_ seconds: Double) throws -> Int {
      try log.views.silencesInForce(at: ScriptedLog.start.addingTimeInterval(seconds)).count
    }
    #expect(try inForce(3_599) == 1 && inForce(3_600) == 0)
    try await log.publish("gempa", at: 3_000)
    #expect(try inForce(6_599) == 1 && inForce(6_600) == 0)
    try await log.record([.silenceLifted(silence.id, by: "rina")], at: 3_100)
    #expect(try inForce(3_200) == 0)
  }
}

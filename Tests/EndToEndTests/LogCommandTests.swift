import Core
import Foundation
import Support
import Testing

@Suite("A log command") struct LogCommandTests {
  /// A daemon's work, done: two feeds of three entries, an alert each.
  static func installed(
    _ more: String = ""
  ) async throws -> (installation: Installation, stand: Newsstand) {
    let stand = try Newsstand(feeds: ["one", "two"], limit: 3)
    let installation = try Installation(
      "page: none\npoll: {first_poll: alert, rate: 0}\nrules: [{id: watch, match: sandi}]\n"
        + more + stand.configuration)
    for _ in 0..<3 { try await Self.once(installation) }
    return (installation, stand)
  }

  /// Polls every feed once, due or not.
  static func once(_ installation: Installation) async throws {
    try? FileManager.default.removeItem(atPath: installation.path("data/state.sqlite"))
    let outcome = try installation.run("run", "--once")
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  static func lines(_ outcome: Installation.Outcome) throws -> [JSONValue] {
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try outcome.lines.map { try JSONValue(parsing: Array($0.utf8)) }
  }

  static func text(of folder: String) throws -> String {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    return names.map {
      let bytes = FileManager.default.contents(atPath: folder + "/" + $0) ?? Data()
      return String(decoding: bytes, as: UTF8.self)
    }.joined()
  }

  @Test func `prints what is asked for: by type, feed, place and time`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let all = try Self.lines(try installation.run("log", "cat"))
    #expect(all.compactMap { $0["position"]?.number } == (1...all.count).map(Double.init))
    let published = try Self.lines(
      try installation.run("log", "cat", "--type", "article.published", "--type", "alert.raised"))
    #expect(published.count == 12)
    let one = try Self.lines(
      try installation.run("log", "cat", "--feed", "one", "--type", "article.published"))
    #expect(one.compactMap { $0["event"]?["article"]?["feed"]?.string } == ["one", "one", "one"])
    let last = String(all.count)
    #expect(try installation.run("log", "cat", "--from", last).lines.count == 1)
    #expect(try installation.run("log", "cat", "--since", "1h").lines.count == all.count)
    #expect(try installation.run("log", "cat", "--since", "2099-01-01").lines.isEmpty)
    let wrong = try installation.run("log", "cat", "--type", "article.publish")
    #expect(wrong.status == 64 && wrong.errors.contains("article.published"))
  }

  @Test func `exports events as CloudEvents, and articles as others read them`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let events = try Self.lines(try installation.run("log", "export"))
    let article = try #require(
      events.first { $0["type"]?.string == "tidings.article.published" })
    #expect(article["specversion"]?.string == "1.0")
    #expect(
      article["source"]?.string?.wholeMatch(
        of: /urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
    #expect(article["id"]?.string?.count == 26)
    #expect(article["subject"]?.string?.hasPrefix("feed.") == true)
    #expect(article["partitionkey"]?.string == article["subject"]?.string)
    #expect(article["dataschema"]?.string == "urn:tidings:article.published:1")
    #expect(article["datacontenttype"]?.string == "application/json")
    #expect(article["sequence"]?.string?.count == 20)
    #expect(article["time"]?.string != nil && article["recordedtime"]?.string != nil)
    #expect(article["data"]?["article"]?["title"]?.string?.hasPrefix("Kabar") == true)
    #expect(article["data"]?["type"] == nil)
    let sequences = events.compactMap { $0["sequence"]?.string }
    #expect(sequences == sequences.sorted() && Set(sequences).count == events.count)
    let subjects = Set(events.compactMap { $0["subject"]?.string })
    #expect(subjects.isSuperset(of: ["alerts", "daemon", "feed.one"]))

    let ninjs = try Self.lines(try installation.run("log", "export", "--articles", "ninjs"))
    #expect(ninjs.count == 6)
    #expect(ninjs[0]["uri"]?.string?.hasPrefix("urn:tidings:article:") == true)
    #expect(ninjs[0]["headlines"]?.array?.first?["value"]?.string?.hasPrefix("Kabar") == true)
    #expect(ninjs[0]["renditions"]?.array?.first?["href"]?.string?.hasPrefix("http") == true)
    let schema = try Self.lines(try installation.run("log", "export", "--articles", "schema.org"))
    #expect(schema[0]["@type"]?.string == "NewsArticle")
    #expect(schema[0]["headline"]?.string == ninjs[0]["headlines"]?.array?.first?["value"]?.string)
  }

  @Test func `redacts an article: its words go everywhere but the fact stays`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let articles = try Self.lines(try installation.run("articles", "--json"))
    let title = "Kabar 2 dari /one.xml"
    let victim = try #require(articles.first { $0["title"]?.string == title })
    let id = try #require(victim["id"]?.string)
    let before = try Self.lines(try installation.run("log", "cat")).count
    #expect(try installation.run("log", "redact", "--reason", "x").status == 64)
    let outcome = try installation.run(
      "log", "redact", "--article", id, "--reason", "court order")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try !Self.text(of: installation.path("data")).contains(title))
    // The feed still shows the entry; it must not come back as news.
    try await Self.once(installation)
    #expect(try !Self.text(of: installation.path("data")).contains(title))
    let after = try Self.lines(try installation.run("log", "cat"))
    let redacted = after.filter { $0["redacted"]?.bool == true }
    #expect(redacted.count == 2, "the article and its alert")
    #expect(after.count > before)
    let fact = try #require(try installation.events("record.redacted").first)
    #expect(fact["reason"]?.string == "court order")
    #expect(fact["positions"]?.array?.count == 2)
    #expect(try installation.run("articles", "--json").lines.count == 5)
    #expect(try installation.run("log", "verify").status == 0)
    let check = try installation.run("rebuild", "--check")
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func `names damage, and repairs it when a person says so`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let segment = installation.path("data/log/00000000000000000001.seg")
    var bytes = try #require(FileManager.default.contents(atPath: segment))
    let place = try #require(bytes.firstRange(of: Data("Kabar 2 dari /two.xml".utf8)))
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(filePath: segment))
    let verify = try installation.run("log", "verify")
    #expect(verify.status == 1)
    #expect(verify.output.contains("00000000000000000001.seg at byte"), "\(verify.output)")
    #expect(verify.output.contains("payload does not match its checksum"))
    #expect(try installation.run("log", "repair").status == 64)
    let repair = try installation.run("log", "repair", "--quarantine")
    #expect(repair.status == 0, "\(repair.errors)")
    #expect(repair.output == "00000000000000000001.seg: 1 records lost\n")
    let kept = installation.path("data/log/quarantine/00000000000000000001.seg.0")
    #expect(FileManager.default.contents(atPath: kept) == bytes)
    #expect(try installation.run("log", "verify").status == 0)
    try await Self.once(installation)
    #expect(try installation.events("log.repaired").count == 1)
    // What was lost is asked for again by itself: the feed still has it.
    #expect(try installation.run("articles", "--json").lines.count == 6)
    #expect(try installation.run("rebuild", "--check").status == 0)
    let nothing = try installation.run("log", "repair", "--quarantine")
    #expect(nothing.output == "nothing is damaged\n")
  }

  @Test func `repairs the header of a log of one segment, and says what follows`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let before = try Self.lines(try installation.run("log", "cat"))
    let segment = installation.path("data/log/00000000000000000001.seg")
    var bytes = try #require(FileManager.default.contents(atPath: segment))
    bytes[20] ^= 1
    try bytes.write(to: URL(filePath: segment))
    #expect(try installation.run("log", "verify").status == 1)
    let repair = try installation.run("log", "repair", "--quarantine")
    #expect(repair.status == 0, "\(repair.errors)")
    #expect(repair.lines.first == "00000000000000000001.seg: 0 records lost")
    #expect(repair.lines.last?.contains("the log has a new identity") == true)
    #expect(try installation.run("log", "verify").status == 0)
    let after = try Self.lines(try installation.run("log", "cat"))
    #expect(Array(after.prefix(before.count)) == before)
    // The views of the old identity are gone, and folded anew.
    try await Self.once(installation)
    #expect(try installation.run("articles", "--json").lines.count == 6)
    #expect(try installation.run("rebuild", "--check").status == 0)
  }

  @Test func `copies everything while the daemon runs, and puts it back`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let daemon = try installation.start("run")
    await stand.server.received(stand.server.requests.count + 1)
    let folder = installation.path("copy")
    let backup = try installation.run("backup", folder)
    #expect(backup.status == 0, "\(backup.errors)")
    let again = try installation.run("backup", folder)
    #expect(again.status == 0, "\(again.errors)")
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)

    let other = try Installation("data: ./elsewhere\npage: none\n")
    let restore = try other.run("restore", folder)
    #expect(restore.status == 0, "\(restore.errors)")
    let articles = try Self.lines(try installation.run("log", "cat", "--type", "article.published"))
    let restored = try Self.lines(try other.run("log", "cat", "--type", "article.published"))
    #expect(restored == articles)
    #expect(try other.run("restore", folder).status == 1)
    #expect(try other.run("log", "verify").status == 0)
    #expect(try other.run("rebuild").status == 0)

    let damaged = folder + "/log/00000000000000000001.seg"
    var bytes = try #require(FileManager.default.contents(atPath: damaged))
    bytes[200] ^= 1
    try bytes.write(to: URL(filePath: damaged))
    let third = try Installation("data: ./third\npage: none\n")
    let refused = try third.run("restore", folder)
    #expect(refused.status == 65 && refused.errors.contains("is not what the manifest says"))
    #expect(!FileManager.default.fileExists(atPath: third.path("third/log")))
    let strange = try installation.run("backup", installation.path(""))
    #expect(strange.status == 1 && strange.errors.contains("holds other files"))
  }

  @Test func `copies a log that grows, up to one moment`() async throws {
    let stand = try Newsstand(feeds: ["one", "two"], limit: 60)
    defer { stand.server.stop() }
    let installation = try Installation(
      "page: none\npoll: {first_poll: alert, rate: 0}\nrules: [{id: watch, match: sandi}]\n"
        + stand.configuration)
    let daemon = try installation.start("run")
    var copies: [String] = []
    for round in 1...4 {
      await stand.everyFeed(asked: round)
      copies.append(installation.path("copy-\(round)"))
      let backup = try installation.run("backup", copies[round - 1])
      #expect(backup.status == 0, "\(backup.errors)")
    }
    daemon.signal(SIGTERM)
    #expect(daemon.waitForEnd() == 0)
    let whole = try installation.run("log", "cat").output
    for copy in copies {
      let other = try Installation("page: none\n")
      #expect(try other.run("restore", copy).status == 0)
      let restored = try other.run("log", "cat").output
      #expect(!restored.isEmpty && whole.hasPrefix(restored))
      #expect(try other.run("rebuild").status == 0)
    }
  }

  @Test(.timeLimit(.minutes(15)))
  func `is read by another process, which sees nothing that a kill takes away`() async throws {
    let stand = try Newsstand(feeds: ["one", "two"], limit: 40)
    defer { stand.server.stop() }
    let installation = try Installation(
      "page: none\npoll: {first_poll: alert, rate: 0}\nrules: [{id: watch, match: sandi}]\n"
        + stand.configuration)
    try await Self.once(installation)
    let reader = try installation.start("log", "cat", "-f")
    for _ in 0..<4 {
      let daemon = try installation.start("run")
      await stand.server.received(stand.server.requests.count + 5)
      daemon.signal(SIGKILL)
      daemon.waitForEnd()
    }
    try await Self.once(installation)
    let whole = try installation.run("log", "cat").output
    while reader.output.count < whole.count { try await Task.sleep(for: .milliseconds(50)) }
    reader.signal(SIGTERM)
    reader.waitForEnd()
    #expect(reader.output == whole)
  }

  @Test func `leaves a log of a later version alone, and says so`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let segment = installation.path("data/log/00000000000000000001.seg")
    var bytes = try #require(FileManager.default.contents(atPath: segment))
    bytes[8] = 2
    try bytes.write(to: URL(filePath: segment))
    // The lock tells who has it now.
    let lock = URL(filePath: installation.path("data/log/LOCK"))
    try FileManager.default.removeItem(at: lock)
    let before = try Self.text(of: installation.path("data/log"))
    for command in [["run", "--once"], ["log", "verify"], ["log", "cat"]] {
      let refused = try Installation.run(command + ["--config", installation.configuration])
      #expect(refused.status == 65, "\(command): \(refused.errors)")
      #expect(refused.errors.contains("install a newer tidings"), "\(refused.errors)")
    }
    try FileManager.default.removeItem(at: lock)
    #expect(try Self.text(of: installation.path("data/log")) == before)
  }

  @Test func `takes no backup of a damaged log over a good one`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let folder = installation.path("copy")
    #expect(try installation.run("backup", folder).status == 0)
    let before = try Self.text(of: folder)
    let segment = installation.path("data/log/00000000000000000001.seg")
    var bytes = try #require(FileManager.default.contents(atPath: segment))
    bytes[200] ^= 1
    try bytes.write(to: URL(filePath: segment))
    let refused = try installation.run("backup", folder)
    #expect(refused.status == 1 && refused.errors.contains("tidings log"), "\(refused.errors)")
    #expect(try Self.text(of: folder) == before)
  }

  @Test func `appends nothing to a log that is older than its views`() async throws {
    let (installation, stand) = try await Self.installed("outlets: {journal: {kind: journald}}\n")
    defer { stand.server.stop() }
    let (log, old) = (installation.path("data/log"), installation.path("old"))
    try FileManager.default.copyItem(atPath: log, toPath: old)
    for _ in 0..<2 { try await Self.once(installation) }
    try FileManager.default.removeItem(atPath: log)
    try FileManager.default.moveItem(atPath: old, toPath: log)
    for command in [
      ["silence", "watch", "--until", "1h", "--reason", "x"],
      ["deliver", "--outlet", "journal", "--dead"],
    ] {
      let refused = try Installation.run(command + ["--config", installation.configuration])
      #expect(refused.status == 1, "\(command)")
      #expect(refused.errors.contains("older than its views"), "\(refused.errors)")
    }
    #expect(try installation.events("silence.set").isEmpty)
  }

  @Test func `keeps what tells which articles were redacted`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let article = try #require(try Self.lines(try installation.run("articles", "--json")).first)
    let id = try #require(article["id"]?.string)
    let first = try installation.run("log", "redact", "--article", id, "--reason", "order")
    #expect(first.status == 0, "\(first.errors)")
    let fact = try #require(
      try Self.lines(try installation.run("log", "cat", "--type", "record.redacted")).first)
    let position = try #require(fact["position"]?.number)
    let refused = try installation.run("log", "redact", "\(Int(position))", "--reason", "again")
    #expect(refused.status == 1 && refused.errors.contains("which articles lost their words"))
  }

  @Test func `takes no backup over that of another log`() async throws {
    let (installation, stand) = try await Self.installed()
    defer { stand.server.stop() }
    let folder = installation.path("copy")
    #expect(try installation.run("backup", folder).status == 0)
    let before = try Self.text(of: folder)
    let other = try Installation("page: none\npoll: {rate: 0}\n" + stand.configuration)
    try await Self.once(other)
    let refused = try other.run("backup", folder)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("holds the backup of another log; name an empty folder"))
    #expect(try Self.text(of: folder) == before)
    // A beginning of a backup, without a manifest yet, is the other log's too.
    try FileManager.default.removeItem(atPath: folder + "/MANIFEST")
    #expect(try other.run("backup", folder).status == 1)
    #expect(try installation.run("backup", folder).status == 0)
  }
}

import Core
import Foundation
import Glibc
import Rules
import Support
import Testing

@testable import tidings

@Suite("A configuration") struct ConfigurationTests {
  /// Nine levels of ten copies each: a thousand million nodes.
  static let bomb = (1...9).reduce("a0: &a0 [x]\n") { text, level in
    let copies = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
    return text + "a\(level): &a\(level) [\(copies)]\n"
  }

  @Test(arguments: [
    (bomb, "1:5: YAML anchors and aliases are not used here; write the value again"),
    ("feeds: &f []\nrules: *f\n", "1:8: YAML anchors and aliases are not used here"),
    ("include: [rules.yaml]\n", "1:11: 'rules.yaml' is not there; make it, or do not include it"),
    ("include: [.]\n", ".:1:1: cannot be read: Is a directory"),
    ("page: nowhere.example:80\n", "1:7: 'nowhere.example:80' is no address; write 127.0.0.1:"),
    ("page: \":80\"\n", "1:7: ':80' is no address; write 127.0.0.1:8474 or none"),
    ("feeds: [{name: a, url: \"http://[::1/a\"}]\n", "1:24: 'http://[::1/a' is no address of a"),
    (
      "feeds: [{name: a, url: \"http://h:99999/\"}]\n", "1:24: 'http://h:99999/' is no address of a"
    ),
    (
      "feeds: [{name: a, url: \"http://h/\", timezone: Asia/Djakarta}]\n",
      "1:47: 'Asia/Djakarta' is no zone; write an offset such as +07:00, or a name such as Asia/Jakarta"
    ),
    (
      "outlets: {desk: {kind: webhook}}\n",
      "1:11: outlet 'desk' has no url; add `url:` or `url_file:`"
    ),
  ]) func `is refused with one line for what is wrong`(text: String, line: String) throws {
    let outcome = try Installation(text).run("check")
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains(line), "\(outcome.errors.prefix(2_000))")
  }

  @Test func `is warned of haste wherever private networks are allowed`() throws {
    let feeds = "feeds: [{name: a, url: \"http://10.0.0.1/\", every: 2s}]\n"
    let hasty = try Installation(feeds).run("check")
    #expect(hasty.status == 0)
    #expect(hasty.errors.contains("1:51: warning: feed 'a' is asked more often"), "\(hasty.errors)")
    #expect(try Installation(feeds + "poll: {private_networks: true}\n").run("check").errors == "")
  }

  @Test func `is warned of a page that others reach and that asks for no token`() throws {
    let open = try Installation("page: 0.0.0.0:8474\n").run("check")
    #expect(open.status == 0)
    #expect(
      open.errors.contains(
        "1:7: warning: the page is open to all who reach 0.0.0.0:8474; add page_token_file"),
      "\(open.errors)")
    for text in [
      "page: 127.0.0.1:8474\n", "page: none\n", "page_token_file: t\npage: 0.0.0.0:8474\n",
      "page: \"[::]:8474\"\npage_token_file: t\n",
    ] {
      let closed = try Installation(text).run("check", "--no-secrets")
      #expect(closed.status == 0 && closed.errors == "", "\(text): \(closed.errors)")
    }
  }

  @Test(arguments: ["+07:00", "Asia/Jakarta", "WIB"])
  func `may name the zone of a feed's dates`(zone: String) async throws {
    let date = "16 May 2024 12:27"
    let server = try LocalServer { _ in
      let item = "<item><title>Kabar</title><pubDate>\(date)</pubDate></item>"
      let document = "<rss version=\"2.0\"><channel><title>T</title>\(item)</channel></rss>"
      return .answer(200, [("Content-Type", "application/rss+xml")], document)
    }
    let installation = try Installation(
      "page: none\nfeeds: [{name: a, url: \"\(server.address("/a.xml"))\", private_network: true, "
        + "timezone: \"\(zone)\"}]\n")
    let outcome = try installation.run("run", "--once")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let article = try #require(try installation.events("article.published").first?["article"])
    #expect(article["published"]?.string == "2024-05-16T05:27:00Z")
    #expect(article["date_source"]?.string == "feed")
  }

  @Test func `may include patterns that meet nothing yet`() throws {
    #expect(try Installation("include: [rules.d/*.yaml]\n").run("check").status == 0)
  }

  @Test func `of thousands of rules is taken by the daemon`() throws {
    let rules = (0..<4_200).map { "  - {id: r\($0), match: kata\($0)}\n" }.joined()
    let installation = try Installation("page: none\nrules:\n" + rules)
    let outcome = try installation.run("run", "--once")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let defined = try installation.events("rule.defined").compactMap { $0["rule"]?.string }
    #expect(defined.filter { $0.hasPrefix("r") }.count == 4_200)
    #expect(defined.filter { $0.hasPrefix("tidings.") }.count == 7)
  }

  @Test func `with more words than one record of the log holds is refused before it runs`() throws {
    let name = String(repeating: "x", count: 2_200_000)
    let outcome = try Installation("entities:\n  Q1: {name: \(name), type: person}\n").run("check")
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("2:3: 'entities' takes 2200"), "\(outcome.errors.suffix(500))")
    #expect(outcome.errors.contains(" bytes in the log; keep it under 2 MiB\n"))
  }

  @Test func `that drops its entities drops them from the log's words, once`() throws {
    let installation = try Installation(
      "page: none\nentities: {Q1: {name: Palu, type: place, aliases: [Palu]}}\n")
    #expect(try installation.run("run", "--once").status == 0)
    try installation.write("page: none\nfind_names: false\n", to: "tidings.yaml")
    for _ in 0..<2 { #expect(try installation.run("run", "--once").status == 0) }
    let words = try installation.events("vocabulary.defined")
      .filter { $0["part"]?.string == "entities" }.map { $0["text"]?.string }
    #expect(words == [#"{"Q1":{"name":"Palu","type":"place","aliases":["Palu"]}}"#, "{}"])
  }

  @Test func `that changes no more than a rule's note is taken`() throws {
    let installation = try Installation("")
    for note in ["ask the desk", "ask the night desk", "ask the night desk"] {
      try installation.write(
        "page: none\nrules: [{id: quake, match: gempa, note: \(note)}]\n", to: "tidings.yaml")
      #expect(try installation.run("run", "--once").status == 0)
    }
    let texts = try installation.events("rule.defined").filter { $0["rule"]?.string == "quake" }
      .compactMap { $0["text"]?.string }
    #expect(texts.count == 2)
    #expect(texts.last?.contains("ask the night desk") == true)
  }

  @Test func `is looked through for what is hardly meant only where that is shown`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("tidings.yaml")
    try "rules: [{id: r, match: WHO, until: 2020-01-01}]\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try Configuration.read(file).warnings.isEmpty)
    #expect(
      try Configuration.read(file, warns: true).warnings.compactMap(\.code).sorted()
        == ["W308", "W311"])
  }

  @Test func `has its days and hours where the desk is`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("tidings.yaml")
    try """
    timezone: Asia/Jakarta
    rules: [{id: r, match: gempa, until: 2099-12-01}]
    silences: [{rules: [r, tidings.gap], until: 2099-12-01, reason: latihan, expire_if_idle: 24h}]
    outlets: {hook: {kind: exec, argv: [/bin/true], digest: daily 07:00}}
    """.write(toFile: file, atomically: true, encoding: .utf8)
    let configuration = try Configuration.read(file)
    let silence = try #require(configuration.silences.first)
    #expect(Timestamp.text(silence.until) == "2099-11-30T17:00:00Z")
    #expect(silence.expireIfIdle == .seconds(86_400))
    #expect(configuration.rules.written.first?.until == silence.until)
    #expect("\(configuration.outlets)".contains("daily(minute: 420, Asia/Jakarta)"))
  }

  @Test func `may let an outlet reach link-local addresses, and begin before it was there`() throws
  {
    let folder = try TemporaryFolder()
    let file = folder.path("tidings.yaml")
    try """
    timezone: "+07:00"
    outlets:
      hook: {kind: webhook, url: "https://hook.example/", allow_link_local: true, from: 2026-11-01}
      plain: {kind: webhook, url: "https://hook.example/"}
      mail: {kind: email, server: "smtp://mail.example", from: a@b.example, to: [c@d.example]}
    """.write(toFile: file, atomically: true, encoding: .utf8)
    let outlets = try Configuration.read(file).outlets
    #expect(
      outlets.map { "\($0)".contains("allowsLinkLocal: true") } == [false, true, false, false])
    #expect(
      outlets.map { $0.from.map { Timestamp.text($0) } } == [nil, "2026-10-31T17:00:00Z", nil, nil])
  }

  @Test func `whose page is taken already is told so`() throws {
    let server = try LocalServer { _ in .answer(404, [], "") }
    defer { server.stop() }
    let port = try #require(URL(string: server.address("/"))?.port)
    let outcome = try Installation("page: 127.0.0.1:\(port)\n").run("run")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "127.0.0.1:\(port): cannot listen: Address already in use; free it, or name another page\n"),
      "\(outcome.errors)")
  }
}

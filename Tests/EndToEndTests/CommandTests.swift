import Core
import Foundation
import Support
import Testing

@Suite("A command") struct CommandTests {
  static let all = [
    "run", "demo", "init", "check", "tail", "feeds", "feeds list", "feeds add", "feeds poll",
    "feeds import",
    "feeds export", "articles", "article", "search", "entities", "entities list",
    "entities merge", "entities split", "entities alias", "entities suggestions",
    "topics", "rules", "rules test", "why", "whynot", "log", "log cat", "log verify", "log stats",
    "log export", "log repair", "log redact", "rebuild", "backup", "restore", "parse", "match",
    "annotate", "stories", "stories list", "stories merge", "stories split", "model", "model eval",
    "model train", "model train names", "model train background",
  ]

  @Test(arguments: all)
  func `answers help with an example`(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try Installation.run(words + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Example: "))
    #expect(outcome.output.contains("tidings \(command)"))
  }

  @Test func `with wrong words ends with 64`() throws {
    #expect(try Installation.run(["search"]).status == 64)
    #expect(try Installation.run(["nonsense"]).status == 64)
    #expect(try Installation.run(["match", "--rules", "x", "--jobs", "0"]).status == 64)
  }

  @Test func `tells every fault of a configuration at once and ends with 78`() throws {
    let installation = try Installation(
      """
      pge: none
      feeds:
        - {name: a b, url: "ftp://example.org"}
        - {name: wire, url: "https://example.org/a.xml", every: fast}
      rules:
        - {id: one, match: "titel:gempa"}
        - {id: two, match: "a AND b OR c", outlets: [nowhere]}
      """)
    let outcome = try installation.run("check")
    #expect(outcome.status == 78)
    let file = installation.configuration
    for line in [
      "\(file):1:1: unknown key 'pge'; did you mean page [E203]",
      "\(file):3:12: 'a b' is no name; use letters, digits, '-', '_' and '.', at most 64",
      "\(file):3:22: 'ftp://example.org' is no address of a feed; "
        + "write an http:// or https:// address",
      "\(file):4:59: 'fast' is no duration of 1s or more; write 30s, 10m, 2h or 3d [E204]",
    ] {
      #expect(outcome.errors.contains(line + "\n"), "\(line)\nnot in\n\(outcome.errors)")
    }
    #expect(outcome.errors.contains("\(file):6:23: unknown field 'titel'; did you mean title"))
    #expect(outcome.errors.contains("[E102]"))
  }

  @Test func `names a configuration that is not there`() throws {
    let outcome = try Installation.run(["check", "--config", "/nowhere/tidings.yaml"])
    #expect(outcome.status == 78)
    #expect(outcome.errors.hasPrefix("/nowhere/tidings.yaml:1:1: cannot be read: No such file"))
  }

  @Test func `parse says on both outputs why a page is no feed`() throws {
    let page = "<!DOCTYPE html><html><head><title>Beranda</title></head><body>x</body></html>"
    let outcome = try Installation.run(["parse"], input: page)
    #expect(outcome.status == 65)
    let json = try JSONValue(parsing: Array(outcome.output.utf8))
    #expect(json["error"]?.string?.hasPrefix("not a feed: found <html>") == true)
    #expect(outcome.errors.contains("not a feed"))
  }

  @Test func `match prints a line a firing in input order and names bad lines`() throws {
    let installation = try Installation("rules:\n  - {id: quake, match: gempa}\n")
    let input = """
      {"id":"1","title":"Gempa di Palu"}
      {"id":2}
      {"id":"3","title":"Harga beras"}
      {"id":"4","text":"Kantor mencatat gempa susulan"}
      """
    let outcome = try Installation.run(
      ["match", "--rules", installation.configuration], input: input)
    #expect(outcome.status == 65)
    let articles = try outcome.lines.map {
      try JSONValue(parsing: Array($0.utf8))["article"]?.string
    }
    #expect(articles == ["1", "4"])
    #expect(outcome.errors.hasPrefix("standard input:2: no article: "))
    let why = try JSONValue(parsing: Array(outcome.lines[1].utf8))["why"]?.array?.first
    #expect(why?["field"]?.string == "text")
    #expect(why?["start"]?.number == 16)
    #expect(why?["end"]?.number == 21)
  }

  @Test func `match knows the story that a line names`() throws {
    let installation = try Installation(
      "rules:\n  - {id: followed, match: 'story:s1 AND gempa'}\n  - {id: any, match: gempa}\n")
    let input = """
      {"id":"1","title":"Gempa di Palu","story":"s1"}
      {"id":"2","title":"Gempa di Palu","story":"s2"}
      {"id":"3","title":"Gempa di Palu"}
      """
    let outcome = try Installation.run(
      ["match", "--rules", installation.configuration], input: input)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let fired = try outcome.lines.map { line in
      let value = try JSONValue(parsing: Array(line.utf8))
      return "\(value["rule"]?.string ?? "") \(value["article"]?.string ?? "")"
    }
    #expect(fired == ["followed 1", "any 1", "any 2", "any 3"])
  }

  @Test func `annotate prints a line an article with what the operator calls names and topics`()
    throws
  {
    let installation = try Installation(
      """
      entities:
        Q7747: {name: Vladimir Putin, type: person, aliases: [Putin]}
      topics:
        quake: {name: Gempa, match: gempa}
      """)
    let outcome = try installation.run(
      "annotate",
      input: """
        {"id":"1","title":"Gempa di Palu","language":"id"}
        {"id":2}
        {"id":"3","title":"Über Putin","language":"de"}
        """)
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("standard input:2: no article: "))
    let lines = try outcome.lines.map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(lines.map { $0["id"]?.string } == ["1", "3"])
    #expect(lines.map { $0["language"]?.string } == ["id", "de"])
    #expect(lines[0]["topics"]?.array?.first?["name"]?.string == "Gempa")
    let putin = try #require(
      lines[1]["mentions"]?.array?.first { $0["entity"]?.string == "Q7747" })
    #expect(putin["name"]?.string == "Vladimir Putin")
    #expect(putin["type"]?.string == "person")
    #expect(putin["field"]?.string == "title")
    #expect([putin["start"]?.number, putin["end"]?.number] == [5, 10])
    #expect(putin["text"]?.string == "Putin")
  }

  @Test func `annotate finds names that nobody configured, and says the same each time`() throws {
    let installation = try Installation("page: none\n")
    let input =
      #"{"id":"1","title":"Putin tiba di Beijing","text":"Presiden Rusia Vladimir Putin tiba."}"#
    let outcome = try installation.run("annotate", input: input)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let line = try JSONValue(parsing: Array(outcome.output.utf8))
    #expect(line["language"]?.string == "id")
    let found = line["mentions"]?.array?.map {
      "\($0["field"]?.string ?? "") \($0["entity"]?.string ?? "") \($0["text"]?.string ?? "")"
    }
    #expect(
      found == [
        "text Q159 Rusia", "text Q7747 Vladimir Putin", "title Q7747 Putin", "title Q956 Beijing",
      ])
    #expect(try installation.run("annotate", input: input).output == outcome.output)
  }

  @Test func `annotate tells stories, copies and topics over all it is given`() throws {
    let installation = try Installation("topics: {rates: {name: Rates, match: bunga}}\n")
    let text = """
      Bank sentral menaikkan suku bunga acuan sebesar 25 basis poin setelah rapat dewan gubernur di ibu kota. \
      Inflasi tahunan naik ke 3,4 persen dan rupiah melemah terhadap dolar. Investor saham dan obligasi \
      menunggu arah kebijakan ekonomi berikutnya, sedangkan ekspor turun pada kuartal kedua.
      """
    let titles = ["Suku bunga acuan naik", "Suku bunga acuan naik lagi", "Timnas menang di final"]
    let input = titles.enumerated().map { number, title in
      let body = number == 2 ? "Timnas sepak bola menang dua gol dalam pertandingan final." : text
      return """
        {"id":"\(number)","title":"\(title)","text":"\(body)","published":"2026-03-02T0\(number):00:00Z"}
        """
    }.joined(separator: "\n")
    let outcome = try installation.run("annotate", input: input)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = try outcome.lines.map { try JSONValue(parsing: Array($0.utf8)) }
    try #require(lines.count == 3)
    let stories = lines.compactMap { $0["story"]?.string }
    #expect(stories[0] == stories[1] && stories[0] != stories[2])
    #expect(lines.map { $0["duplicate_of"] } == [.null, .string("0"), .null])
    let topics = lines[0]["topics"]?.array?.compactMap { $0["id"]?.string }
    #expect(topics == ["medtop:04000000", "rates"])
    #expect(lines[0]["topics"]?.array?.first?["name"]?.string == "economy, business and finance")
    let sport = lines[2]["topics"]?.array?.first
    #expect(sport?["id"]?.string == "medtop:15000000" && sport?["score"]?.number == 1)
    #expect(try installation.run("annotate", "--jobs", "1", input: input).output == outcome.output)
  }

  /// Nobody declares the first; the second is declared what it is not.
  @Test func `match makes out the language that lang asks for`() throws {
    let folder = try TemporaryFolder()
    try "rules:\n  - {id: french, match: \"lang:fr\"}\n  - {id: english, match: \"lang:en-GB\"}\n"
      .write(toFile: folder.path("rules.yaml"), atomically: true, encoding: .utf8)
    let outcome = try Installation.run(
      ["match", "--rules", folder.path("rules.yaml")],
      input: """
        {"id":"1","title":"Le président de la République est arrivé jeudi à Pékin"}
        {"id":"2","title":"Rice prices rise again","text":"The government said that it will help.","language":"id"}
        {"id":"3","title":"Putin","language":"en"}
        """)
    let told = try outcome.lines.map { line in
      let line = try JSONValue(parsing: Array(line.utf8))
      return "\(line["rule"]?.string ?? "") \(line["article"]?.string ?? "")"
    }
    #expect(told == ["french 1", "english 2", "english 3"], "\(outcome.errors)")
  }

  @Test func `model eval tells how well languages and pairs of names are told`() throws {
    let folder = try TemporaryFolder()
    try """
    {"lang":"id","title":"Harga beras naik lagi di pasar tradisional"}
    {"lang":"ms","title":"Harga beras naik lagi di pasar"}
    {"lang":"ru","title":"Цены на рис снова выросли"}
    """.write(toFile: folder.path("languages.jsonl"), atomically: true, encoding: .utf8)
    try """
    {"a":"Vladimir Putin","b":"Владимира Путина","same":true}
    {"a":"KPK","b":"Komisi Pemberantasan Korupsi","same":true}
    {"a":"Bank Indonesia","b":"Bank Rakyat Indonesia","same":false}
    """.write(toFile: folder.path("pairs.jsonl"), atomically: true, encoding: .utf8)
    func rows(_ name: String) throws -> [[String]] {
      let outcome = try Installation.run(["model", "eval", "--data", folder.path(name)])
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.lines.map { $0.split(separator: " ").map(String.init) }
    }
    let languages = try rows("languages.jsonl")
    #expect(languages.contains(["ru", "100.0", "100.0", "100.0", "1"]))
    #expect(languages.contains(["ms", "0.0", "0.0", "0.0", "1"]))
    #expect(languages.contains(["id=ms", "100.0", "100.0", "100.0", "3"]))
    #expect(try rows("pairs.jsonl").contains(["linked", "100.0", "100.0", "100.0", "3"]))
  }

  @Test func `model eval tells precision, recall and F by type`() throws {
    let installation = try Installation("page: none\n")
    try installation.write(
      "Putin B-PER\ntiba O\ndi O\nBeijing B-LOC\n. O\n\nMoskow B-ORG\ndiam O\n", to: "names.txt")
    let outcome = try Installation.run(["model", "eval", "--data", installation.path("names.txt")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["id", "person", "100.0", "100.0", "100.0", "1"]))
    #expect(rows.contains(["id", "organisation", "0.0", "0.0", "0.0", "1"]))
    #expect(rows.contains(["id", "untyped", "100.0", "100.0", "100.0", "3"]))
    try installation.write("Putin X-PER\n", to: "names.txt")
    let bad = try Installation.run(["model", "eval", "--data", installation.path("names.txt")])
    #expect(bad.status == 65)
    #expect(bad.errors.contains("names.txt:1: has the tag 'X-PER'"))
  }

  @Test func `model train names makes the same bytes of the same sentences`() throws {
    let installation = try Installation("page: none\n")
    try installation.write(
      String(repeating: "Budi B-PER\npergi O\nke O\nPalu B-LOC\n. O\n\n", count: 3), to: "a.txt")
    for out in ["1.model", "2.model"] {
      let outcome = try Installation.run([
        "model", "train", "names", "--data", installation.path("a.txt"),
        "--out", installation.path(out),
        "--bits", "10", "--epochs", "2", "--runs", "1",
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let models = ["1.model", "2.model"].map {
      FileManager.default.contents(atPath: installation.path($0))
    }
    #expect(models[0] != nil && models[0] == models[1])
  }

  @Test func `that reads before anything was run says what to do`() throws {
    let installation = try Installation("page: none\n")
    for command in ["articles", "entities", "topics", "feeds", "tail", "rebuild"] {
      let outcome = try installation.run(command)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("tidings run"), "\(outcome.errors)")
    }
    #expect(try installation.run("rules").status == 0)
    #expect(!FileManager.default.fileExists(atPath: installation.path("data")))
  }

  @Test func `that reads leaves no file behind`() throws {
    let installation = try Installation("page: none\n")
    #expect(try installation.run("run", "--once").status == 0)
    try FileManager.default.removeItem(atPath: installation.path("data/state.sqlite"))
    #expect(try installation.run("feeds").status == 0)
    #expect(!FileManager.default.fileExists(atPath: installation.path("data/state.sqlite")))
  }

  @Test func `names views that are damaged, and rebuild mends them`() throws {
    let installation = try Installation("page: none\nrules: [{id: quake, match: gempa}]\n")
    #expect(try installation.run("run", "--once").status == 0)
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: installation.path("data/views.sqlite\(suffix)"))
    }
    try installation.write("no database", to: "data/views.sqlite")
    for command in ["rules", "articles"] {
      let outcome = try installation.run(command)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("data/views.sqlite: cannot be read as views; "))
    }
    let run = try installation.run("run")
    #expect(run.status == 1)
    #expect(run.errors.contains("data/views.sqlite: cannot be opened: "), "\(run.errors)")
    #expect(try installation.run("rebuild").status == 0)
    #expect(try installation.run("articles").status == 0)
    #expect(try installation.run("rebuild", "--check").output == "equal\n")
  }

  @Test func `tail takes any cursor`() throws {
    let installation = try Installation("page: none\n")
    #expect(try installation.run("run", "--once").status == 0)
    let outcome = try installation.run("tail", "--from", "18446744073709551615")
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty)
  }
}

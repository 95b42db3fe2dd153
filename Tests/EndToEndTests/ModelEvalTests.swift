import Foundation
import Testing
import Text

@testable import tidings

@Suite("A model's evaluation") struct ModelEvalTests {
  /// Groups of three against those of two and four.
  @Test func `counts by B-cubed and by pairs`() {
    let gold = ["a", "a", "a", "b", "b", "b"]
    let made = ["1", "1", "2", "2", "2", "2"]
    let score = PartitionScore.bCubed(made, gold: gold)
    #expect(abs(score.precision - (1 + 1 + 0.25 + 0.75 * 3) / 6) < 1e-9)
    #expect(abs(score.recall - (2.0 / 3 * 2 + 1.0 / 3 + 3) / 6) < 1e-9)
    let pairs = PartitionScore.pairs(made, gold: gold)
    #expect(pairs == PartitionScore(precision: 4.0 / 7, recall: 4.0 / 6))
    #expect(abs(pairs.f - 8.0 / 13) < 1e-9)
    #expect(PartitionScore.bCubed(gold, gold: gold) == PartitionScore(precision: 1, recall: 1))
    #expect(PartitionScore.pairs(["1"], gold: ["a"]).f == 1)
  }

  private static let text = (0..<120).map { "kata\($0)\($0 % 9 == 8 ? "." : "")" }
    .joined(separator: " ")

  @Test(arguments: AlteredText.allCases) func `makes copies that are found`(kind: AlteredText) {
    let copy = kind.copy(of: Self.text)
    #expect(copy != Self.text)
    #expect(copy == kind.copy(of: Self.text))
    let likeness = Fingerprint(Words(copy)).likeness(to: Fingerprint(Words(Self.text)))
    #expect(likeness.isCopy)
    #expect(likeness.jaccard < 1)
  }

  private static func line(_ id: String, _ text: String, _ story: String) -> String {
    #"{"id":"\#(id)","title":"\#(text.prefix(30))","text":"\#(text)","language":"id","story":"\#(story)"}"#
  }

  @Test func `prints stories in four orders, and copies`() throws {
    let installation = try Installation("page: none\n")
    let texts = [
      ("a", "Gempa mengguncang Cianjur, ratusan rumah rusak, kata BPBD Cianjur, Senin.", "1"),
      ("b", "BPBD: gempa Cianjur merusak ratusan rumah, warga Cianjur mengungsi.", "1"),
      ("c", "Persija mengalahkan Persib dua gol tanpa balas di Jakarta, Minggu.", "2"),
      ("d", Self.text, "3"),
    ]
    let lines = texts.map { Self.line($0.0, $0.1, $0.2) + "\n" }.joined()
    try installation.write(lines, to: "stories.jsonl")
    try installation.write("Gempa O\nlain O\n\nBola\tO\n", to: "others.txt")
    let outcome = try Installation.run([
      "model", "eval", "--data", installation.path("stories.jsonl"),
      "--among", installation.path("others.txt"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.lines.count == 8)
    #expect(
      outcome.lines.first
        == "as given    B-cubed P 100.0 R 100.0 F 100.0  pairs P 100.0 R 100.0 F 100.0  n 4")
    #expect(outcome.lines.contains("copies cut  found 1 of 1  100.0"))
    #expect(outcome.lines.last == "copies false  0 of 1 pairs of one story  0.0")
  }

  @Test func `reads events, and names what it cannot read`() throws {
    let installation = try Installation("page: none\n")
    let events =
      #"[{"title":"x","articles":[{"title":"Putin","text":"in Beijing"},{"title":"B"}]}]"#
    try installation.write(events, to: "events.json")
    let articles = try LabelledArticle.read(installation.path("events.json"))
    #expect(articles.map(\.title) == ["Putin", "B"])
    #expect(Set(articles.map(\.story)).count == 1)
    for (name, text) in [("bad.jsonl", "{\"a\":\n"), ("empty.json", "[]")] {
      try installation.write(text, to: name)
      let outcome = try Installation.run(["model", "eval", "--data", installation.path(name)])
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains(name), "\(outcome.errors)")
    }
  }

  @Test func `makes a background, the same each time`() throws {
    let installation = try Installation("page: none\n")
    let lines = Self.line("a", "gempa di Garut", "1") + "\n" + Self.line("b", "hujan di Garut", "2")
    try installation.write(lines, to: "a.jsonl")
    let outcome = try Installation.run([
      "model", "train", "background", "--data", installation.path("a.jsonl"), "--lang", "id",
      "--out", installation.path("table.tsv"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let table = try String(contentsOfFile: installation.path("table.tsv"), encoding: .utf8)
    #expect(table == "2\ndi\t2\ngarut\t2\n")
  }
}

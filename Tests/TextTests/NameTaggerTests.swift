import Testing
import Text

@Suite("A tagger of names") struct NameTaggerTests {
  static func sentences(_ text: String) throws -> [LabelledSentence] {
    try LabelledSentence.sentences(ofBIO: Array(text.utf8))
  }

  @Test func `reads both forms of labelled files`() throws {
    let blanks = try Self.sentences("Anis PROPN B-PER\r\ndi ADP O\r\n\r\nPalu X B-LOC\r\n")
    #expect(blanks.map(\.words) == [["Anis", "di"], ["Palu"]])
    #expect(Self.told(blanks) == ["0..<1 person", "0..<1 place"])
    let tabs = try Self.sentences(
      "Bank\tB-ORGANISATION\nIndonesia\tI-ORGANISATION\nPalu\tB-PLACE\n")
    #expect(Self.told(tabs) == ["0..<2 organisation", "2..<3 place"])
    #expect {
      try Self.sentences("a O\nb\n")
    } throws: { ($0 as? LabelError)?.line == 2 }
  }

  private static func told(_ sentences: [LabelledSentence]) -> [String] {
    sentences.flatMap(\.names).map { "\($0.words) \($0.kind)" }
  }

  @Test func `places names in the text in Unicode scalars, and copies them`() throws {
    let sentence = try #require(try Self.sentences("é O\nkota O\nPalu B-LOC\ndi O\n").first)
    #expect(sentence.text.0 == "é kota Palu di")
    #expect(sentence.text.1 == [.init(start: 7, end: 11, kind: .place)])
    #expect(sentence.titleCased.words == ["É", "Kota", "Palu", "di"])
    #expect(sentence.lowerCased.words == ["é", "kota", "palu", "di"])
  }

  /// Enough of one kind of sentence to learn.
  static let lesson = """
    Budi B-PER
    pergi O
    ke O
    Palu B-LOC
    . O

    Siti B-PER
    Aminah I-PER
    pulang O
    dari O
    Poso B-LOC
    . O

    """

  @Test func `learns what it is shown, and its file gives it back`() throws {
    var trainer = NameTrainer(bits: 12, seed: 1)
    trainer.add(try Self.sentences(Self.lesson), .closed, Gazetteer())
    trainer.train(epochs: 20) { _, _ in }
    let model = trainer.model(dataDigest: Array(repeating: 7, count: 32))
    #expect(NameModel(model.file) == model)
    let finder = NameFinder(
      Gazetteer(), .closed, taggers: ["id": NameTagger(model)], guideline: .corpus)
    let text = "Tuti pergi ke Luwuk ."
    let found = finder.names(in: [.init(text, words: Words(text))], language: "id")
    #expect(found.map { "\($0.text)/\($0.kind)" } == ["Tuti/person", "Luwuk/place"])
  }

  @Test func `has no model in a file that is cut or of another kind`() {
    var trainer = NameTrainer(bits: 10, seed: 1)
    trainer.train(epochs: 1) { _, _ in }
    let file = trainer.model(dataDigest: Array(repeating: 0, count: 32)).file
    #expect(NameModel(file) != nil)
    for length in [0, 4, 55, 56, file.count - 1] {
      #expect(NameModel(Array(file.prefix(length))) == nil)
    }
    #expect(NameModel(Array("TDNX".utf8) + file.dropFirst(4)) == nil)
  }

  @Test func `scores exact places and kinds`() {
    var score = NameScore()
    score.add(
      found: [.init(start: 0, end: 4, kind: .person), .init(start: 8, end: 9, kind: .place)],
      wanted: [
        .init(start: 0, end: 4, kind: .person), .init(start: 8, end: 9, kind: .organisation),
      ])
    #expect(score.all.f == 50)
    #expect(score.untyped.f == 100)
    #expect(score.counts[.place]?.precision == 0)
  }
}

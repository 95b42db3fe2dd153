import Testing

@testable import Text

@Suite("A background") struct BackgroundTests {
  @Test func `counts a fifth of its documents`() {
    var background = Background()
    let isTable = background.read("100\nyang\t80\ngempa\t2\n", for: "id")
    #expect(isTable)
    let terms = ["yang", "gempa", "kuda"].map { WordHash.hash($0) }
    let shares = background.shares(of: terms, in: "id")
    #expect(shares == TermShares(documents: 20, terms: [16, 0.4, 0]))
    #expect(background.shares(of: terms, in: "en") == TermShares(documents: 0, terms: [0, 0, 0]))
  }

  @Test(arguments: ["", "yang\t80\n", "100\nyang 80\n", "100\nyang\tviel\n"])
  func `refuses what is no table`(text: String) {
    var background = Background()
    let isTable = background.read(text, for: "id")
    #expect(!isTable)
  }

  @Test func `is made of documents, the commonest terms first`() {
    let table = Background.table(of: ["Gempa di Cianjur", "gempa di Garut", "hujan DI Garut"])
    #expect(table == "3\ndi\t3\ngarut\t2\ngempa\t2\n")
  }
}

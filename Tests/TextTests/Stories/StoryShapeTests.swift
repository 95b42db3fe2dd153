import Testing

@testable import Text

@Suite("A story's shape") struct StoryShapeTests {
  private static func member(
    _ article: Int64, _ terms: ClosedRange<UInt64>, _ language: String = "id"
  ) -> StoryShape.Member {
    let vector = TermVector(terms.map { (term: $0, weight: 1) })
    return StoryShape.Member(
      article, StoryVectors(text: vector, title: vector, language: language))
  }

  private static let shape: StoryShape = {
    var shape = StoryShape(member(1, 1...4))
    for article in 2...12 { shape.add(member(Int64(article), 2...5)) }
    return shape
  }()

  @Test func `holds the sum of all and the last ten`() {
    #expect(Self.shape.count == 12)
    #expect(Self.shape.members.map(\.article) == Array(3...12))
    #expect(Self.shape.sum.text.terms == [1, 2, 3, 4, 5])
  }

  @Test func `is liked by what is like its members, less the more it has`() {
    let one = StoryShape(Self.member(1, 1...4))
    #expect(abs(one.score(Self.member(2, 1...4).vectors) - 1) < 1e-6)
    #expect(abs(one.score(Self.member(2, 3...6).vectors) - 0.5) < 1e-6)
    #expect(one.score(Self.member(2, 7...9).vectors) == 0)
    #expect(Self.shape.score(Self.member(2, 2...5).vectors) < 1)
  }

  @Test func `counts double what is shared over languages`() {
    let one = StoryShape(Self.member(1, 1...4))
    #expect(abs(one.score(Self.member(2, 4...7, "en").vectors) - 0.5) < 1e-6)
  }

  @Test func `asks more of long texts`() {
    #expect(StoryShape.threshold(words: 30, title: 10) == 0.09)
    #expect(abs(StoryShape.threshold(words: 200, title: 10) - 0.105) < 1e-6)
    #expect(abs(StoryShape.threshold(words: 3_000, title: 0) - 0.12) < 1e-6)
  }

  @Test func `asks of a title without text that more than a word is shared`() {
    #expect(StoryShape.threshold(words: 0, title: 10) == 0.15)
    #expect(StoryShape.threshold(words: 0, title: 0) == 1.5)
  }

  @Test func `is told by the member nearest to all`() {
    var shape = StoryShape(Self.member(1, 1...9))
    shape.add(Self.member(2, 1...4))
    shape.add(Self.member(3, 20...24))
    #expect(shape.title == 1)
  }

  @Test func `is read back as it was written, and refused where it is cut`() {
    for shape in [Self.shape, StoryShape(Self.member(-1, 1...4, ""))] {
      let bytes = shape.bytes
      #expect(StoryShape(bytes) == shape)
      for length in bytes.indices { #expect(StoryShape(Array(bytes[..<length])) == nil) }
      #expect(StoryShape(bytes + [0]) == nil)
    }
  }
}

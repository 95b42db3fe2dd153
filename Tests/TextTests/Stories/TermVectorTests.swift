import Testing

@testable import Text

@Suite("A term vector") struct TermVectorTests {
  private static func vector(_ weights: [UInt64: Float]) -> TermVector {
    TermVector(weights.map { (term: $0.key, weight: $0.value) })
  }

  @Test func `has length 1, terms ascending`() {
    let vector = Self.vector([9: 3, 2: 4])
    #expect(vector.terms == [2, 9])
    #expect(vector.weights == [0.8, 0.6])
  }

  @Test func `meets another one by what both hold`() {
    let (a, b) = (Self.vector([1: 3, 2: 4]), Self.vector([2: 1]))
    #expect(abs(a.cosine(b) - 0.8) < 1e-6)
    #expect(abs(a.cosine(a) - 1) < 1e-6)
    #expect(a.cosine(Self.vector([7: 1])) == 0)
    #expect(a.cosine(TermVector()) == 0)
  }

  @Test func `is added term by term`() {
    var sum = Self.vector([1: 1])
    sum.add(Self.vector([1: 3, .max: 4]))
    #expect(sum.terms == [1, .max])
    #expect(sum.weights == [1.6, 0.8])
  }

  @Test func `keeps the heaviest, of equal ones the lowest`() {
    let many = TermVector((1...150).map { (term: UInt64($0), weight: $0 > 140 ? 2 : 1) })
    #expect(many.terms == Array(1...90) + Array(141...150))
    #expect(many.heaviest(2).map(\.term) == [141, 142])
  }
}

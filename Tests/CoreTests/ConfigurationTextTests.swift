import Core
import Testing

@Suite("Configuration text") struct ConfigurationTextTests {
  @Test(arguments: [("30s", 30), ("10m", 600), ("2h", 7_200), ("3d", 259_200), ("4w", 2_419_200)])
  func `gives a duration`(text: String, seconds: Int) {
    #expect(DurationText.duration(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "m", "fast", "-1s", "1.5h", "99999w"])
  func `that is no duration gives none`(text: String) {
    #expect(DurationText.duration(text) == nil)
  }

  @Test func `suggests the word that was meant`() {
    #expect(Suggestion.nearest(to: "titel", in: ["title", "text", "tag"]) == "title")
    #expect(Suggestion.nearest(to: "zebra", in: ["title", "text"]) == nil)
  }

  @Test func `in a block knows line and column of each character`() {
    let scalar = ConfigNode.Scalar(
      text: "a AND\nb OR c\n", isQuoted: true, block: .init(line: 5, indent: 6))
    let node = ConfigNode(.scalar(scalar), at: Place(file: "r.yaml", line: 4, column: 12))
    #expect(node.place(atScalar: 8).description == "r.yaml:6:9")
  }
}

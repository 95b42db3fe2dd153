/// A text in pieces, those that made a rule fire marked; each sink escapes a piece by itself.
public struct Passage: Hashable, Sendable {
  public struct Piece: Hashable, Sendable {
    public var text: String
    public var isMarked: Bool
  }

  public private(set) var pieces: [Piece] = []

  /// Marks `spans` of `text`, in Unicode scalars; one that lies outside or overlaps an earlier one is none.
  public init(_ text: String, marking spans: [Range<Int>] = []) {
    let scalars = Array(text.unicodeScalars)
    add(scalars, in: scalars.indices, marking: Self.valid(spans, in: scalars))
  }

  /// The marks of `text` with `margin` scalars around each; an ellipsis stands for what is left out.
  ///
  /// Without a mark it is the beginning.
  public init(excerptOf text: String, marking spans: [Range<Int>], margin: Int) {
    let scalars = Array(text.unicodeScalars)
    let spans = Self.valid(spans, in: scalars)
    var windows: [Range<Int>] = []
    for span in spans.isEmpty ? [0..<0] : spans {
      let window = max(0, span.lowerBound - margin)..<min(scalars.count, span.upperBound + margin)
      if let last = windows.last, last.upperBound >= window.lowerBound {
        windows[windows.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
      } else {
        windows.append(window)
      }
    }
    for window in windows {
      if window.lowerBound > 0 { pieces.append(Piece(text: "… ", isMarked: false)) }
      add(scalars, in: window, marking: spans.filter { window.contains($0.lowerBound) })
    }
    if let last = windows.last, last.upperBound < scalars.count {
      pieces.append(Piece(text: " …", isMarked: false))
    }
  }

  /// Those that lie in the text, in order, none within another.
  private static func valid(_ spans: [Range<Int>], in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var place = 0
    return spans.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
      .filter { span in
        guard !span.isEmpty, span.lowerBound >= place, span.upperBound <= scalars.count else {
          return false
        }
        place = span.upperBound
        return true
      }
  }

  private mutating func add(
    _ scalars: [Unicode.Scalar], in range: Range<Int>, marking spans: [Range<Int>]
  ) {
    var place = range.lowerBound
    for span in spans {
      add(scalars[place..<span.lowerBound], isMarked: false)
      add(scalars[span], isMarked: true)
      place = span.upperBound
    }
    add(scalars[place..<range.upperBound], isMarked: false)
  }

  private mutating func add(_ scalars: ArraySlice<Unicode.Scalar>, isMarked: Bool) {
    guard !scalars.isEmpty else { return }
    pieces.append(Piece(text: String(String.UnicodeScalarView(scalars)), isMarked: isMarked))
  }
}

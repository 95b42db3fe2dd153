/// Copies of a text as publishers make them; the same ones each time.
enum AlteredText: String, CaseIterable {
  /// The first three fifths of its words.
  case cut
  /// Every sixth sentence gone, and lines of a site before and behind.
  case framed
  /// Every twentieth word another one.
  case reworded

  func copy(of text: String) -> String {
    switch self {
    case .cut:
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      return words.prefix(words.count * 3 / 5).joined(separator: " ")
    case .framed:
      let sentences = text.split(separator: ".", omittingEmptySubsequences: false)
      let kept = sentences.enumerated().filter { $0.offset % 6 != 4 }.map(\.element)
      return Self.before + kept.joined(separator: ".") + Self.behind
    case .reworded:
      let words = text.split(separator: " ", omittingEmptySubsequences: false).enumerated()
      return words.map { $0 % 20 == 13 ? "redaksi" : String($1) }.joined(separator: " ")
    }
  }

  private static let before = """
    Simak berita terbaru dan pilihan redaksi setiap hari langsung di ponsel Anda. Ikuti saluran kami sekarang.


    """
  private static let behind = """


    Baca juga berita menarik lainnya di halaman kami. All rights reserved, no part may be reproduced without consent.
    """
}

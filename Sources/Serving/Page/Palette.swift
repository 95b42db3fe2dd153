/// The page's colours, by day and by night; a test holds what is read on what against WCAG 2.2 §1.4.3.
enum Palette: String, CaseIterable {
  case paper, raised, ink, muted, rule, link, mark, onMark = "on-mark"
  case info, notice, warning, critical, gone, came

  /// By day, as six hexadecimal digits.
  var day: UInt32 {
    switch self {
    case .paper: 0xFBFAF6
    case .raised: 0xF2EFE7
    case .ink: 0x1F1D1A
    case .muted: 0x5D5850
    case .rule: 0xDDD8CC
    case .link: 0x7A2A10
    case .mark: 0xFBE3A6
    case .onMark: 0x2B2208
    case .info: 0x5A5853
    case .notice: 0x1B5D7C
    case .warning: 0x855A00
    case .critical: 0xA81C1C
    case .gone: 0x9A1F1F
    case .came: 0x1E6635
    }
  }

  /// By night.
  var night: UInt32 {
    switch self {
    case .paper: 0x171614
    case .raised: 0x22201D
    case .ink: 0xE9E5DC
    case .muted: 0xA9A296
    case .rule: 0x3A3732
    case .link: 0xEFA888
    case .mark: 0x5A4512
    case .onMark: 0xFBEBC4
    case .info: 0xB5B0A6
    case .notice: 0x86C1E0
    case .warning: 0xE9B85C
    case .critical: 0xF2918A
    case .gone: 0xF29C92
    case .came: 0x8FD1A0
    }
  }

  /// What is read on what.
  static let pairs: [(text: Palette, ground: Palette)] =
    [.ink, .muted, .link, .info, .notice, .warning, .critical, .gone, .came].flatMap { text in
      [(text, .paper), (text, .raised)]
    } + [(.onMark, .mark)]

  /// The colours as the stylesheet has them.
  static var properties: String {
    ":root{color-scheme:light dark;\(allCases.map { $0.property($0.day) }.joined())}\n"
      + "@media (prefers-color-scheme:dark){:root{\(allCases.map { $0.property($0.night) }.joined())}}\n"
  }

  private func property(_ color: UInt32) -> String {
    let digits = String(color, radix: 16)
    return "--\(rawValue):#\(String(repeating: "0", count: 6 - digits.count))\(digits);"
  }
}

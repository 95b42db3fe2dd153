/// The language that letters alone tell, or the few among which words must tell.
enum ScriptLanguage: Hashable {
  case one(String)
  case among([String])

  /// Scalars that are looked at.
  private static let reach = 1_500

  /// Of most letters of a text; nil where it has none.
  init?(_ text: String) {
    var counts = Array(repeating: 0, count: Script.allCases.count)
    var marks: Set<UInt32> = []
    for scalar in text.unicodeScalars.prefix(Self.reach) {
      let value = scalar.value
      guard let script = Script(value) else { continue }
      counts[script.rawValue] += 1
      if value > 0x400 { marks.insert(value) }
    }
    // Han stands among Kana in Japanese: a fifth of it is enough.
    let (han, kana) = (counts[Script.han.rawValue], counts[Script.kana.rawValue])
    if kana * 5 > han, kana > 0 { counts[Script.kana.rawValue] += han }
    guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[most] > 0,
      let script = Script(rawValue: most)
    else { return nil }
    self = Self.languages(of: script, marks)
  }

  private static func languages(of script: Script, _ marks: Set<UInt32>) -> ScriptLanguage {
    func has(_ letters: String) -> Bool {
      letters.unicodeScalars.contains { marks.contains($0.value) }
    }
    switch script {
    case .latin: return .among([])
    case .cyrillic:
      if has("ўЎ") { return .one("be") }
      if has("ґєїҐЄЇ") { return .one("uk") }
      if has("ћЋђЂ") { return .one("sr") }
      if has("ѓЃќЌѕ") { return .one("mk") }
      if has("әғқңөұһ") { return .one("kk") }
      if has("љњЉЊј") { return .among(["sr", "mk"]) }
      if has("і") { return .among(["uk", "be", "kk"]) }
      return has("ыэё")
        ? .among(["ru", "be", "kk", "ky", "mn"]) : .among(["ru", "bg", "uk", "mk"])
    case .arabic:
      if has("ٹڈڑے") { return .one("ur") }
      return has("پچژگ") ? .among(["fa", "ur", "ckb"]) : .among(["ar", "fa"])
    case .devanagari: return .among(["hi", "mr", "ne"])
    default: return .one(script.language)
    }
  }
}

/// A script of news.
enum Script: Int, CaseIterable {
  case latin, cyrillic, arabic, devanagari, han, kana, hangul, thai, greek, hebrew, georgian
  case armenian, bengali, tamil, lao, khmer, burmese, amharic

  init?(_ value: UInt32) {
    switch value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x400...0x52F: self = .cyrillic
    case 0x620...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFC: self = .arabic
    case 0x900...0x97F: self = .devanagari
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: self = .han
    case 0x3041...0x30FF: self = .kana
    case 0xAC00...0xD7A3, 0x1100...0x11FF: self = .hangul
    case 0xE01...0xE5B: self = .thai
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x590...0x5FF: self = .hebrew
    case 0x10A0...0x10FF: self = .georgian
    case 0x530...0x58F: self = .armenian
    case 0x980...0x9FF: self = .bengali
    case 0xB80...0xBFF: self = .tamil
    case 0xE80...0xEFF: self = .lao
    case 0x1780...0x17FF: self = .khmer
    case 0x1000...0x109F: self = .burmese
    case 0x1200...0x137F: self = .amharic
    default: return nil
    }
  }

  /// The language that news in it is mostly of.
  var language: String {
    switch self {
    case .han: "zh"
    case .kana: "ja"
    case .hangul: "ko"
    case .thai: "th"
    case .greek: "el"
    case .hebrew: "he"
    case .georgian: "ka"
    case .armenian: "hy"
    case .bengali: "bn"
    case .tamil: "ta"
    case .lao: "lo"
    case .khmer: "km"
    case .burmese: "my"
    case .amharic: "am"
    case .latin: "en"
    case .cyrillic: "ru"
    case .arabic: "ar"
    case .devanagari: "hi"
    }
  }
}

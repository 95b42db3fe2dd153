/// What is left of a name when it is written by ear: its consonants, those that sound alike as one.
///
/// Putin, Poutine, Путін and पुतिन have one skeleton.
public enum Skeleton {
  /// Consonants that must be left for two names to be compared: fewer are chance.
  static let least = 6

  /// The skeleton of a word, folded; empty where nothing is left, or its script cannot be heard.
  public static func of(_ folded: String) -> String {
    guard !Romanised.isMute(folded) else { return "" }
    let letters = Array(Romanised.text(folded).utf8)
    var result: [UInt8] = []
    var place = 0
    while place < letters.count {
      let (sound, length) = sound(letters[place...])
      // j opens a name as it does in Jinping; elsewhere it is a way to write y.
      let isLost = sound == "j" && place > 0
      if !isLost, let byte = sound.utf8.first, result.last != byte || sound.utf8.count > 1 {
        result += sound.utf8
      }
      place += length
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The skeleton of a whole name: of its words, in order; nil where it is too little to compare by.
  public static func of(name words: [String]) -> String? {
    let parts = words.filter { $0.utf8.count > 1 }.map { of($0) }
    guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let all = parts.joined(separator: " ")
    return all.utf8.count - parts.count + 1 >= least ? all : nil
  }

  /// The sound that letters begin with, and how many of them make it.
  private static func sound(_ letters: ArraySlice<UInt8>) -> (String, length: Int) {
    for (written, sound) in digraphs where letters.starts(with: written.utf8) {
      return (sound, written.utf8.count)
    }
    guard let first = letters.first else { return ("", 1) }
    switch first {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"), UInt8(ascii: "y"):
      return ("", 1)
    case UInt8(ascii: "w"): return ("v", 1)
    case UInt8(ascii: "q"): return ("k", 1)
    case UInt8(ascii: "c") where !isSoft(letters.dropFirst().first): return ("k", 1)
    case UInt8(ascii: "x"): return ("ks", 1)
    default: return (String(decoding: [first], as: UTF8.self), 1)
    }
  }

  /// Whether c before this letter is no k: Macron, but Recep.
  private static func isSoft(_ next: UInt8?) -> Bool {
    next.map { "eiy".utf8.contains($0) } ?? false
  }

  private static let digraphs = [
    ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("zh", "z"),
    ("kh", "k"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("dj", "j"),
    ("ou", ""), ("oe", ""), ("ts", "c"), ("tz", "c"),
  ]
}

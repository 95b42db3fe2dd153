/// The regular endings of English: -s, -ed, -ing, -er, with the changes of spelling before them.
///
/// Irregular forms are words of their own (`sold`). Quirk et al., A Comprehensive Grammar of the English
/// Language, §§ 3.5 to 3.10 and 5.80.
enum EnglishAffixes {
  static func forms(of base: String) -> Set<String> {
    var forms: Set<String> = [base, plural(of: base)]
    for stem in stems(of: base) {
      for ending in ["ed", "er", "ers"] { forms.insert(stem + ending) }
    }
    for stem in stems(of: base, isBeforeI: true) { forms.insert(stem + "ing") }
    return forms
  }

  /// `cities`, `taxes`, `exports`.
  private static func plural(of base: String) -> String {
    if endsInConsonantAndY(base) { return base.dropLast() + "ies" }
    let hisses = ["s", "x", "z", "ch", "sh"].contains { base.hasSuffix($0) }
    return base + (hisses ? "es" : "s")
  }

  /// What endings that begin with a vowel are put on: `carri-`, `fir-`, `stopp-`; a last consonant may be
  /// doubled or not, by where the stress lies, which no spelling shows.
  private static func stems(of base: String, isBeforeI: Bool = false) -> [String] {
    if base.hasSuffix("ie") {
      return [isBeforeI ? base.dropLast(2) + "y" : String(base.dropLast())]
    }
    // Those in -ee, -oe, -ye keep their e before i: agreeing, shoeing, dyeing.
    if base.hasSuffix("e") {
      let keeps = isBeforeI && ["ee", "oe", "ye"].contains { base.hasSuffix($0) }
      return [keeps ? base : String(base.dropLast())]
    }
    if endsInConsonantAndY(base) { return [isBeforeI ? base : base.dropLast() + "i"] }
    let end = Array(base.suffix(3))
    guard end.count == 3, !isVowel(end[2]), !"wxy".contains(end[2]), isVowel(end[1]),
      !isVowel(end[0])
    else { return [base] }
    return [base, base + String(end[2])]
  }

  private static func endsInConsonantAndY(_ base: String) -> Bool {
    base.hasSuffix("y") && base.dropLast().last.map { !isVowel($0) } == true
  }

  private static func isVowel(_ character: Character) -> Bool { "aeiou".contains(character) }
}

/// Affixes of Indonesian and Malay.
///
/// Their sound changes after Sneddon, Indonesian Reference Grammar, ch. 1.
enum IndonesianAffixes {
  /// The forms of `base`, doubled ones aside: a hyphen parts words, so each half is a form of its own.
  static func forms(of base: String) -> Set<String> {
    var stems = [base]
    for prefix in prefixes { stems.append(prefix + base) }
    for (nasal, rest) in nasals(base) {
      stems += [
        "me" + nasal + rest, "pe" + nasal + rest, "dipe" + nasal + rest, "mempe" + nasal + rest,
        "kepe" + nasal + rest,
      ]
    }
    var forms: Set<String> = []
    for stem in stems {
      for suffix in suffixes {
        for clitic in clitics { forms.insert(stem + suffix + clitic) }
      }
    }
    return forms
  }

  private static let prefixes = [
    "di", "ber", "be", "ter", "te", "ke", "se", "pe", "per", "diper", "memper", "keter", "ku",
    "kau", "diber", "member", "pember", "keber", "kese",
  ]
  private static let suffixes = ["", "i", "kan", "an"]
  private static let clitics = ["", "nya", "ku", "mu", "lah", "kah", "pun"]

  /// What meN- and peN- become before `base`, and what is left of it.
  private static func nasals(_ base: String) -> [(nasal: String, rest: String)] {
    // A word of one syllable may keep its sound behind an e: mengebom, pengecekan.
    let isShort = base.count { "aeiou".contains($0) } == 1
    return assimilated(base) + (isShort ? [("nge", base)] : [])
  }

  private static func assimilated(_ base: String) -> [(nasal: String, rest: String)] {
    guard let first = base.first else { return [] }
    let dropped = String(base.dropFirst())
    switch first {
    case "p": return [("m", dropped), ("m", base)]
    case "t": return [("n", dropped), ("n", base)]
    case "k": return [("ng", dropped), ("ng", base)]
    case "s": return [("ny", dropped), ("n", base)]
    case "b", "f", "v": return [("m", base)]
    case "c", "d", "j", "z": return [("n", base)]
    case "g", "h", "x", "a", "e", "i", "o", "u": return [("ng", base)]
    default: return [("", base)]
    }
  }
}

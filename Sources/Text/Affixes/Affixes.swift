/// All forms that a language makes of a base word.
///
/// Affixes are put on, never taken off: a stemmer makes `unjung` of `mengunjungi`, while a list of forms is
/// exact and can be shown and pruned.
public enum Affixes {
  /// The languages that have a table.
  public static let languages = ["ar", "en", "id", "ms"]

  /// The forms of `base`, which is folded, the base itself among them, sorted; nil without a table.
  public static func forms(of base: String, in language: String) -> [String]? {
    switch language {
    case "ar": ArabicAffixes.forms(of: base).sorted()
    case "en": EnglishAffixes.forms(of: base).sorted()
    case "id", "ms": IndonesianAffixes.forms(of: base).sorted()
    default: nil
    }
  }
}

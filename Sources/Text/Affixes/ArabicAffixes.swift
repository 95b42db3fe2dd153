/// What Arabic writes joined to the word behind it: and (wa-, fa-), a preposition (bi-, ka-, li-), the article.
///
/// Endings are left alone: they make other words. Wright, A Grammar of the Arabic Language, vol. 1, §§ 356, 366.
enum ArabicAffixes {
  static func forms(of base: String) -> Set<String> {
    let article = "\u{627}\u{644}"
    // A name that has the article keeps it; what stands before it changes all the same.
    let bare = base.hasPrefix(article) ? String(base.dropFirst(2)) : nil
    let plain = bare == nil ? prepositions.map { $0 + base } : []
    let definite = (bare ?? base)
    let withArticle =
      [article, "\u{628}" + article, "\u{643}" + article, "\u{644}\u{644}"].map { $0 + definite }
    return Set(
      conjunctions.flatMap { conjunction in (plain + withArticle).map { conjunction + $0 } })
  }

  private static let conjunctions = ["", "\u{648}", "\u{641}"]
  private static let prepositions = ["", "\u{628}", "\u{643}", "\u{644}"]
}

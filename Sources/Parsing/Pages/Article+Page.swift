public import Core
public import FoundationEssentials

extension Article {
  /// The next revision, seen at `now`, whose text is that of its page, cut as far as a record of the log takes it.
  public func with(_ page: PageText, seen now: Date) -> Article {
    var article = self
    article.revision += 1
    article.text = page.text
    article.textSource = .page
    article.isTruncated = false
    article.seen = now
    article.fit()
    return article
  }
}

import Core
import FoundationEssentials
import Projections
import Rules
import Text

/// Puts articles that come one after the other into stories, and keeps none of it.
struct StoryTeller {
  private let stories = MemoryStories(.shipped)
  private let sorter = StorySorter()
  private var articles: [Article.ID] = []
  private var last = 0.0

  /// The story of an article and the first of its copies, as a daemon would have them that saw no other ones.
  mutating func place(_ article: Article, language: String?) throws -> ArticleStory {
    // Who gives no time of its coming gives that of publication, or none; time never goes back.
    let published = article.published?.timeIntervalSince1970
    let seen = article.seen.timeIntervalSince1970
    last = max(last, seen > 0 ? seen : published ?? last)
    articles.append(article.id)
    let piece = StoryPiece(
      number: Int64(articles.count), seen: last, published: published ?? last,
      language: language ?? "", title: article.title, text: article.wording)
    let placement = try sorter.place(piece, in: stories)
    return ArticleStory(
      story: Article.story(of: id(placement.story)),
      original: id(placement.original ?? piece.number))
  }

  private func id(_ number: Int64) -> Article.ID { articles[Int(number) - 1] }
}

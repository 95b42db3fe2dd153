import Core
import FoundationEssentials
import Projections
import Rules
import Text

/// Puts articles that come one after the other into stories, and keeps of them the last month.
struct StoryTeller {
  private let stories = MemoryStories(.shipped)
  private let sorter = StorySorter()
  /// Those that an answer may name, by the number they came with.
  private var articles: [Int64: Article.ID] = [:]
  private var count: Int64 = 0
  /// After how many articles the old ones are forgotten; that looks at all that are kept.
  private static let step: Int64 = 1_000
  private var last = 0.0

  /// The story of an article and the first of its copies, as a daemon would have them that saw no other ones.
  mutating func place(_ article: Article, language: String?) throws -> ArticleStory {
    // Who gives no time of its coming gives that of publication, or none; time never goes back.
    let published = article.published?.timeIntervalSince1970
    let seen = article.seen.timeIntervalSince1970
    last = max(last, seen > 0 ? seen : published ?? last)
    count += 1
    articles[count] = article.id
    let piece = StoryPiece(
      number: count, seen: last, published: published ?? last,
      language: language ?? "", title: article.title, text: article.wording)
    let placement = try sorter.place(piece, in: stories)
    defer { if count % Self.step == 0 { forget() } }
    return ArticleStory(
      story: Article.story(of: id(placement.story)),
      original: id(placement.original ?? piece.number))
  }

  private mutating func forget() {
    let named = stories.forget(before: last)
    articles = articles.filter { named.contains($0.key) }
  }

  private func id(_ number: Int64) -> Article.ID {
    guard let id = articles[number] else {
      preconditionFailure("a story names an article that was forgotten: \(number)")
    }
    return id
  }
}

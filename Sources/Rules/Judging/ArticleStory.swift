public import Core

/// In which story an article is told, and whose words it has.
public struct ArticleStory: Hashable, Sendable {
  public var story: Story.ID
  /// The first published of its copies; itself where it is none.
  public var original: Article.ID

  public init(story: Story.ID, original: Article.ID) {
    (self.story, self.original) = (story, original)
  }
}

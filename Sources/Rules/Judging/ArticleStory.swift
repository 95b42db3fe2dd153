public import Core

/// In which story an article is told, and whose words it has.
public struct ArticleStory: Hashable, Sendable {
  public var story: Story.ID
  /// The first published of its copies; itself where it is none.
  public var original: Article.ID
  /// Stories that it took in: their names lead to it.
  public var former: [Story.ID]

  public init(story: Story.ID, original: Article.ID, former: [Story.ID] = []) {
    self.story = story
    self.original = original
    self.former = former
  }
}

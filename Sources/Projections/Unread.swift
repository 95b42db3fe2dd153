import Core
import Dispatch
import Synchronization
import Text

/// A record whose words are not read yet, and what reads them.
struct Unread {
  var recorded: Recorded
  var reader: ArticleReader

  /// Reads articles on all cores: a third of what folding costs, and each apart from all others.
  static func read(_ batch: [Unread]) -> [Recorded] {
    let readings = Mutex([Reading?](repeating: nil, count: batch.count))
    DispatchQueue.concurrentPerform(iterations: batch.count) { place in
      guard let article = batch[place].article else { return }
      let reading = batch[place].reader(article, nil)
      readings.withLock { $0[place] = reading }
    }
    return zip(batch, readings.withLock { $0 }).map { unread, reading in
      var recorded = unread.recorded
      recorded.reading = reading
      if let article = unread.article { recorded.reread = { unread.reader(article, $0) } }
      return recorded
    }
  }

  private var article: Article? {
    switch recorded.event.fact {
    case .articlePublished(let article, _), .articleRevised(let article, _): article
    default: nil
    }
  }
}

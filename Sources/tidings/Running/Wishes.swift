import Fetching
import Logging
import Projections

/// Sees to the polls that people wish for with `tidings feeds poll`.
struct Wishes {
  /// How long a wish waits at most until it is noticed.
  private static let pause = Duration.seconds(2)

  let state: StateStore
  let poller: Poller
  let logger: Logger

  /// Looks for wishes until its task is cancelled.
  func run() async throws {
    while true {
      try await Task.sleep(for: Self.pause)
      do {
        let feeds = try state.takeWishes()
        if !feeds.isEmpty { await poller.hasten(feeds) }
      } catch ViewsError.full(let file) {
        // The wish stays where it is.
        logger.warning("No wish is taken on a full disk", metadata: ["file": "\(file)"])
      }
    }
  }
}

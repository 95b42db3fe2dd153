import ServiceLifecycle

/// A loop as a service: it ends by cancellation, which is the only stop signal.
struct Loop: Service {
  let body: @Sendable () async throws -> Void

  init(_ body: @escaping @Sendable () async throws -> Void) {
    self.body = body
  }

  func run() async throws {
    try await body()
  }
}

/// The turns of a stream, taken one by one.
actor Turns<Element: Sendable> {
  private var iterator: AsyncStream<Element>.Iterator

  init(_ stream: AsyncStream<Element>) {
    iterator = stream.makeAsyncIterator()
  }

  /// Returns at the next turn, or when the stream ends.
  func next() async {
    var copy = iterator
    _ = await copy.next(isolation: self)
    iterator = copy
  }
}

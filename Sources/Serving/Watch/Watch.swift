import Core

/// Something that must hold for the daemon to be well.
public struct Check: Hashable, Sendable {
  public var name: String
  /// What is wrong; nil where it holds.
  public var fault: String?

  public init(_ name: String, fault: String?) {
    self.name = name
    self.fault = fault
  }
}

/// What programs ask that watch the watcher: `/metrics`, `/healthz`, `/readyz`.
public struct Watch: Sendable {
  /// The addresses that it answers.
  public static let paths = ["/metrics", "/healthz", "/readyz"]

  private let metrics: @Sendable () async throws -> Metrics
  private let healthy: @Sendable () async -> [Check]
  private let ready: @Sendable () async -> [Check]

  /// Creates what answers them.
  ///
  /// - Parameters:
  ///   - metrics: the figures as they are now.
  ///   - healthy: what must hold while the process may go on; where it does not, a restart may help.
  ///   - ready: what must hold for it to do its work now.
  public init(
    metrics: @escaping @Sendable () async throws -> Metrics,
    healthy: @escaping @Sendable () async -> [Check],
    ready: @escaping @Sendable () async -> [Check]
  ) {
    (self.metrics, self.healthy, self.ready) = (metrics, healthy, ready)
  }

  /// Nil for what others answer.
  public func respond(to question: Question) async -> Answer? {
    guard Self.paths.contains(question.path) else { return nil }
    guard question.method == "GET" || question.method == "HEAD" else {
      return answer(405, "text/plain", Array("only GET\n".utf8), [("Allow", "GET, HEAD")])
    }
    switch question.path {
    case "/healthz": return answer(await healthy())
    case "/readyz": return answer(await ready())
    default: return await figures()
    }
  }

  private func figures() async -> Answer {
    do {
      let text = try await metrics().text
      return answer(200, "text/plain; version=0.0.4", Array(text.utf8))
    } catch {
      return answer(503, "text/plain", Array("the figures cannot be read\n".utf8))
    }
  }

  /// One JSON object that names each check; 503 where one does not hold.
  private func answer(_ checks: [Check]) -> Answer {
    let isWell = checks.allSatisfy { $0.fault == nil }
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("status", isWell ? "ok" : "failing")
      writer.field(
        "checks",
        object: { writer in
          for check in checks { writer.field(check.name, check.fault ?? "ok") }
        })
    }
    return answer(isWell ? 200 : 503, "application/json", writer.bytes + [0x0A])
  }

  private func answer(
    _ status: Int, _ type: String, _ body: [UInt8], _ more: [(name: String, value: String)] = []
  ) -> Answer {
    let headers = [
      ("Content-Type", type + "; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
      ("Cache-Control", "no-store"),
    ]
    return Answer(status, headers + more, body)
  }
}

import Core
import EventLog
import FoundationEssentials

/// The page: what there is, for people as documents, for programs as JSON and feeds.
public struct Page: Sendable {
  private let source: any PageSource
  private let listeners = Listeners(limit: PageLimits.listeners)

  public init(_ source: any PageSource) {
    self.source = source
  }

  public func respond(to question: Question) async -> Answer {
    guard question.method == "GET" || question.method == "HEAD" else {
      return Answer.plain(405, "only GET\n", [("Allow", "GET, HEAD")])
    }
    guard let (route, id) = Route.find(question.path) else { return .plain(404, "not here\n") }
    do {
      if let asset = Asset(route) { return asset.answer(to: question) }
      let items = QueryItems(question.query)
      if route == .events { return try await events(question, items) }
      return try await view(route, id, question, items)
    } catch let error as PageError {
      return Answer(error)
    } catch {
      return .plain(503, "the views cannot be read\n", [("Retry-After", "10")])
    }
  }

  private func view(
    _ route: Route, _ id: String, _ question: Question, _ items: QueryItems
  ) async throws -> Answer {
    let form = route == .alertsJSON ? .json : try PageForm(question, items)
    // Asked before anything is read: what is younger than its tag is only asked for once more.
    let position = try await source.position()
    let tag = Self.tag(position, form, source.now, route)
    if let tag, question.headers["if-none-match"]?.contains(tag) == true {
      return Answer(304, Self.headers(form, tag))
    }
    let reading = SheetReading(source: source, position: position, items: items)
    guard let view = try await reading.view(route, id) else { throw PageError.unknown }
    return Answer(200, Self.headers(form, tag), try Self.body(view, form, question))
  }

  private static func body(
    _ view: any Sheet, _ form: PageForm, _ question: Question
  ) throws(PageError) -> [UInt8] {
    switch form {
    case .html:
      let query = question.query.isEmpty ? "" : "?" + question.query
      return Document(
        title: view.title, section: view.section, address: question.path + query,
        hasFeed: view.feed != nil
      ).bytes(view.write)
    case .json:
      var writer = JSONWriter()
      view.write(to: &writer)
      return writer.bytes + [0x0A]
    case .atom:
      guard let feed = view.feed else {
        throw .unclear("format: this is no list of news; write html or json")
      }
      return feed.bytes
    }
  }

  /// What a view that follows from the views alone is the same by; those that look back from now change by the minute.
  private static func tag(
    _ position: Position, _ form: PageForm, _ now: Date, _ route: Route
  ) -> String? {
    guard ![.feeds, .rules, .trial].contains(route) else { return nil }
    return "\"\(position)-\(Int(now.timeIntervalSince1970 / 60))-\(form.rawValue)\""
  }

  private static func headers(_ form: PageForm, _ tag: String?) -> Answer.Headers {
    [("Vary", "Accept")] + Answer.headers(form.type, tag: tag)
  }

  // MARK: What comes

  /// Alerts as they come, from behind the position that is named; from now on where none is.
  private func events(_ question: Question, _ items: QueryItems) async throws -> Answer {
    let text = question.headers["last-event-id"] ?? items["from"]
    if let text, UInt64(text) == nil {
      throw PageError.unclear("from: '\(text)' is no cursor; take one of an alert")
    }
    guard let listener = listeners.begin() else { throw PageError.busy }
    let from =
      if let text, let place = UInt64(text) { Position(rawValue: place) } else {
        try await source.position()
      }
    var answer = Answer(200, Answer.headers("text/event-stream"))
    if question.method == "GET" {
      answer.stream = EventStream(source: source, from: from, listener: listener)
    }
    return answer
  }
}

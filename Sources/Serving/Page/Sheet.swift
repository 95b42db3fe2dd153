import Core

/// A view of the page: one content, as a document for people, as JSON for programs, and some as a feed.
protocol Sheet: Sendable {
  var title: String { get }
  /// Whose part of the navigation it belongs to.
  var section: Route { get }
  /// What a reader of feeds gets of it; nil where it is no list of news.
  var feed: AtomFeed? { get }

  func write(to html: inout HTML)
  func write(to json: inout JSONWriter)
}

extension Sheet {
  var feed: AtomFeed? { nil }
}

/// In what form a view is asked for.
enum PageForm: String {
  case html, json, atom

  /// By `format=`, else by what is accepted (RFC 9110 §12.5.1); who takes HTML gets it.
  init(_ question: Question, _ items: QueryItems) throws(PageError) {
    if let name = items["format"] {
      guard let form = PageForm(rawValue: name) else {
        throw .unclear("format: '\(name)' is none; write html, json or atom")
      }
      self = form
      return
    }
    let accepted = question.headers["accept"]?.lowercased() ?? ""
    if accepted.contains("text/html") {
      self = .html
    } else if accepted.contains("application/json") {
      self = .json
    } else {
      self = accepted.contains("application/atom+xml") ? .atom : .html
    }
  }

  var type: String {
    switch self {
    case .html: "text/html"
    case .json: "application/json"
    case .atom: "application/atom+xml"
    }
  }
}

extension AtomFeed {
  /// A feed of articles, newest first.
  init(_ title: String, id: String, _ articles: [Article]) {
    self.init(
      id: id, title: title,
      entries: articles.map { article in
        Entry(
          id: article.id.rawValue, title: article.title, updated: article.updated ?? article.seen,
          published: article.published, link: article.url, categories: [article.feed.rawValue],
          summary: article.summary ?? "")
      })
  }
}

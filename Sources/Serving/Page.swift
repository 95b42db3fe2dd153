public import Core

/// What the page shows now.
public struct PageContent: Sendable {
  /// Newest first, each with its cursor.
  public var alerts: [(alert: Alert, cursor: UInt64)]
  public var troubles: [(feed: Feed.ID, message: String)]

  public init(
    alerts: [(alert: Alert, cursor: UInt64)], troubles: [(feed: Feed.ID, message: String)]
  ) {
    self.alerts = alerts
    self.troubles = troubles
  }
}

/// The page: alerts as they came and feeds in trouble, for people and, as JSON, for programs.
public struct Page: Sendable {
  public typealias Content = @Sendable () async throws -> PageContent

  private let content: Content

  public init(_ content: @escaping Content) {
    self.content = content
  }

  public func respond(to question: Question) async -> Answer {
    guard question.method == "GET" || question.method == "HEAD" else {
      return Answer(
        405, Self.headers("text/plain") + [("Allow", "GET, HEAD")], Array("only GET\n".utf8))
    }
    do {
      switch question.path {
      case "/":
        let wantsJSON = question.headers["accept"]?.contains("application/json") ?? false
        return wantsJSON ? json(try await content()) : page(try await content())
      case "/alerts.json": return json(try await content())
      case "/healthz":
        _ = try await content()
        return Answer(200, Self.headers("text/plain"), Array("ok\n".utf8))
      default: return Answer(404, Self.headers("text/plain"), Array("not here\n".utf8))
      }
    } catch {
      return Answer(503, Self.headers("text/plain"), Array("the views cannot be read\n".utf8))
    }
  }

  private static func headers(_ type: String) -> [(name: String, value: String)] {
    [
      ("Content-Type", type + "; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
      (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'"
      ),
    ]
  }

  private func json(_ content: PageContent) -> Answer {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("alerts")
      writer.array(content.alerts) { $1.alert.write(to: &$0, cursor: String($1.cursor)) }
      writer.key("feeds_in_trouble")
      writer.array(content.troubles) { writer, trouble in
        writer.object { writer in
          writer.field("feed", trouble.feed.rawValue)
          writer.field("message", trouble.message)
        }
      }
    }
    return Answer(200, Self.headers("application/json"), writer.bytes)
  }

  private func page(_ content: PageContent) -> Answer {
    var html = HTML()
    html.markup(Style.head)
    for (feed, message) in content.troubles {
      html.markup("<p class=trouble>")
      html.add("\(feed): \(message)")
      html.markup("</p>")
    }
    html.markup("<ol>")
    for (alert, _) in content.alerts { item(alert, &html) }
    html.markup("</ol>")
    if content.alerts.isEmpty { html.markup("<p>No alerts yet.</p>") }
    html.markup("</main></html>")
    return Answer(200, Self.headers("text/html"), Array(html.text.utf8))
  }

  private func item(_ alert: Alert, _ html: inout HTML) {
    html.markup("<li><h2>")
    html.link(alert.article?.url, alert.article?.title ?? alert.rule)
    html.markup("</h2><p>")
    html.add("\(Timestamp.text(alert.at)) · \(alert.severity.rawValue) · \(alert.rule)")
    if let feed = alert.article?.feed { html.add(" · \(feed)") }
    html.markup("</p><p class=why>")
    for clause in alert.why.prefix(8) {
      html.markup("<span dir=auto>")
      html.add(clause.clause)
      if let text = clause.text { html.add(" “\(text)”") }
      html.markup("</span> ")
    }
    html.markup("</p></li>")
  }
}

/// The one stylesheet, inside the page: there is no other asset.
enum Style {
  static let head: StaticString = """
    <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <meta http-equiv="refresh" content="30"><title>Tidings</title><style>
    :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
    main{max-width:48rem;margin:2rem auto;padding:0 1rem}
    ol{list-style:none;padding:0}li{border-top:1px solid #8886;padding:.6rem 0}
    h1{font-size:1.3rem}h2{font-size:1.05rem;margin:0}p{margin:.2rem 0;font-size:.9rem}
    .why span{background:#fc63;padding:0 .3em;border-radius:.2em}.trouble{color:#c33}
    </style><main><h1>Tidings</h1>
    """
}

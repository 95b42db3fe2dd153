import Core

/// What stands around every view: head, navigation, search, and where else it can be had.
struct Document {
  var title: String
  /// The route whose part of the navigation it belongs to.
  var section: Route
  /// Where it is, as it was asked for; its other forms stand beside.
  var address: String
  /// Whether its list can be had as a feed.
  var hasFeed = false

  private static let sections: [(route: Route, name: String)] = [
    (.now, "Now"), (.stories, "Stories"), (.entities, "Entities"), (.topics, "Topics"),
    (.feeds, "Feeds"), (.rules, "Rules"),
  ]

  func bytes(_ body: (inout HTML) -> Void) -> [UInt8] {
    var html = HTML()
    html.markup("<!doctype html>\n")
    html.element("html", ["lang": "en"]) { html in
      html.element("head", [:], head)
      html.element("body") { html in
        html.element("a", ["class": "skip", "href": "#main"], "To the content")
        html.element("header", [:], header)
        html.element("main", ["id": "main"]) { html in
          html.element("h1") { $0.outside(title) }
          body(&html)
        }
        html.element("footer", [:], footer)
      }
    }
    return Array(html.text.utf8)
  }

  private func head(_ html: inout HTML) {
    html.markup(
      "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
    )
    html.markup("<meta name=\"color-scheme\" content=\"light dark\">")
    html.element("title", [:], "\(title) · Tidings")
    html.markup("<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">")
    html.markup(
      "<link rel=\"stylesheet\" href=\"/page.css\"><script src=\"/page.js\" defer></script>")
    if hasFeed {
      html.open(
        "link",
        [
          "rel": "alternate", "type": "application/atom+xml", "href": form("atom"), "title": title,
        ])
    }
  }

  private func header(_ html: inout HTML) {
    html.element("a", ["class": "brand", "href": "/"], "Tidings")
    html.element("nav", ["aria-label": "Views"]) { html in
      for (route, name) in Self.sections {
        html.element(
          "a", ["href": route.rawValue, "aria-current": route == section ? "page" : nil], name)
      }
    }
    html.element("form", ["role": "search", "action": Route.search.rawValue]) { html in
      html.markup(
        "<input type=\"search\" name=\"q\" aria-label=\"Search titles and texts\" placeholder=\"Search\" maxlength=\"200\">"
      )
    }
  }

  private func footer(_ html: inout HTML) {
    html.element("p") { html in
      html.add("Times are UTC · this view as ")
      html.link(to: form("json"), "JSON")
      if hasFeed {
        html.add(", as a ")
        html.link(to: form("atom"), "feed")
      }
      html.add(" · ")
      html.link(to: Route.description.rawValue, "all addresses")
      html.markup("<span id=\"live\" hidden> · <span class=\"dot\"></span> live</span>")
    }
  }

  private func form(_ name: String) -> String {
    address + (address.contains("?") ? "&" : "?") + "format=" + name
  }
}

import Core

/// The description of all addresses (OpenAPI 3.1), made of what the routes are.
enum OpenAPI {
  static let bytes: [UInt8] = {
    var writer = JSONWriter()
    writer.object(write)
    return writer.bytes + [0x0A]
  }()

  private static func write(_ writer: inout JSONWriter) {
    writer.field("openapi", "3.1.0")
    writer.field(
      "info",
      object: {
        $0.field("title", "Tidings")
        $0.field("version", "1")
        $0.field(
          "description",
          "What a running Tidings shows, to read. JSON by `Accept: application/json` or `format=json`, with the "
            + "fields of the commands' --json; fields may be added, never renamed or dropped.")
      })
    writer.field(
      "paths",
      object: { writer in
        for route in Route.allCases { writer.field(route.rawValue, object: { path(route, &$0) }) }
      })
    writer.field(
      "components",
      object: { writer in
        writer.field(
          "schemas",
          object: { writer in
            for shape in Shape.allCases { writer.field(shape.rawValue, object: shape.write) }
          })
      })
  }

  private static func path(_ route: Route, _ writer: inout JSONWriter) {
    writer.field(
      "get",
      object: { writer in
        writer.field("summary", route.summary)
        writer.key("parameters")
        writer.array(route.parameters) { $1.write(to: &$0) }
        writer.field("responses", object: { responses(route, &$0) })
      })
  }

  private static func responses(_ route: Route, _ writer: inout JSONWriter) {
    writer.field(
      "200",
      object: { writer in
        writer.field("description", "What was asked for")
        writer.field(
          "content",
          object: { writer in
            for type in route.types {
              writer.field(
                type,
                object: { writer in
                  guard type == "application/json", let shape = route.shape else { return }
                  writer.field("schema", object: { $0.field("$ref", shape.reference) })
                })
            }
          })
      })
    if !route.isOpen {
      writer.field("401", object: { $0.field("description", "The page has a token; it is wanted") })
    }
    for (status, words) in route.refusals {
      writer.field(status, object: { $0.field("description", words) })
    }
  }
}

/// What stands in the path or behind the question mark.
struct Parameter: Sendable {
  var name: String
  var words: String
  var isNumber = false
  var isPath = false

  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("name", name)
      writer.field("in", isPath ? "path" : name == "Last-Event-ID" ? "header" : "query")
      writer.field("required", isPath)
      writer.field("description", words)
      writer.field("schema", object: { $0.field("type", isNumber ? "integer" : "string") })
    }
  }
}

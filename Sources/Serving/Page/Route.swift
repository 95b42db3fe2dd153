import Core

/// The addresses of the page; each is one that people can keep.
///
/// All is read, nothing is written: facts of people reach a running daemon by the commands.
public enum Route: String, CaseIterable, Sendable {
  case now = "/"
  case alerts = "/alerts"
  /// The same in JSON, whatever is asked for: it was there first.
  case alertsJSON = "/alerts.json"
  case alert = "/alerts/{id}"
  case stories = "/stories"
  case story = "/stories/{id}"
  case entities = "/entities"
  case entity = "/entities/{id}"
  case topics = "/topics"
  case topic = "/topics/{id}"
  case articles = "/articles"
  case article = "/articles/{id}"
  case feeds = "/feeds"
  case rules = "/rules"
  case trial = "/rules/try"
  case search = "/search"
  case events = "/events"
  case description = "/openapi.json"
  case style = "/page.css"
  case script = "/page.js"
  case icon = "/icon.svg"
  case metrics = "/metrics"
  case health = "/healthz"
  case readiness = "/readyz"

  /// Whether anyone may ask, whatever the page wants to know of others.
  var isOpen: Bool { self == .health || self == .readiness }

  private static let fixed = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// The route of a path as it came, and the decoded id in it; nil for what is not here.
  static func find(_ path: String) -> (route: Route, id: String)? {
    if let route = fixed[path] { return path.contains("{") ? nil : (route, "") }
    guard let slash = path.lastIndex(of: "/"), let route = fixed[path[...slash] + "{id}"] else {
      return nil
    }
    let bytes = SafeAddress.decoded(Array(path[path.index(after: slash)...].utf8))
    guard !bytes.isEmpty, bytes.count <= PageLimits.id else { return nil }
    return (route, String(decoding: bytes, as: UTF8.self))
  }

  /// The route's name for what counts requests: one for all ids, and one for all that is not here.
  public static func name(of path: String) -> String { find(path)?.route.rawValue ?? "other" }

  /// The address of a route with an id.
  func address(_ id: String, _ items: [(name: String, value: String?)] = []) -> String {
    let path =
      rawValue.hasSuffix("{id}") ? rawValue.dropLast(4) + SafeAddress.percent(id) : rawValue
    return path + Self.query(items)
  }

  /// The address of a route with a query; items without a value are left out.
  func address(_ items: [(name: String, value: String?)] = []) -> String { address("", items) }

  private static func query(_ items: [(name: String, value: String?)]) -> String {
    var fields = FormFields()
    for (name, value) in items { value.map { fields.append(name, $0) } }
    return fields.encoded.isEmpty ? "" : "?" + fields.encoded
  }
}

/// What a request may take of the page.
enum PageLimits {
  /// Bytes of an id in an address.
  static let id = 256
  /// Bytes of a query to try or to search for.
  static let words = 2_000
  /// Rows of a list, unless asked for otherwise, and at most.
  static let rows = 50
  static let mostRows = 200
  /// Listeners to what comes, at once.
  static let listeners = 32
  /// Silence after which a listener is told that the line is up.
  static let heartbeat = Duration.seconds(15)
}

import Core

/// What stands beside the views, the same for everybody: it is kept in memory and asked for once.
enum Asset: CaseIterable {
  case style, script, icon, description

  init?(_ route: Route) {
    switch route {
    case .style: self = .style
    case .script: self = .script
    case .icon: self = .icon
    case .description: self = .description
    default: return nil
    }
  }

  func answer(to question: Question) -> Answer {
    let tag = Self.tags[self]
    let headers = Answer.headers(type, tag: tag)
    if let tag, question.headers["if-none-match"]?.contains(tag) == true {
      return Answer(304, headers)
    }
    return Answer(200, headers, body)
  }

  private var type: String {
    switch self {
    case .style: "text/css"
    case .script: "text/javascript"
    case .icon: "image/svg+xml"
    case .description: "application/json"
    }
  }

  private var body: [UInt8] {
    switch self {
    case .style: Self.styleBytes
    case .script: Array(PageScript.text.utf8)
    case .icon: Array(PageIcon.text.utf8)
    case .description: OpenAPI.bytes
    }
  }

  private static let styleBytes = Array(StyleSheet.text.utf8)

  /// By what they hold, so that another version of the program has others.
  private static let tags = Dictionary(
    uniqueKeysWithValues: allCases.map { asset in
      (asset, "\"\(Digest(of: [String(decoding: asset.body, as: UTF8.self)]))\"")
    })
}

/// The page's mark: a wire that is tripped.
enum PageIcon {
  static let text = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" \
    fill="#8f2f13"/><path d="M5 19h8l3-9 4 14 3-8h4" fill="none" stroke="#fff" stroke-width="2.6" \
    stroke-linejoin="round" stroke-linecap="round"/></svg>

    """
}

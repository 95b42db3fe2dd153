import Core
import Curl
import FoundationEssentials
import Rules
import Sending

/// Reads one outlet of the configuration, with its secrets.
struct OutletReading {
  var reader = ConfigReader()
  let name: String
  let place: Place
  private let publicURL: String
  private let rules: RuleSet
  private let readsSecrets: Bool
  private(set) var values: [String: ConfigNode] = [:]

  init(
    _ entry: ConfigNode.Entry, publicURL: String, rules: RuleSet, readsSecrets: Bool
  ) {
    (name, place) = (entry.key, entry.keyPlace)
    (self.publicURL, self.rules, self.readsSecrets) = (publicURL, rules, readsSecrets)
  }

  /// The outlet; nil where a fault of it was noted.
  mutating func take(_ node: ConfigNode) -> OutletSettings? {
    guard node.entries != nil else {
      reader.fault(node.place, "expected a map, found \(node.kind)", fix: "write `{kind: …}`")
      return nil
    }
    guard let kind = kind(node) else { return nil }
    let known = Self.keys(kind)
    for entry in reader.entries(node, known: known) { values[entry.key] = entry.value }
    let from = kind == .email ? nil : values["from"].flatMap { moment($0) }
    guard let way = way(kind) else { return nil }
    return OutletSettings(
      name: name, kind: kind, way: way, delivery: delivery(kind), timeout: timeout(kind),
      from: from)
  }

  mutating func timeout(_ kind: OutletSettings.Kind) -> Duration {
    if let given = values["timeout"].flatMap({ reader.duration($0) }) { return given }
    switch kind {
    case .exec: return .seconds(30)
    case .email: return .seconds(60)
    default: return .seconds(15)
    }
  }

  private mutating func kind(_ node: ConfigNode) -> OutletSettings.Kind? {
    let isFile = name == "file"
    guard let written = node["kind"] else {
      if isFile { return .jsonl }
      reader.fault(place, "outlet '\(name)' has no kind", fix: "add `kind:`")
      return nil
    }
    guard let kind = reader.oneOf(OutletSettings.Kind.self, written) else { return nil }
    guard isFile == (kind == .jsonl) else {
      let fix = "use the outlet `file`; its path is `alerts:`"
      reader.fault(place, "there is one jsonl outlet, and it is called file", fix: fix)
      return nil
    }
    return kind
  }

  private static func keys(_ kind: OutletSettings.Kind) -> [String] {
    let all = ["kind", "min_severity", "states"]
    let sent = [
      "digest", "max_per_hour", "max_age", "give_up_after", "parallel", "timeout", "from",
    ]
    let net = ["ca_file", "allow_link_local"]
    let http = sent + net + ["url", "url_file", "allow_http"]
    return all
      + {
        switch kind {
        case .jsonl: ["rotate", "keep"]
        case .journald: ["from"]
        case .atom: ["path", "entries", "from"]
        case .exec: sent + ["argv"]
        // Its `from` is the sender.
        case .email: sent + net + ["server", "user", "password_file", "to"]
        case .webhook: http + ["secret_file", "body"]
        case .alertmanager, .slack, .mattermost, .discord: http
        case .ntfy: http + ["topic", "topic_file", "token_file"]
        case .matrix: http + ["room", "token_file"]
        case .telegram: http + ["chat", "token_file"]
        case .template:
          sent + net + ["allow_http", "request", "dialect", "body", "limits", "retry_after"]
        }
      }()
  }

  // MARK: What it takes

  private mutating func delivery(_ kind: OutletSettings.Kind) -> DeliverySettings {
    var delivery = DeliverySettings()
    if let node = values["min_severity"] {
      delivery.minSeverity = reader.oneOf(Alert.Severity.self, node) ?? .info
    }
    if let node = values["states"] {
      delivery.states = Set((node.list ?? [node]).compactMap { reader.oneOf(Alert.State.self, $0) })
    }
    guard !kind.isLocal else { return delivery }
    delivery.digest = values["digest"].flatMap { digest($0) }
    delivery.maxPerHour =
      values["max_per_hour"].flatMap { reader.integer($0, in: 1...100_000) } ?? 120
    delivery.maxAge = values["max_age"].flatMap { reader.duration($0) } ?? .seconds(21_600)
    delivery.giveUpAfter =
      values["give_up_after"].flatMap { reader.duration($0) } ?? .seconds(86_400)
    delivery.parallel = values["parallel"].flatMap { reader.integer($0, in: 1...16) } ?? 1
    return delivery
  }

  /// `15m`, `1h` or `daily 07:00`.
  private mutating func digest(_ node: ConfigNode) -> DigestWindow? {
    if node.text == "off" { return nil }
    let words = (node.text ?? "").split(separator: " ")
    let clock = words.last?.split(separator: ":").compactMap { UInt8($0) } ?? []
    if words.count == 2, words[0] == "daily", clock.count == 2, clock[0] < 24, clock[1] < 60 {
      let zone = rules.zone
      let desk = DeskClock(zone: zone.name ?? "UTC") { zone.offset(at: $0) }
      return .daily(minute: Int(clock[0]) * 60 + Int(clock[1]), desk)
    }
    if let length = node.text.flatMap(DurationText.duration), length >= .seconds(60) {
      return .every(length)
    }
    let fix = "write 15m, 1h or daily 07:00"
    reader.fault(node.place, "'\(node.text ?? node.kind)' is no digest", fix: fix)
    return nil
  }

  // MARK: How it goes out

  private mutating func way(_ kind: OutletSettings.Kind) -> OutletSettings.Way? {
    switch kind {
    case .jsonl:
      return .jsonl(
        rotate: values["rotate"].flatMap { reader.size($0) } ?? 64 << 20,
        keep: values["keep"].flatMap { reader.integer($0, in: 1...10_000) } ?? 30)
    case .journald: return .journald
    case .atom:
      guard let path = text("path") else { return nil }
      let entries = values["entries"].flatMap { reader.integer($0, in: 1...5_000) } ?? 200
      return .atom(path: path, entries: entries)
    case .exec: return exec()
    case .email: return email()
    default:
      // Both are read, so that one pass tells the faults of both.
      let (address, format) = (address(kind), format(kind))
      guard let address, let format else { return nil }
      let authorities = values["ca_file"].flatMap { AuthorityFile.path($0, &reader) }
      return .http(
        address: address, format, authorities: authorities, allowsLinkLocal: allowsLinkLocal)
    }
  }

  var allowsLinkLocal: Bool {
    mutating get { values["allow_link_local"].flatMap { reader.bool($0) } ?? false }
  }

  /// A moment; a day begins where the desk is.
  private mutating func moment(_ node: ConfigNode) -> Date? {
    guard let date = reader.moment(node) else { return nil }
    return rules.moment(date, node.text ?? "")
  }

  private mutating func exec() -> OutletSettings.Way? {
    guard let node = values["argv"] else {
      reader.fault(place, "outlet '\(name)' has no argv", fix: "add `argv: [/path/to/program]`")
      return nil
    }
    let argv = reader.texts(node)
    guard let program = argv.first, program.hasPrefix("/"),
      argv.allSatisfy({ !$0.utf8.contains(0) })
    else {
      reader.fault(node.place, "argv begins with no absolute path", fix: "write the program's path")
      return nil
    }
    return .exec(argv: argv)
  }

  private mutating func format(_ kind: OutletSettings.Kind) -> HTTPOutlet.Format? {
    switch kind {
    case .webhook: return webhook()
    case .alertmanager:
      return .alertmanager(Alertmanager(receiver: name, externalURL: publicURL))
    case .slack: return .chat(Preset.slack)
    case .mattermost: return .chat(Preset.mattermost)
    case .discord: return .chat(Preset.discord)
    case .ntfy:
      let topic = values["topic_file"] == nil ? text("topic") : secret("topic_file")
      let token = values["token_file"] == nil ? nil : secret("token_file")
      return topic.map { .chat(Preset.ntfy(topic: $0, token: token)) }
    case .matrix:
      guard let room = text("room"), let token = secret("token_file") else { return nil }
      return .chat(Preset.matrix(room: room, token: token))
    case .telegram:
      guard let chat = text("chat"), let token = secret("token_file") else { return nil }
      return .chat(Preset.telegram(chat: chat, token: token))
    default: return template()
    }
  }

  private mutating func webhook() -> HTTPOutlet.Format? {
    var isBare = false
    if let node = values["body"] {
      guard node.text == "line" else {
        reader.fault(node.place, "'\(node.text ?? node.kind)' is no body", fix: "write line")
        return nil
      }
      isBare = true
    }
    guard let node = values["secret_file"] else {
      return .webhook(Webhook(secrets: [], isBare: isBare))
    }
    let lines = secrets(node)
    let secrets = lines.compactMap { WebhookSecret($0) }
    guard secrets.count == lines.count else {
      let fix = "write whsec_ and base64 of 24 to 64 random bytes"
      reader.fault(node.place, "a line of the file is no webhook secret", fix: fix)
      return nil
    }
    return .webhook(Webhook(secrets: secrets, isBare: isBare))
  }

  // MARK: Addresses and secrets

  private mutating func address(_ kind: OutletSettings.Kind) -> String? {
    let request = kind == .template ? values["request"] : nil
    let file = request?["url_file"] ?? values["url_file"]
    let node = request?["url"] ?? values["url"] ?? file
    guard let node else {
      if kind == .telegram { return "https://api.telegram.org" }
      reader.fault(place, "outlet '\(name)' has no url", fix: "add `url:` or `url_file:`")
      return nil
    }
    if file != nil, !readsSecrets { return "https://unread.invalid" }
    guard let text = file == nil ? reader.text(node) : secrets(node).first else { return nil }
    guard let address = try? HTTPAddress(text) else {
      reader.fault(node.place, "what `url` says is no address", fix: "write an https:// address")
      return nil
    }
    let isInside = ["127.0.0.1", "[::1]", "localhost"].contains(address.host)
    let allows = values["allow_http"].flatMap { reader.bool($0) } ?? false
    guard address.scheme == "https" || isInside || allows else {
      reader.fault(
        node.place, "the address is not encrypted", fix: "write https://, or `allow_http: true`")
      return nil
    }
    return text
  }

  mutating func text(_ key: String) -> String? {
    guard let node = values[key] else {
      reader.fault(place, "outlet '\(name)' has no \(key)", fix: "add `\(key):`")
      return nil
    }
    guard let text = reader.text(node) else { return nil }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "{" && $0 != "}" }) else {
      reader.fault(node.place, "'\(text)' holds signs that have no place in it", fix: "remove them")
      return nil
    }
    return text
  }

  private mutating func secret(_ key: String) -> String? {
    guard let node = values[key] else {
      reader.fault(place, "outlet '\(name)' has no \(key)", fix: "add `\(key):`")
      return nil
    }
    guard let secret = secrets(node).first else { return nil }
    guard secret.utf8.allSatisfy({ $0 != 0x7B && $0 != 0x7D && $0 != 0x2F && $0 != 0x3F }) else {
      reader.fault(node.place, "the file holds no token", fix: "write the token alone")
      return nil
    }
    return secret
  }

  /// The lines of a secret's file; where secrets are not looked at, what passes for one.
  mutating func secrets(_ node: ConfigNode) -> [String] {
    guard let file = reader.text(node) else { return [] }
    guard readsSecrets else { return ["whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] }
    let secret = Secret(file: file, place: node.place)
    do {
      let lines = try secret.lines()
      reader.add(secret.warning.map { [$0] } ?? [])
      return lines
    } catch {
      reader.add([error])
      return []
    }
  }
}

// MARK: - kind: template

extension OutletReading {
  private mutating func template() -> HTTPOutlet.Format? {
    guard let body = values["body"], body.entries != nil else {
      reader.fault(place, "outlet '\(name)' has no body", fix: "add `body: {…}`")
      return nil
    }
    let dialect = values["dialect"].flatMap { reader.oneOf(Dialect.self, $0) } ?? .plain
    var limits: [String: TextLimit] = [:]
    for entry in values["limits"].flatMap(\.entries) ?? [] {
      limits[entry.key] = TextLimit(entry.value.text ?? "")
      guard limits[entry.key] == nil else { continue }
      reader.fault(entry.value.place, "that is no limit", fix: "write 1000 or utf16:4096")
    }
    var chat = ChatTemplate(path: fixed(""), body: tree(body, nil, dialect, limits))
    if let request = values["request"] { take(request, into: &chat) }
    chat.retryAfter = values["retry_after"].flatMap { reader.text($0) }.map { .init($0) }
    return reader.faults.isEmpty ? .chat(chat) : nil
  }

  private mutating func take(_ request: ConfigNode, into chat: inout ChatTemplate) {
    let known = ["method", "url", "url_file", "headers"]
    for entry in reader.entries(request, known: known) {
      switch entry.key {
      case "method":
        guard let method = entry.value.text, ["POST", "PUT", "PATCH"].contains(method) else {
          reader.fault(entry.value.place, "that is no method", fix: "write POST, PUT or PATCH")
          continue
        }
        chat.method = method
      case "headers":
        for header in entry.value.entries ?? [] { take(header: header, into: &chat) }
      default: break
      }
    }
  }

  private mutating func take(header: ConfigNode.Entry, into chat: inout ChatTemplate) {
    let value = template(header.value)
    guard value.holdsOnlyID else {
      let fix = "only {{id}} may stand in a header"
      return reader.fault(header.value.place, "a header holds words of the alert", fix: fix)
    }
    chat.headers.append(.init(header.key, value))
  }

  private mutating func tree(
    _ node: ConfigNode, _ key: String?, _ dialect: Dialect, _ limits: [String: TextLimit]
  ) -> ChatTemplate.Body {
    switch node.content {
    case .map(let entries):
      return .object(
        entries.map { .init($0.key, tree($0.value, $0.key, dialect, limits)) })
    case .list(let nodes): return .array(nodes.map { tree($0, key, dialect, limits) })
    case .scalar(let scalar):
      if !scalar.isQuoted, scalar.text == "true" || scalar.text == "false" {
        return .fixed(.bool(scalar.text == "true"))
      }
      if !scalar.isQuoted, let number = Double(scalar.text) { return .fixed(.number(number)) }
      let limit = key.flatMap { limits[$0] } ?? .scalars(16_384)
      return .text(.init(template(node), dialect, limit))
    }
  }

  private mutating func template(_ node: ConfigNode) -> Template {
    do {
      return try Template(node.text ?? "")
    } catch {
      reader.fault(node.place, error.what, fix: error.fix)
      return fixed("")
    }
  }

  private func fixed(_ text: StaticString) -> Template { Template(literal: "\(text)") }
}

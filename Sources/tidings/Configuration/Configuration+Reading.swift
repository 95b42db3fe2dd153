import Core
import Curl
import Fetching
import FoundationEssentials
import Parsing
import Rules
import Text
import Serving

extension Configuration {
  /// Reads `file` and what it includes as `run` would; files of secrets only where `readsSecrets` says so.
  ///
  /// `warns`: rules are looked through for what is hardly meant, which costs more than reading them.
  ///
  /// - Throws: `Faults`, all of them at once; nothing is taken then.
  static func read(
    _ file: String, readsSecrets: Bool = true, warns: Bool = false
  ) throws(Faults) -> Configuration {
    let node = try ConfigurationFiles.read(file)
    let resources = ConfigurationFiles.resources(of: node, in: file)
    var reading = ConfigurationReading(
      file: file,
      rules: RuleSet(
        reading: node, file: file, hasBuiltIns: true, hasWarnings: warns,
        zones: SystemZones.names, languages: { .shared(resources) }),
      readsSecrets: readsSecrets)
    if warns { reading.warnOfEnds() }
    return try reading.take(node)
  }
}

/// The pass over the merged configuration that makes a `Configuration` or faults.
private struct ConfigurationReading {
  /// What one record of the log holds.
  private static let partLimitBytes = 2 << 20

  private var reader = ConfigReader()
  private var configuration: Configuration
  /// Where each feed says how often it is asked.
  private var hastes: [Feed.ID: Place] = [:]

  /// Where it says how hubs reach us.
  private var hubsPlace: Place?

  /// Where it says that others than this machine reach the page, and whether they must know a token.
  private var openPage: Place?
  private var hasToken = false

  private let readsSecrets: Bool
  /// Outlets that are there and wrong: who names them has no fault of his own.
  private var outletFaults: [String] = []

  init(file: String, rules: RuleSet, readsSecrets: Bool) {
    self.readsSecrets = readsSecrets
    let folder = ConfigurationFiles.folder(of: file)
    configuration = Configuration(
      file: file, paths: Paths(data: folder + "/data", alerts: folder + "/alerts.jsonl"),
      rules: rules)
    add(rules.faults)
  }

  mutating func warnOfEnds() {
    configuration.warnings += configuration.rules.expiryWarnings(at: WallClock.now())
  }

  /// Takes faults of a part: errors refuse the configuration, warnings are told.
  private mutating func add(_ faults: [Fault]) {
    reader.add(faults.filter { $0.weight == .error })
    configuration.warnings += faults.filter { $0.weight == .warning }
  }

  mutating func take(_ node: ConfigNode) throws(Faults) -> Configuration {
    let known =
      [
        "data", "alerts", "page", "page_token_file", "poll", "feeds", "outlets", "public_url",
        "silences", "resources",
      ]
      + RuleSet.keys
    let entries = reader.entries(node, known: known, later: ["sites"])
    for entry in entries where entry.key != "outlets" { take(entry) }
    // Last, for their messages hold what stands elsewhere.
    for entry in entries where entry.key == "outlets" { takeOutlets(entry.value) }
    checkOutlets()
    if let silences = node["silences"] { takeSilences(silences) }
    checkVocabulary(node)
    warnOfHaste()
    warnOfOpenPage()
    checkHubs()
    guard reader.faults.isEmpty else { throw Faults(reader.faults).inOrder }
    configuration.feeds = configuration.feeds.map(\.gathered)
    return configuration
  }

  private mutating func take(_ entry: ConfigNode.Entry) {
    switch entry.key {
    case "data": if let path = path(entry.value) { configuration.paths.data = path }
    case "alerts": if let path = path(entry.value) { configuration.paths.alerts = path }
    case "page": takePage(entry.value)
    case "page_token_file": takePageToken(entry.value)
    case "poll": takePolling(entry.value)
    case "feeds": takeFeeds(entry.value)
    case "public_url": takePublicURL(entry.value)
    case "resources": configuration.paths.resources = path(entry.value)
    default: break  // RuleSet has read it
    }
  }

  private mutating func path(_ node: ConfigNode) -> String? {
    reader.text(node).map { ConfigurationFiles.path($0, beside: configuration.file) }
  }

  private mutating func takePage(_ node: ConfigNode) {
    guard let text = reader.text(node) else { return }
    guard text != "none" else { return configuration.page = nil }
    do {
      openPage = try ServerAddress(text).isBeyondThisMachine ? node.place : nil
      configuration.page = text
    } catch {
      let fix = "write 127.0.0.1:8474 or none"
      reader.fault(node.place, "'\(text)' is no address", fix: fix)
    }
  }

  /// Last, for the token may stand before the page or behind it.
  private mutating func warnOfOpenPage() {
    guard let place = openPage, !hasToken, let page = configuration.page else { return }
    configuration.warnings.append(
      Fault(
        place, "the page is open to all who reach \(page)",
        fix: "add page_token_file, or write 127.0.0.1", weight: .warning))
  }

  private mutating func takePageToken(_ node: ConfigNode) {
    hasToken = true
    guard let file = reader.text(node), readsSecrets else { return }
    let secret = Secret(file: file, place: node.place)
    do {
      let token = try secret.read()
      guard token.utf8.count >= PageToken.leastBytes else {
        let fix = "write \(PageToken.leastBytes) signs or more into it"
        return reader.fault(node.place, "the token of the page could be guessed", fix: fix)
      }
      configuration.pageToken = token
      configuration.warnings += [secret.warning].compactMap(\.self)
    } catch {
      reader.add([error])
    }
  }

  // MARK: poll

  private mutating func takePolling(_ node: ConfigNode) {
    let known = [
      "first_poll", "private_networks", "contact", "in_flight", "rate", "budget", "sites",
      "websub",
    ]
    for entry in reader.entries(node, known: known) {
      switch entry.key {
      case "first_poll": takeFirstPoll(entry.value)
      case "private_networks":
        configuration.polling.privateNetworks = reader.bool(entry.value) ?? false
      case "contact": takeContact(entry.value)
      case "in_flight":
        configuration.polling.inFlight = reader.integer(entry.value, in: 1...1_000) ?? 64
      case "budget":
        configuration.polling.budget = reader.integer(entry.value, in: 1...1_440) ?? 24
      case "sites": takeSites(entry.value)
      case "websub": takeHubs(entry.value)
      default: configuration.polling.rate = reader.integer(entry.value, in: 0...10_000) ?? 50
      }
    }
  }

  private mutating func takeFirstPoll(_ node: ConfigNode) {
    switch node.text {
    case "seed": configuration.polling.firstPoll = .seed
    case "alert": configuration.polling.firstPoll = .alert
    default:
      guard let text = node.text, let duration = DurationText.duration(text) else {
        let fix = "write a duration such as 1h, seed or alert"
        return reader.fault(node.place, "'\(node.text ?? node.kind)' is no first poll", fix: fix)
      }
      configuration.polling.firstPoll = .within(duration)
    }
  }

  /// Where hubs reach us: through whatever ends TLS before the page.
  private mutating func takeHubs(_ node: ConfigNode) {
    for entry in reader.entries(node, known: ["callback"]) {
      guard let text = WebAddress.read(entry.value, &reader) else { return }
      guard text.lowercased().hasPrefix("https://"), !text.contains(where: { "?#".contains($0) })
      else {
        let fix = "write an https:// address, without a query, that leads to the page"
        return reader.fault(entry.value.place, "'\(text)' is no address for hubs", fix: fix)
      }
      configuration.polling.callback = text.hasSuffix("/") ? String(text.dropLast()) : text
      hubsPlace = entry.value.place
    }
  }

  /// Last, for `page:` may stand after `poll:`.
  private mutating func checkHubs() {
    guard configuration.page == nil, let hubsPlace else { return }
    reader.fault(
      hubsPlace, "hubs would reach nobody: there is no page", fix: "give `page:` an address")
  }

  private mutating func takeSites(_ node: ConfigNode) {
    for entry in reader.entries(node, fix: "write `example.org: {gap: 60s}` lines") {
      guard let address = try? HTTPAddress("http://\(entry.key)/") else {
        reader.fault(entry.keyPlace, "'\(entry.key)' is no site", fix: "write example.org")
        continue
      }
      let site = SiteKey(address)
      guard site.description == entry.key else {
        let fix = "write \(site), for which it holds"
        reader.fault(entry.keyPlace, "'\(entry.key)' is no site of its own", fix: fix)
        continue
      }
      configuration.polling.sites[entry.key] = rule(entry.value, of: site)
    }
  }

  private mutating func rule(_ node: ConfigNode, of site: SiteKey) -> SiteRule {
    var rule = SiteRules()[site]
    for entry in reader.entries(node, known: ["in_flight", "gap", "per_day", "bytes_per_day"]) {
      switch entry.key {
      case "in_flight": rule.inFlight = reader.integer(entry.value, in: 1...64) ?? 1
      case "gap": rule.gap = reader.duration(entry.value, least: .zero)?.seconds ?? rule.gap
      case "per_day": rule.perDay = reader.integer(entry.value, in: 1...1_000_000)
      default: rule.bytesPerDay = reader.size(entry.value)
      }
    }
    return rule
  }

  /// The contact goes into a request header, so it may hold nothing that ends one.
  private mutating func takeContact(_ node: ConfigNode) {
    guard let text = reader.text(node) else { return }
    let isSafe = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x28 && $0 != 0x29 }
    guard isSafe, text.utf8.count <= 200 else {
      return reader.fault(node.place, "'\(text)' is no contact", fix: "write an address or e-mail")
    }
    configuration.polling.contact = text
  }

  // MARK: feeds

  private mutating func takeFeeds(_ node: ConfigNode) {
    guard let list = node.list else {
      let fix = "write `- {name: …, url: …}` lines"
      return reader.fault(node.place, "expected a list, found \(node.kind)", fix: fix)
    }
    var places: [Feed.ID: Place] = [:]
    for item in list {
      guard let feed = feed(item) else { continue }
      if let first = places[feed.id] {
        reader.fault(
          item.place, "feed '\(feed.id)' is given twice",
          fix: "rename one; the first is at \(first)",
          code: "E205")
      }
      places[feed.id] = item.place
      configuration.feeds.append(feed)
    }
  }

  private mutating func feed(_ node: ConfigNode) -> Feed? {
    var feed = Feed(id: Feed.ID(""), url: "")
    let known = [
      "name", "url", "every", "private_network", "publisher", "language", "tags", "timezone",
      "identity",
    ]
    var access = FeedAccess()
    for entry in reader.entries(node, known: known + FeedAccess.keys) {
      if FeedAccess.keys.contains(entry.key) {
        access.take(entry, &reader)
      } else {
        take(entry, into: &feed)
      }
    }
    for (key, value) in [("name", feed.id.rawValue), ("url", feed.url)] where value.isEmpty {
      // A value that is there but wrong has its own fault already.
      guard node[key] == nil, node.entries != nil else { return nil }
      reader.fault(node.place, "a feed without \(key)", fix: "add `\(key):`")
      return nil
    }
    access.check(feed, node, &reader)
    if access != FeedAccess() { configuration.access[feed.id] = access }
    warn(of: access, in: feed, node)
    hastes[feed.id] = node["every"]?.place ?? node.place
    return feed
  }

  private mutating func take(_ entry: ConfigNode.Entry, into feed: inout Feed) {
    switch entry.key {
    case "name": if let name = name(entry.value) { feed.id = Feed.ID(name) }
    case "url": if let url = WebAddress.read(entry.value, &reader) { feed.url = url }
    case "every": feed.every = reader.duration(entry.value)
    case "private_network": feed.privateNetwork = reader.bool(entry.value) ?? false
    case "publisher": feed.publisher = reader.text(entry.value)
    case "language": feed.language = reader.text(entry.value)
    case "timezone": feed.timezone = timezone(entry.value)
    case "identity": feed.identity = reader.oneOf(IdentityPolicy.self, entry.value)
    default: feed.tags = reader.texts(entry.value)
    }
  }

  private mutating func warn(of access: FeedAccess, in feed: Feed, _ node: ConfigNode) {
    if access.options.isInsecure {
      let what = "feed '\(feed.id)' takes any certificate, so that anybody on the way may answer"
      configuration.warnings.append(
        Fault(node["tls"]?.place ?? node.place, what, fix: "mend its certificate", weight: .warning)
      )
    }
    if access.options.proxy != nil {
      let what = "feed '\(feed.id)' goes through a proxy, whose way cannot be checked"
      configuration.warnings.append(
        Fault(node["proxy"]?.place ?? node.place, what, fix: "", weight: .warning))
    }
  }

  /// A name may become part of a file or an address, so its letters are few.
  private mutating func name(_ node: ConfigNode) -> String? {
    guard let text = reader.text(node) else { return nil }
    let isPlain = text.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    guard isPlain, !text.isEmpty, text.utf8.count <= 64, text != ".", text != ".." else {
      let fix = "use letters, digits, '-', '_' and '.', at most 64"
      reader.fault(node.place, "'\(text)' is no name", fix: fix)
      return nil
    }
    return text
  }

  /// The zone of dates that name none.
  private mutating func timezone(_ node: ConfigNode) -> String? {
    guard let text = reader.text(node) else { return nil }
    guard FeedDate.Zone.isKnown(text, SystemZones.names) else {
      let fix = "write an offset such as +07:00, or a name such as Asia/Jakarta"
      reader.fault(node.place, "'\(text)' is no zone", fix: fix)
      return nil
    }
    return text
  }

  /// Last, for `poll:` may stand after `feeds:`.
  private mutating func warnOfHaste() {
    guard !configuration.polling.privateNetworks else { return }
    for feed in configuration.feeds where !feed.privateNetwork {
      guard let every = feed.every, every < .seconds(900), let place = hastes[feed.id] else {
        continue
      }
      let what = "feed '\(feed.id)' is asked more often than publishers like"
      configuration.warnings.append(Fault(place, what, fix: "write 15m or more", weight: .warning))
    }
  }

  // MARK: outlets

  private mutating func takeOutlets(_ node: ConfigNode) {
    for entry in reader.entries(node, fix: "write `name: {kind: …}`") { takeOutlet(entry) }
  }

  private mutating func takeOutlet(_ entry: ConfigNode.Entry) {
    guard entry.key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), entry.key.utf8.count <= 64 else {
      let fix = "use letters, digits and '-', at most 64"
      return reader.fault(entry.keyPlace, "'\(entry.key)' is no name of an outlet", fix: fix)
    }
    var reading = OutletReading(
      entry, publicURL: configuration.publicURL, rules: configuration.rules,
      readsSecrets: readsSecrets)
    let outlet = reading.take(entry.value)
    add(reading.reader.faults)
    guard let outlet else { return outletFaults.append(entry.key) }
    if outlet.name == "file" {
      configuration.outlets[0] = outlet
    } else {
      configuration.outlets.append(outlet)
    }
  }

  /// Where the page can be reached, for links in messages.
  private mutating func takePublicURL(_ node: ConfigNode) {
    guard let url = WebAddress.read(node, &reader) else { return }
    configuration.publicURL = url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  /// Last, for they name rules.
  private mutating func takeSilences(_ node: ConfigNode) {
    var reading = SilenceReading(configuration.rules)
    configuration.silences = reading.take(node)
    reader.add(reading.faults)
  }

  /// The daemon records each part of the vocabulary as one fact.
  private mutating func checkVocabulary(_ node: ConfigNode) {
    for (part, text) in configuration.rules.vocabulary.sorted(by: { $0.key < $1.key }) {
      let definition = VocabularyDefinition(part: part, text: text)
      let size = Event(at: .distantPast, .vocabularyDefined(definition)).json.count
      guard size > Self.partLimitBytes else { continue }
      let limit = Self.partLimitBytes >> 20
      reader.fault(
        node[part]?.place ?? node.place, "'\(part)' takes \(size) bytes in the log",
        fix: "keep it under \(limit) MiB")
    }
  }

  /// A rule may name only outlets that exist.
  private mutating func checkOutlets() {
    let names = configuration.outlets.map(\.name) + outletFaults
    for rule in configuration.rules.written {
      for outlet in rule.outlets where !names.contains(outlet) {
        let fix = Suggestion.fix(for: outlet, in: names)
        reader.fault(
          rule.place, "rule '\(rule.id)' names the unknown outlet '\(outlet)'", fix: fix,
          code: "E114")
      }
    }
  }
}

extension Feed {
  /// The same with texts of its own, made one after the other.
  ///
  /// Those of the file stand between its nodes, and would keep every page of them when they are gone: 10 MB
  /// with ten thousand feeds.
  fileprivate var gathered: Feed {
    func copy(_ text: String) -> String { String(decoding: Array(text.utf8), as: UTF8.self) }
    var feed = self
    feed.id = ID(copy(id.rawValue))
    feed.url = copy(url)
    feed.publisher = publisher.map(copy)
    feed.language = language.map(copy)
    feed.tags = tags.map(copy)
    return feed
  }
}

public import Core
internal import Curl
public import FoundationEssentials

/// All subscriptions to hubs, and what is to be done about them: a value, which sends nothing itself.
///
///     offer in a document ─▶ asked ─▶ the hub asks back ─▶ held ─▶ pushes ─▶ articles
///                              ▲                            │ 80 % of the lease: asked again
///                              └── lease ended, unrenewed ◀─┘
///
/// While a subscription holds and nothing speaks against it, its feed is polled as a backup only.
public struct HubBook: Sendable {
  /// A request to a hub.
  public struct Request: Hashable, Sendable {
    public var token: String
    public var feed: Feed.ID
    public var hub: String
    /// Whether that may lie on a private network.
    public var isPrivate: Bool
    public var body: [UInt8]
  }

  /// A push that was let in, and whose signature is still to be looked at.
  public struct Push: Hashable, Sendable {
    public var feed: Feed.ID
    public var topic: String
    public var call: HubCall
  }

  /// What has to be stored, and what removed.
  public struct Changes: Sendable {
    public var kept: [HubSubscription] = []
    /// Tokens.
    public var dropped: [String] = []

    public var isEmpty: Bool { kept.isEmpty && dropped.isEmpty }
  }

  /// Pushes of a subscription that are let in within a minute.
  private static let pushesAMinute = 120

  /// Seconds for which a feed's choice of a hub stands, whatever its next documents say: whoever names
  /// another one each time would have us ask them all.
  private static let constancy = 86_400.0

  private let callback: String
  private var all: [String: HubSubscription] = [:]
  /// The tokens of those that are wanted.
  private var current: [Feed.ID: String] = [:]
  /// Feeds of which something was not pushed, until something is.
  private var doubted: Set<Feed.ID> = []
  /// Feeds that were not polled since the start: what was pushed while nobody listened is lost.
  private var unheard: Set<Feed.ID> = []
  private var rates: [String: (minute: Int, count: Int)] = [:]
  private var changed: Set<String> = []
  private var dropped: Set<String> = []

  /// Takes up what was stored; hubs reach us below `callback`, an address without a slash at its end.
  public init(callback: String, _ stored: [HubSubscription] = []) {
    self.callback = callback
    for var subscription in stored {
      let isElsewhere = subscription.callback != callback
      // Whatever kept its hub from reaching us may be mended.
      if subscription.state != .leaving, isElsewhere || subscription.state == .asked {
        (subscription.asks, subscription.nextAsk) = (0, .distantPast)
      }
      all[subscription.token] = subscription
      guard subscription.state != .leaving else { continue }
      current[subscription.feed] = subscription.token
      unheard.insert(subscription.feed)
    }
  }

  /// The subscription that `feed` is to have.
  public subscript(feed: Feed.ID) -> HubSubscription? { current[feed].flatMap { all[$0] } }

  /// The feeds that have one, whatever its state.
  public var feeds: [Feed.ID] { current.keys.sorted() }

  /// The feeds that need polls only as a backup.
  public func backedUp(at now: Date) -> Set<Feed.ID> {
    Set(
      current.keys.filter {
        !doubted.contains($0) && !unheard.contains($0) && self[$0]?.isHeld(at: now) == true
      })
  }

  /// What changed since the last of it was forgotten.
  public var changes: Changes {
    Changes(kept: changed.sorted().compactMap { all[$0] }, dropped: dropped.sorted())
  }

  /// Takes note that changes are stored.
  public mutating func forget(_ stored: Changes) {
    changed.subtract(stored.kept.map(\.token))
    dropped.subtract(stored.dropped)
  }
}

extension HubBook {
  /// Leaves the hubs of feeds that are not among `feeds` any more, or at another address: whoever has the old one has
  /// no say in the new.
  public mutating func follow(_ feeds: [Feed.ID: Feed], now: Date) {
    for feed in self.feeds where feeds[feed]?.url != self[feed]?.address { leave(feed, now: now) }
  }

  /// Whether a call with this token is answered at all.
  public func knows(_ token: String) -> Bool { all[token] != nil }

  /// Takes note of what the last document of `feed` offers.
  public mutating func note(
    _ offer: HubOffer, of feed: Feed, now: Date, using random: inout some RandomNumberGenerator
  ) {
    let usable = offer.usable(for: feed)
    if let known = self[feed.id] {
      if known.hub == usable?.hub.text, known.topic == usable?.topic { return }
      guard now.timeIntervalSince(known.since) >= Self.constancy else { return }
      leave(feed.id, now: now)
    }
    guard let usable else { return }
    let token = Self.secret(using: &random)
    var subscription = HubSubscription(
      feed: feed.id, hub: usable.hub.text, topic: usable.topic, token: token,
      secret: Self.secret(using: &random), since: now)
    (subscription.address, subscription.callback) = (feed.url, callback)
    subscription.isPrivate = HubOffer.allowsPrivate(usable.hub, for: feed)
    current[feed.id] = token
    doubted.remove(feed.id)
    keep(subscription)
  }

  /// Takes note of a poll that found `new` entries: those of a feed with a hub should have been pushed, but for what
  /// came while nobody listened.
  public mutating func notePoll(of feed: Feed.ID, new: Int) {
    let isFirst = unheard.remove(feed) != nil
    if new > 0, !isFirst, current[feed] != nil { doubted.insert(feed) }
  }

  /// The requests that are due, at most `limit`; each counts as sent.
  public mutating func due(at now: Date, limit: Int) -> [Request] {
    for subscription in all.values where subscription.state == .held {
      if !subscription.isHeld(at: now) { change(subscription.token) { $0.lapse() } }
    }
    let due = all.values.filter { $0.nextAsk.map { $0 <= now } ?? false }
      .sorted { ($0.nextAsk ?? now, $0.token) < ($1.nextAsk ?? now, $1.token) }
    return due.prefix(limit).compactMap { subscription in
      guard !subscription.isOver else {
        drop(subscription.token)
        return nil
      }
      let here = callback
      change(subscription.token) {
        $0.ask(now: now)
        if $0.state != .leaving { $0.callback = here }
      }
      let form = subscription.request(callback: callback + "/" + subscription.token)
      return Request(
        token: subscription.token, feed: subscription.feed, hub: subscription.hub,
        isPrivate: subscription.isPrivate, body: Array(form.encoded.utf8))
    }
  }

  /// Takes note that a request was not taken by its hub.
  public mutating func failed(_ token: String, _ what: String, wait: Duration? = nil, now: Date) {
    change(token) { $0.fail(what, wait: wait, now: now) }
  }
}

extension HubBook {
  /// Answers a call; a push that is let in comes with the answer, and is to be handed on.
  public mutating func answer(_ call: HubCall, now: Date) -> (HubAnswer, Push?) {
    guard var subscription = all[call.token] else { return (.unknown, nil) }
    guard call.method != "GET" else {
      let answer = subscription.verify(call.query, now: now)
      if answer.status == 200 { keep(subscription) }
      if subscription.isOver { drop(call.token) }
      return (answer, nil)
    }
    guard call.method == "POST" else { return (HubAnswer(405), nil) }
    guard subscription.state == .asked || subscription.state == .held else {
      return (HubAnswer(410), nil)
    }
    guard isSlowEnough(call.token, now) else { return (HubAnswer(429, retryAfter: 60), nil) }
    return (
      HubAnswer(202), Push(feed: subscription.feed, topic: subscription.topic, call: call)
    )
  }

  /// Whether a push is signed with the secret that its hub was given; counted if not.
  public mutating func accepts(_ push: Push) -> Bool {
    guard let subscription = all[push.call.token] else { return false }
    guard let text = push.call.signature else {
      drop(push, "a push without a signature")
      return false
    }
    guard let signature = PushSignature(text) else {
      drop(push, "a push without a signature of SHA-256 or better")
      return false
    }
    guard signature.holds(for: push.call.body, secret: subscription.secret) else {
      drop(push, "a push whose signature is wrong")
      return false
    }
    return true
  }

  /// Takes note of a push that was recorded: its hub can be relied on.
  public mutating func took(_ push: Push) {
    change(push.call.token) { subscription in
      subscription.pushes += 1
      subscription.message = nil
    }
    doubted.remove(push.feed)
  }

  /// Takes note of a push that came to nothing, which polls must make good.
  public mutating func drop(_ push: Push, _ why: String) {
    change(push.call.token) { subscription in
      subscription.dropped += 1
      subscription.message = why
    }
    doubted.insert(push.feed)
  }
}

extension HubBook {
  private mutating func leave(_ feed: Feed.ID, now: Date) {
    guard let token = current.removeValue(forKey: feed), let subscription = all[token] else {
      return
    }
    doubted.remove(feed)
    if subscription.wasAsked {
      change(token) { $0.leave(now: now) }
    } else {
      drop(token)
    }
  }

  private mutating func keep(_ subscription: HubSubscription) {
    all[subscription.token] = subscription
    changed.insert(subscription.token)
  }

  private mutating func change(_ token: String, _ body: (inout HubSubscription) -> Void) {
    guard var subscription = all[token] else { return }
    body(&subscription)
    keep(subscription)
  }

  private mutating func drop(_ token: String) {
    all[token] = nil
    rates[token] = nil
    changed.remove(token)
    dropped.insert(token)
  }

  private mutating func isSlowEnough(_ token: String, _ now: Date) -> Bool {
    let minute = Int(now.timeIntervalSince1970 / 60)
    var rate = rates[token] ?? (minute, 0)
    if rate.minute != minute { rate = (minute, 0) }
    rate.count += 1
    rates[token] = rate
    return rate.count <= Self.pushesAMinute
  }

  /// 32 bytes that nobody can guess, in hexadecimal.
  private static func secret(using random: inout some RandomNumberGenerator) -> String {
    (0..<4).map { _ in
      let digits = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

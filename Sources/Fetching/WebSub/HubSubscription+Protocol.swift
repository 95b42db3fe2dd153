public import Core
public import FoundationEssentials

/// What a subscription does with time and with what its hub says: pure.
extension HubSubscription {
  /// The lease that is asked for, and the longest that is believed: ten days, thirty days.
  static let usualLease = 864_000.0
  private static let longestLease = 2_592_000.0

  /// The share of a lease after which it is renewed, and seconds that pass before in any case.
  private static let renewal = 0.8
  private static let soonestRenewal = 60.0

  /// Seconds to the second time of asking, doubled each time, and the bound on that.
  private static let firstRetry = 3_600.0
  private static let longestRetry = 604_800.0

  /// How often a hub is told that a subscription is to end.
  private static let farewells = 3

  /// Seconds for which one that denied us is left alone.
  private static let denial = 604_800.0

  /// Whether the hub knows of it.
  var wasAsked: Bool { asks > 0 || leaseEnd != nil }

  /// Whether the hub has been told often enough that it ends.
  var isOver: Bool { state == .leaving && asks >= Self.farewells }

  /// Whether the hub pushes, as far as it promised.
  public func isHeld(at now: Date) -> Bool {
    state == .held && (leaseEnd.map { $0 > now } ?? false)
  }

  /// Notes that the hub is asked now, and when again if nothing comes of it.
  mutating func ask(now: Date) {
    if state == .refused { state = .asked }
    asks += 1
    nextAsk = now + min(Self.longestRetry, Self.firstRetry * Double(1 << min(asks - 1, 10)))
  }

  /// Notes that the hub did not take what it was asked; `wait` is how long it wants to be left alone.
  mutating func fail(_ what: String, wait: Duration?, now: Date) {
    message = what
    if let wait { nextAsk = max(nextAsk ?? now, now + wait.seconds) }
  }

  /// Ends a lease that nobody renewed.
  mutating func lapse() {
    state = .asked
    leaseEnd = nil
    message = "its lease ended; its hub did not renew it"
  }

  /// Ends it from our side.
  mutating func leave(now: Date) {
    state = .leaving
    asks = 0
    leaseEnd = nil
    nextAsk = now
  }

  /// What is to be sent to the hub at `callback` (WebSub §5.1).
  func request(callback: String) -> FormFields {
    var form = FormFields()
    form.append("hub.mode", state == .leaving ? "unsubscribe" : "subscribe")
    form.append("hub.topic", topic)
    form.append("hub.callback", callback)
    guard state != .leaving else { return form }
    form.append("hub.secret", secret)
    form.append("hub.lease_seconds", String(Int(Self.usualLease)))
    return form
  }
}

extension HubSubscription {
  /// Answers the hub's question whether that is what we want (WebSub §5.3), or takes note of its
  /// refusal (§5.2).
  mutating func verify(_ query: String, now: Date) -> HubAnswer {
    let form = FormFields(query)
    guard form["hub.topic"] == topic, wasAsked else { return .unknown }
    let challenge = form["hub.challenge"] ?? ""
    switch (form["hub.mode"], state) {
    case ("denied", .asked), ("denied", .held), ("denied", .refused):
      deny(form["hub.reason"] ?? "", now: now)
      return HubAnswer(200)
    case ("subscribe", .asked), ("subscribe", .held):
      guard !challenge.isEmpty, hold(form["hub.lease_seconds"], now: now) else { return .unknown }
      return HubAnswer(200, challenge)
    case ("unsubscribe", .leaving) where !challenge.isEmpty:
      asks = Self.farewells
      nextAsk = nil
      return HubAnswer(200, challenge)
    default: return .unknown
    }
  }

  /// Begins or renews the lease; `false` for one that is no time.
  private mutating func hold(_ seconds: String?, now: Date) -> Bool {
    let lease = seconds.map { Int($0) ?? 0 } ?? Int(Self.usualLease)
    guard lease > 0 else { return false }
    let length = min(Double(lease), Self.longestLease)
    state = .held
    asks = 0
    message = nil
    leaseEnd = now + length
    nextAsk = now + max(Self.soonestRenewal, Self.renewal * length)
    return true
  }

  private mutating func deny(_ reason: String, now: Date) {
    state = .refused
    leaseEnd = nil
    nextAsk = now + Self.denial
    let words = String(SafeText.line(reason).prefix(200))
    message = "its hub refused" + (words.isEmpty ? "" : ": \(words)")
  }
}

import Core
import Curl
import Fetching
import FoundationEssentials
import Parsing

/// What sites allow us of their pages (RFC 9309).
extension FollowUp {
  /// Seconds for which an answer holds: a day (section 2.4), less where the site was in trouble.
  private static let day: TimeInterval = 86_400
  private static let hour: TimeInterval = 3_600
  /// Seconds after which an answer is waited for no longer: the question may have been lost.
  private static let patience: TimeInterval = 600
  /// Sites that are remembered.
  private static let remembered = 100_000
  /// Pages that wait for what their site allows.
  private static let waiting = 100

  /// Those of `errands` to pages that their sites allow; a site that was not asked is asked first.
  func allowed(_ errands: [Errand]) -> [Errand] {
    let now = clock()
    if robots.count >= Self.remembered { robots = robots.filter { isInForce($0.value, at: now) } }
    return errands.compactMap { errand -> Errand? in
      guard let address = try? HTTPAddress(errand.address) else { return nil }
      let known = robots[address.origin]
      if let known, isInForce(known, at: now) {
        if let rules = known.rules { return rules.allows(address.target) ? errand : nil }
        if known.waiting.count < Self.waiting { robots[address.origin]?.waiting.append(errand) }
        return nil
      }
      robots[address.origin] = Robots(
        until: now + Self.patience,
        waiting: ((known?.waiting ?? []) + [errand]).suffix(Self.waiting))
      return Errand(errand.feed, to: address.origin + "/robots.txt", .robots)
    }
  }

  /// Whether an address, where a page was found, is allowed by what is known.
  func allows(_ address: String) -> Bool {
    guard let address = try? HTTPAddress(address) else { return false }
    return robots[address.origin]?.rules?.allows(address.target) ?? true
  }

  /// Lets go on what waited for the answer, as far as it is allowed.
  func takeRobots(_ outcome: FetchOutcome, from address: String) -> [Errand] {
    guard let origin = (try? HTTPAddress(address))?.origin else { return [] }
    let rules = RobotsRules(outcome)
    let time = rules == .closed ? Self.hour : Self.day
    let waiting = robots[origin]?.waiting ?? []
    robots[origin] = Robots(rules: rules, until: clock() + time)
    return waiting.filter { allows($0.address) }
  }

  /// A time further ahead than any is from before a clock went back.
  private func isInForce(_ robots: Robots, at now: Date) -> Bool {
    robots.until > now && robots.until <= now + Self.day
  }
}

extension RobotsRules {
  /// Our name, as those who write such files know it.
  private static let product = "tidings"

  /// What the answer to the question for `robots.txt` means (RFC 9309, section 2.3).
  fileprivate init(_ outcome: FetchOutcome) {
    switch outcome {
    case .document(let document): self.init(document.body, for: Self.product)
    case .notModified: self = .open
    case .failed(let failure):
      switch failure.kind {
      case .empty, .notFound, .gone, .client, .unauthorised, .blocked: self = .open
      default: self = .closed
      }
    }
  }
}

internal import Core
internal import Curl
internal import FoundationEssentials

/// What became of a feed's address.
public enum AddressChange: Hashable, Sendable {
  /// From now on another one is asked, after this many answers that agreed.
  case moved(from: String, to: String, answers: Int)
  /// The feed is gone for good, as this many answers said.
  case gone(answers: Int)
}

/// When a feed has moved: the operator's address is left only on evidence, and never for less security.
///
///     301, 301, … over a week ─▶ adopted                      a login page on the way counts for nothing
///     404 or 410, a target known ─▶ trial ─▶ a feed: adopted   else: forgotten
///     port closed three times ─▶ trial by https ─▶ likewise
extension PollState {
  /// Counts polls that agree on a permanent target, and adopts it after enough of them.
  mutating func noteMove(_ target: String?, _ now: Date) -> AddressChange? {
    if let trial {
      self.trial = nil
      return adopt(trial, answers: 1)
    }
    let target = target.flatMap { Self.mayMove(from: address, to: $0) ? $0 : nil }
    if target != movedTo {
      movedTo = target
      movedCount = 0
      movedSince = target == nil ? nil : now
    }
    guard let target else { return nil }
    movedCount += 1
    guard hasMoved(to: target, now) else { return nil }
    return adopt(target, answers: movedCount)
  }

  /// Looks for the feed elsewhere when its address fails; the next poll tries that.
  mutating func seekNewAddress(_ failure: FetchFailure, _ now: Date) -> AddressChange? {
    if isGone {
      return .gone(answers: failures)
    }
    if trial != nil {
      trial = nil
      movedTo = nil
      return nil
    }
    if failure.kind == .notFound || failure.kind == .gone, let movedTo {
      trial = movedTo
      nextDue = now
    } else if failure.kind == .connect, failures == 3 {
      trial = Self.upgraded(address)
    }
    // Who moved somewhere that fails may be back.
    if failures >= 3 { adopted = nil }
    return nil
  }

  private mutating func adopt(_ target: String, answers: Int) -> AddressChange {
    let change = AddressChange.moved(from: adopted ?? url, to: target, answers: answers)
    adopted = target == url ? nil : target
    movedTo = nil
    movedCount = 0
    movedSince = nil
    return change
  }

  /// Five answers over a week; two where only the encryption is new.
  private func hasMoved(to target: String, _ now: Date) -> Bool {
    if target == Self.upgraded(address) { return movedCount >= 2 }
    let days = now.timeIntervalSince(movedSince ?? now) / 86_400
    return movedCount >= Limits.moveAnswers && days >= Limits.moveDays
  }
}

extension PollState {
  /// The same address by https; `nil` if it is not by http, or names a port.
  static func upgraded(_ address: String) -> String? {
    guard let read = try? HTTPAddress(address), read.scheme == "http", read.port == 80 else {
      return nil
    }
    return "https" + read.text.dropFirst(4)
  }

  /// Whether a permanent redirect may be believed: not away from encryption, and not to a page that
  /// asks who we are, as networks of hotels and trains do for everything.
  static func mayMove(from: String, to: String) -> Bool {
    guard let old = try? HTTPAddress(from), let new = try? HTTPAddress(to) else { return false }
    if old.scheme == "https", new.scheme == "http" { return false }
    let path = new.path.lowercased()
    return !["login", "signin", "register", "captive", "portal"].contains { path.contains($0) }
  }
}

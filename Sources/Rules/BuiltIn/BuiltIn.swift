import Core

/// A rule that comes with the program: what the program tells of itself.
///
/// It has no query. An operator changes it by a rule of the same id.
public enum BuiltIn: String, Hashable, Sendable, CaseIterable {
  /// A feed has failed for a while, or is gone.
  case feedDown = "feed-down"
  /// More entries passed through a feed's window than it holds.
  case gap
  /// A feed brought far more at once than it ever does.
  case surge
  /// No site can be reached.
  case offline
  /// An outlet takes no lines.
  case outlet
  /// A reload was refused.
  case reload
  /// A rule ends soon, or wants to be looked at.
  case expiry

  /// What the ids begin with; no rule of an operator may.
  static let prefix = "tidings."

  public var id: String { Self.prefix + rawValue }

  public init?(id: String) {
    guard id.hasPrefix(Self.prefix) else { return nil }
    self.init(rawValue: String(id.dropFirst(Self.prefix.count)))
  }

  var severity: Alert.Severity {
    switch self {
    case .gap, .surge, .expiry: .notice
    case .feedDown, .offline, .outlet, .reload: .warning
    }
  }

  /// Whether it is a state, whose end is told too.
  var isState: Bool {
    switch self {
    case .feedDown, .offline, .outlet, .reload: true
    case .gap, .surge, .expiry: false
    }
  }

  /// Seconds for which a state must last before it is told: a feed that fails once is no news.
  var patience: Double { self == .feedDown ? 600 : 0 }

  /// What its alerts are told apart by, where rules have a word for it.
  var groups: [Grouping] {
    switch self {
    case .feedDown, .gap, .surge: [.feed]
    case .offline, .outlet, .reload, .expiry: []
    }
  }
}

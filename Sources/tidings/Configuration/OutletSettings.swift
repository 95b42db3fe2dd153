import Core
import Curl
import FoundationEssentials
import Sending

/// Where lines go, as configured; its secrets are read, and never shown.
struct OutletSettings: Hashable, Sendable {
  /// What each kind is made of.
  enum Way: Hashable, Sendable {
    /// Bytes at which the file is renamed, and how many renamed files stay.
    case jsonl(rotate: Int, keep: Int)
    case journald
    /// `authorities` is a file of certificates by which the receiver's is judged; nil for the machine's.
    case http(
      address: String, HTTPOutlet.Format, authorities: String?, allowsLinkLocal: Bool)
    case exec(argv: [String])
    case email(MailServer, from: String, to: [String])
    /// Relative to `data:`.
    case atom(path: String, entries: Int)
  }

  enum Kind: String, Hashable, Sendable, CaseIterable {
    case jsonl, journald, webhook, alertmanager, email, exec, atom, template
    case ntfy, slack, mattermost, matrix, telegram, discord

    /// Whether it keeps lines in a place of its own, whose room is the only limit.
    var isLocal: Bool { self == .jsonl || self == .journald || self == .atom }
  }

  var name: String
  var kind: Kind
  var way: Way
  var delivery: DeliverySettings
  /// For one attempt, connecting included.
  var timeout: Duration
  /// It is sent what its rules told since then, also before it was there; nil: from its beginning on.
  var from: Date?

  /// The file that always exists.
  static let file = OutletSettings(
    name: "file", kind: .jsonl, way: .jsonl(rotate: 64 << 20, keep: 30),
    delivery: DeliverySettings(), timeout: .seconds(15))
}

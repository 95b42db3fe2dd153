internal import FoundationEssentials
internal import Synchronization

/// Names that had no address a moment ago, so that feeds of one dead host do not all ask for it.
///
/// libcurl keeps the names it found; those it did not find are kept here.
final class UnknownHosts: Sendable {
  /// More names than this are not worth remembering.
  private static let limit = 10_000

  private let hosts = Mutex<[String: Date]>([:])

  /// Whether `host` was found to have no address, less than a minute before `now`.
  func contains(_ host: String, at now: Date) -> Bool {
    hosts.withLock { ($0[host] ?? .distantPast) > now }
  }

  /// Notes that `host` has no address.
  func insert(_ host: String, at now: Date) {
    hosts.withLock { hosts in
      if hosts.count >= Self.limit { hosts = hosts.filter { $0.value > now } }
      guard hosts.count < Self.limit else { return }
      hosts[host] = now + Limits.unknownHost
    }
  }
}

import Core
public import Curl

/// Mail to one or more people (RFC 5321), each in a transaction of its own.
public actor MailOutlet: Outlet {
  /// Hands a message to a server; the real one is a ``MailClient``.
  public typealias Send =
    @Sendable (_ message: [UInt8], _ from: String, _ to: String) async -> MailAnswer

  /// Characters of a server's words that are kept for people.
  private static let detailLimit = 200

  public nonisolated let name: String
  public nonisolated let linesAtOnce = 1
  private let sender: String
  private let recipients: [String]
  private let handOver: Send
  /// Who has a message that others still wait for, or will never have it, by its key and theirs; so each
  /// gets it once while we live.
  private var settled: [String: [String: String]] = [:]
  /// Messages of which that is known; of more the past is forgotten, and they may come twice.
  private static let settledLimit = 256

  /// `sender` and `recipients` are bare addresses out of the configuration.
  public init(name: String, from sender: String, to recipients: [String], send: @escaping Send) {
    (self.name, self.sender, self.recipients) = (name, sender, recipients)
    handOver = send
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    let bundle = Bundle(lines, for: name)
    if settled.count > Self.settledLimit { settled = [:] }
    var waiting: Outcome?
    for recipient in recipients where settled[bundle.key]?[recipient] == nil {
      let message = MailMessage(bundle, from: sender, to: recipient)
      let answer = await handOver(message.bytes, sender, recipient)
      switch Self.outcome(answer) {
      case .delivered: settled[bundle.key, default: [:]][recipient] = ""
      case .dead(let reason):
        settled[bundle.key, default: [:]][recipient] = "\(recipient): \(reason)"
      // The server is at fault: the others would meet the same.
      case .paused(let reason): return .paused(reason)
      case let other: waiting = waiting ?? other
      }
    }
    if let waiting { return waiting }
    return whole(settled.removeValue(forKey: bundle.key) ?? [:])
  }

  /// What became of a message that every recipient has or never will, by what is noted of each.
  private func whole(_ notes: [String: String]) -> Outcome {
    let refused = recipients.compactMap { notes[$0] }.filter { !$0.isEmpty }
    let all = refused.joined(separator: "; ")
    if refused.count == recipients.count { return .dead(all) }
    return .delivered(receipt: refused.isEmpty ? "250" : "250, but refused by \(all)")
  }

  /// What an answer means (RFC 5321 §4.2.1, RFC 4954 §6).
  static func outcome(_ answer: MailAnswer) -> Outcome {
    switch answer {
    case .failed(let error):
      return error.kind == .request
        ? .paused("the server's address cannot be used") : Outcome(error)
    case .reply(let code, let line):
      let detail = SafeText.line(String(line.prefix(detailLimit)))
      switch code {
      case 200...299: return .delivered(receipt: String(code))
      // It wants a name and password, better ones, or a way of giving them that we lack.
      case 530, 534, 535, 538: return .paused(detail)
      case 500...599: return .dead(detail)
      default: return .retry(detail, after: nil)
      }
    }
  }
}

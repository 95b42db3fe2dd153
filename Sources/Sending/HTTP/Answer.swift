import Core
import FoundationEssentials

/// An answer of a receiver, as far as it decides what becomes of the message.
struct Answer: Hashable, Sendable {
  var status: Int
  var retryAfter: String?
  var body: [UInt8] = []

  /// Characters of an answer that are kept for people.
  static let detailLimit = 200

  /// What becomes of the message.
  ///
  /// Where the receiver's own configuration or ours is at fault the line is kept; where the line itself is
  /// refused it is given up, so that the next one goes on.
  func outcome(_ field: ChatTemplate.RetryField?, now: Date) -> Outcome {
    switch status {
    case 200...299: .delivered(receipt: String(status))
    case 408, 425, 429: .retry(detail, after: wait(field, now: now))
    case 500...599: .refused(detail, after: wait(field, now: now))
    case 410: .gone(detail)
    case 300...399, 401, 403, 404, 407: .paused(detail)
    default: .dead(detail)
    }
  }

  private var detail: String {
    let words = SafeText.line(
      String(String(decoding: body.prefix(4_096), as: UTF8.self).prefix(Self.detailLimit)))
    return words.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(words)"
  }

  /// The longer of Retry-After (RFC 9110 §10.2.3) and the service's own field.
  private func wait(_ field: ChatTemplate.RetryField?, now: Date) -> Duration? {
    let header = retryAfter.flatMap { Self.seconds($0, now: now) }
    let own = field.flatMap { field -> Double? in
      guard let value = try? JSONValue(parsing: body) else { return nil }
      return field.path.reduce(value as JSONValue?) { $0?[$1] }?.number.map { $0 * field.unit }
    }
    guard let longest = [header, own].compactMap({ $0 }).max(), longest.isFinite else { return nil }
    return .seconds(min(max(longest, 0), 3_600))
  }

  private static func seconds(_ text: String, now: Date) -> Double? {
    if let seconds = UInt32(text) { return Double(seconds) }
    return HTTPDate.date(text).map { $0.timeIntervalSince(now) }
  }
}

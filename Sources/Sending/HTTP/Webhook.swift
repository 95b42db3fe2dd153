import Core
import FoundationEssentials

/// The body of a webhook, signed after Standard Webhooks.
public struct Webhook: Hashable, Sendable {
  /// Above this the reasons of a line are left out, for receivers limit what they take.
  static let bodyLimitBytes = 20 << 10

  /// Newest first; each gives a signature, so that keys can be changed while both are taken.
  public var secrets: [WebhookSecret]
  /// Whether the line goes alone, without type and time around it.
  public var isBare: Bool

  public init(secrets: [WebhookSecret], isBare: Bool = false) {
    (self.secrets, self.isBare) = (secrets, isBare)
  }

  func envelope(_ bundle: Bundle, at now: Date) -> Envelope {
    let whole = body(bundle, cut: false)
    let body = whole.count > Self.bodyLimitBytes ? body(bundle, cut: true) : whole
    let seconds = Int(now.timeIntervalSince1970)
    var headers = [
      .json, Envelope.Header("webhook-id", bundle.key),
      Envelope.Header("webhook-timestamp", String(seconds)),
    ]
    if !secrets.isEmpty {
      let signatures = secrets.map { $0.signature(id: bundle.key, seconds: seconds, body: body) }
      headers.append(Envelope.Header("webhook-signature", signatures.joined(separator: " ")))
    }
    return Envelope(headers: headers, body: body)
  }

  private func body(_ bundle: Bundle, cut: Bool) -> [UInt8] {
    let lines = bundle.lines.map { (cut ? $0.withoutWhy : $0).bytes }
    if isBare, bundle.single != nil { return lines[0] }
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("type", "alert." + (bundle.single?.alert.state.rawValue ?? "digest"))
      writer.field("timestamp", bundle.last.alert.at)
      writer.key("data")
      if bundle.single != nil {
        writer.raw(lines[0])
      } else {
        writer.object {
          $0.key("lines")
          $0.array(lines) { $0.raw($1) }
        }
      }
    }
    return writer.bytes
  }
}

extension AlertLine {
  var withoutWhy: AlertLine {
    var alert = alert
    alert.why = []
    return AlertLine(alert, cursor: cursor, request: request)
  }
}

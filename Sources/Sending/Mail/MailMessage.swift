import Core
import Foundation

/// A message of one line or of a digest, as it goes to a server.
///
/// A pure function of its lines, so that every attempt is the same byte for byte: its date is that of the
/// last line.
public struct MailMessage: Hashable, Sendable {
  private let bundle: Bundle
  private let sender: String
  private let recipient: String

  public init(_ bundle: Bundle, from sender: String, to recipient: String) {
    (self.bundle, self.sender, self.recipient) = (bundle, sender, recipient)
  }

  /// The whole message, with CR LF.
  public var bytes: [UInt8] {
    let body = MailBody(bundle)
    let parts = [("plain", body.text), ("html", body.html)].map { kind, text in
      """
      --\(boundary)\r
      Content-Type: text/\(kind); charset=utf-8\r
      Content-Transfer-Encoding: base64\r
      \r
      \(Self.base64(text))\r

      """
    }
    return Array((head + "\r\n" + parts.joined() + "--\(boundary)--\r\n").utf8)
  }

  // MARK: Head

  private var head: String {
    var head = MailHeader.field("From", "Tidings <\(sender)>")
    head += MailHeader.field("To", "<\(recipient)>")
    head += MailHeader.field("Date", Self.date(bundle.last.alert.at))
    head += MailHeader.field("Subject", words: subject)
    head += MailHeader.field("Message-ID", "<\(messageID)@\(domain)>")
    head += thread
    // So that no machine answers (RFC 3834 §5).
    head += MailHeader.field("Auto-Submitted", "auto-generated")
    head += marks
    head += MailHeader.field("MIME-Version", "1.0")
    return head
      + MailHeader.field("Content-Type", "multipart/alternative; boundary=\"\(boundary)\"")
  }

  private var subject: String {
    guard let line = bundle.single else { return bundle.heading }
    let alert = line.alert
    let state = alert.state == .fired ? "" : "\(alert.state.rawValue): "
    return "[\(alert.severity.rawValue)] \(alert.rule): \(state)"
      + Dialect.plain.escape(line.alert.title)
  }

  /// An alert's first line has the alert's name, its later ones their own.
  private var messageID: String {
    guard let line = bundle.single else {
      return "digest.\(Self.word(bundle.outlet)).\(bundle.lines[0].cursor).\(bundle.last.cursor)"
    }
    return line.alert.state == .fired ? Self.word(line.alert.id.rawValue) : bundle.key
  }

  /// What makes mail programs show the lines of an alert, and the alerts of a story, as one thread.
  private var thread: String {
    guard let alert = bundle.single?.alert else { return "" }
    let first = "<\(Self.word(alert.id.rawValue))@\(domain)>"
    let story = alert.story.map { "<story.\(Self.word($0.rawValue))@\(domain)>" }
    if alert.state == .fired { return story.map { MailHeader.field("References", $0) } ?? "" }
    return MailHeader.field("In-Reply-To", first)
      + MailHeader.field("References", [story, first].compactMap(\.self).joined(separator: " "))
  }

  private var marks: String {
    guard let alert = bundle.single?.alert else { return "" }
    return MailHeader.field("List-Id", "<\(Self.word(alert.rule)).rules.\(domain)>")
      + MailHeader.field("X-Tidings-Alert", Self.word(alert.id.rawValue))
      + MailHeader.field("X-Tidings-Rule", Self.word(alert.rule))
      + MailHeader.field("X-Tidings-State", alert.state.rawValue)
      + MailHeader.field("X-Tidings-Severity", alert.severity.rawValue)
  }

  private var domain: String { sender.split(separator: "@").last.map(String.init) ?? "localhost" }

  /// No base64 line begins with `--`, so that nothing in a part can end it.
  private var boundary: String { "tidings-\(bundle.key.prefix(50))" }

  // MARK: Parts

  /// Letters, digits and `.-_` as they are; all else is no part of a name in a header.
  private static func word(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "_" })
  }

  /// Lines of 76 (RFC 2045 §6.8).
  private static func base64(_ text: String) -> String {
    Data(text.utf8).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
  }

  /// `Thu, 16 May 2024 05:31:07 +0000` (RFC 5322 §3.3).
  static func date(_ date: Date) -> String {
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let text = Timestamp.text(date)
    let parts = text.prefix(19).split { "-T".contains($0) }.map(String.init)
    let day = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
    guard parts.count == 4, let month = Int(parts[1]), (1...12).contains(month) else { return "" }
    let name = names[((day % 7) + 7) % 7]
    return "\(name), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) +0000"
  }
}

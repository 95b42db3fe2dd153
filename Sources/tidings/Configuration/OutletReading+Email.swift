import Core
import Curl

extension OutletReading {
  mutating func email() -> OutletSettings.Way? {
    // All are read, so that one pass tells all faults.
    let (server, sender) = (mailServer(), values["from"].flatMap { mailbox($0) })
    let to = values["to"].map { $0.list ?? [$0] } ?? []
    let recipients = to.compactMap { mailbox($0) }
    for (key, isThere) in [("from", values["from"] != nil), ("to", !to.isEmpty)] where !isThere {
      reader.fault(place, "outlet '\(name)' has no \(key)", fix: "add `\(key): desk@example.org`")
    }
    guard let server, let sender, !recipients.isEmpty, recipients.count == to.count else {
      return nil
    }
    return .email(server, from: sender, to: recipients)
  }

  private mutating func mailServer() -> MailServer? {
    guard let address = text("server") else { return nil }
    guard var server = try? MailServer(address) else {
      let fix = "write smtp://mail.example:587 or smtps://mail.example"
      reader.fault(values["server"]?.place ?? place, "'\(address)' is no mail server", fix: fix)
      return nil
    }
    server.timeout = timeout(.email)
    server.allowsLinkLocal = allowsLinkLocal
    server.user = values["user"] == nil ? nil : text("user")
    server.password = values["password_file"].flatMap { secrets($0).first }
    server.authorities = values["ca_file"].flatMap { AuthorityFile.path($0, &reader) }
    guard (server.user == nil) == (values["password_file"] == nil) else {
      reader.fault(
        place, "outlet '\(name)' has only one of user and password_file", fix: "give both or none")
      return nil
    }
    return server
  }

  /// A bare address (RFC 5321 §4.1.2) of signs that need no quoting.
  private mutating func mailbox(_ node: ConfigNode) -> String? {
    guard let text = reader.text(node) else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isPlain = text.utf8.allSatisfy {
      (0x21..<0x7F).contains($0) && !"<>()[]\\,;:\"".utf8.contains($0)
    }
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), isPlain, text.utf8.count <= 254
    else {
      reader.fault(node.place, "'\(text)' is no mail address", fix: "write name@example.org")
      return nil
    }
    return text
  }
}

import Core
import FoundationEssentials

/// The body that Alertmanager sends to its receivers, version 4, so that anything made for those
/// understands Tidings.
///
/// Labels are few and ours; what comes from feeds stands in annotations.
public struct Alertmanager: Hashable, Sendable {
  /// The name that the receiver sees.
  public var receiver: String
  /// Where the page is served, without a slash at its end; empty where it is not.
  public var externalURL: String

  public init(receiver: String, externalURL: String) {
    (self.receiver, self.externalURL) = (receiver, externalURL)
  }

  func envelope(_ bundle: Bundle) -> Envelope {
    let name = bundle.rules.count == 1 ? bundle.rules[0].rule : nil
    let all = bundle.lines.map { Self.labels($0.alert) }
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("version", "4")
      writer.field("groupKey", name.map { "{}:{alertname=\"\($0)\"}" } ?? "{}:{}")
      writer.field("truncatedAlerts", 0)
      let isFiring = bundle.lines.contains { Self.isFiring($0.alert) }
      writer.field("status", isFiring ? "firing" : "resolved")
      writer.field("receiver", receiver)
      writer.key("groupLabels")
      writer.strings(name.map { ["alertname": $0] } ?? [:])
      writer.key("commonLabels")
      writer.strings(Self.common(all))
      writer.key("commonAnnotations")
      writer.strings(Self.common(bundle.lines.map { Self.annotations($0) }))
      writer.field("externalURL", externalURL)
      writer.key("alerts")
      writer.array(zip(bundle.lines, all)) { write($1.0, $1.1, to: &$0) }
    }
    return Envelope(headers: [.json], body: writer.bytes)
  }

  private func write(_ line: AlertLine, _ labels: [String: String], to writer: inout JSONWriter) {
    let alert = line.alert
    writer.object { writer in
      writer.field("status", Self.isFiring(alert) ? "firing" : "resolved")
      writer.key("labels")
      writer.strings(labels)
      writer.key("annotations")
      writer.strings(Self.annotations(line))
      writer.field("startsAt", alert.at)
      writer.field("endsAt", Self.end(alert))
      let page = "\(externalURL)/alerts/\(SafeAddress.percent(alert.id.rawValue))"
      writer.field("generatorURL", externalURL.isEmpty ? "" : page)
      writer.field("fingerprint", Self.fingerprint(labels))
    }
  }

  private static func isFiring(_ alert: Alert) -> Bool {
    alert.state == .fired || alert.state == .updated
  }

  /// A match has no end of its own, so receivers let it expire; other kinds tell theirs.
  private static func end(_ alert: Alert) -> Date {
    guard isFiring(alert) else { return alert.at }
    return alert.reason == "new" || alert.reason == "edit"
      ? alert.at.addingTimeInterval(300) : Date(timeIntervalSince1970: -62_135_596_800)
  }

  private static func labels(_ alert: Alert) -> [String: String] {
    var labels = ["alertname": alert.rule, "severity": alert.severity.rawValue]
    labels["feed"] = alert.article?.feed.rawValue
    labels["lang"] = alert.article?.language
    let group = alert.group.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    labels["group"] = group.isEmpty ? nil : group.joined(separator: ",")
    return labels
  }

  private static func annotations(_ line: AlertLine) -> [String: String] {
    var annotations = [
      "alert_id": line.alert.id.rawValue, "description": Dialect.plain.escape(line.alert.reasons),
    ]
    annotations["summary"] = Dialect.plain.escape(line.alert.title)
    annotations["url"] = line.alert.article?.url.flatMap(SafeAddress.web)
    return annotations
  }

  private static func common(_ all: [[String: String]]) -> [String: String] {
    all[0].filter { entry in all.allSatisfy { $0[entry.key] == entry.value } }
  }

  /// The first 16 hexadecimal digits of SHA-256 over the sorted labels.
  static func fingerprint(_ labels: [String: String]) -> String {
    let text = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    return String(SHA256.hex(Array(text.utf8)).prefix(16))
  }
}

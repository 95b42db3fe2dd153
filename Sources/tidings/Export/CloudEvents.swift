import Core
import EventLog

/// Events as CloudEvents 1.0 in JSON, with the extensions `recordedtime`, `sequence`, `partitionkey`.
///
/// `sequence` is the position in twenty digits, for it must sort as text (CloudEvents, "Sequence").
/// `data` is the event's payload less what stands around it here.
struct CloudEvents {
  private let source: String
  /// Names of streams by the hash that records carry.
  private var streams: [UInt32: String] = [:]

  init(log: UInt128) {
    source = "urn:uuid:" + Self.uuid(log)
    let fixed: [StreamName] = [.alerts, .people, .rules, .definitions, .daemon]
    for stream in fixed { streams[stream.hash] = stream.rawValue }
  }

  /// One line.
  ///
  /// - Throws: `JSONError` for a payload that is none.
  mutating func line(_ record: Record) throws -> [UInt8] {
    let payload = try JSONValue(parsing: record.payload)
    learn(payload)
    let type = payload["type"]?.string ?? "kind.\(record.kind)"
    let stream = streams[record.streamHash]
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("specversion", "1.0")
      writer.field("id", payload["id"]?.string)
      writer.field("source", source)
      writer.field("type", "tidings." + type)
      writer.field("subject", stream)
      writer.field("time", payload["at"]?.string)
      writer.field("datacontenttype", "application/json")
      writer.field(
        "dataschema",
        "urn:tidings:\(type):\(payload["v"]?.number.flatMap { Int(exactly: $0) } ?? 1)")
      writer.field("recordedtime", record.recordedAt)
      writer.field("sequence", Self.digits(record.position))
      writer.field("partitionkey", stream)
      writer.key("data")
      JSONValue.object(Self.rest(of: payload)).write(to: &writer)
    }
    return writer.bytes
  }

  /// Whatever names a feed tells the name of its stream.
  private mutating func learn(_ payload: JSONValue) {
    let named = payload["feed"]?.string ?? payload["article"]?["feed"]?.string
    guard let stream = named.map(StreamName.feed) else { return }
    streams[stream.hash] = stream.rawValue
  }

  private static func rest(of payload: JSONValue) -> [JSONValue.Field] {
    guard case .object(let fields) = payload else { return [] }
    return fields.filter { !["type", "v", "id", "at"].contains($0.key) }
  }

  private static func digits(_ position: Position) -> String {
    let digits = String(position.rawValue)
    return String(repeating: "0", count: 20 - digits.count) + digits
  }

  private static func uuid(_ log: UInt128) -> String {
    let digits = String(log, radix: 16)
    var hex = String(repeating: "0", count: 32 - digits.count) + digits
    for place in [20, 16, 12, 8] {
      hex.insert("-", at: hex.index(hex.startIndex, offsetBy: place))
    }
    return hex
  }
}

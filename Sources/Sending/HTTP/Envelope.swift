/// A message as it goes to a receiver over HTTP, address apart.
public struct Envelope: Hashable, Sendable {
  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      (self.name, self.value) = (name, value)
    }
  }

  public var method = "POST"
  /// What comes behind the outlet's address, percent-encoded; empty for most.
  public var path = ""
  public var headers: [Header]
  public var body: [UInt8]

  public init(
    method: String = "POST", path: String = "", headers: [Header] = [], body: [UInt8]
  ) {
    (self.method, self.path, self.headers, self.body) = (method, path, headers, body)
  }
}

extension Envelope.Header {
  static let json = Envelope.Header("content-type", "application/json")
}

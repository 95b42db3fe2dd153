public import Core

/// How an outlet speaks to a service that has a form of its own: what `kind: template` builds from the
/// configuration, and what each preset is.
public struct ChatTemplate: Hashable, Sendable {
  /// A tree that becomes JSON; templates stand in its strings only.
  public indirect enum Body: Hashable, Sendable {
    case text(Text)
    /// The length of what `text` would give, in UTF-16 units.
    case utf16Length(Text)
    /// One number for each severity, info first.
    case bySeverity([Int])
    case fixed(JSONValue)
    case object([Field])
    case array([Body])

    public struct Field: Hashable, Sendable {
      public var key: String
      public var value: Body

      public init(_ key: String, _ value: Body) {
        (self.key, self.value) = (key, value)
      }
    }
  }

  /// A string of the body: its words, how they are escaped, how long it may be.
  public struct Text: Hashable, Sendable {
    public var template: Template
    public var dialect: Dialect
    public var limit: TextLimit

    public init(_ template: Template, _ dialect: Dialect, _ limit: TextLimit) {
      (self.template, self.dialect, self.limit) = (template, dialect, limit)
    }

    func filled(_ values: MessageValues) -> String { template.filled(values, dialect, limit) }
  }

  public var method: String
  /// Behind the outlet's address; only `id` may stand in it.
  public var path: Template
  public var headers: [Header]
  public var body: Body
  /// Where the body of a 429 says how long to wait, and what one of its units is in seconds.
  public var retryAfter: RetryField?

  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: Template

    public init(_ name: String, _ value: Template) {
      (self.name, self.value) = (name, value)
    }
  }

  public struct RetryField: Hashable, Sendable {
    public var path: [String]
    public var unit: Double

    public init(_ path: String, unit: Double = 1) {
      self.path = path.split(separator: ".").map(String.init)
      self.unit = unit
    }
  }

  public init(
    method: String = "POST", path: Template, headers: [Header] = [], body: Body,
    retryAfter: RetryField? = nil
  ) {
    (self.method, self.path, self.headers) = (method, path, headers)
    (self.body, self.retryAfter) = (body, retryAfter)
  }

  func envelope(_ bundle: Bundle) -> Envelope {
    let values = MessageValues(bundle)
    let free = TextLimit.scalars(8_192)
    var writer = JSONWriter()
    write(body, values, to: &writer)
    let own = headers.map { Envelope.Header($0.name, $0.value.filled(values, .plain, free)) }
    let isTyped = own.contains { $0.name.lowercased() == "content-type" }
    return Envelope(
      method: method, path: path.filled(values, .plain, free),
      headers: (isTyped ? [] : [.json]) + own, body: writer.bytes)
  }

  private func write(_ body: Body, _ values: MessageValues, to writer: inout JSONWriter) {
    switch body {
    case .text(let text): writer.string(text.filled(values))
    case .utf16Length(let text): writer.integer(text.filled(values).utf16.count)
    case .bySeverity(let numbers):
      let place = Alert.Severity.allCases.firstIndex(of: values.severity) ?? 0
      writer.integer(numbers[place])
    case .fixed(let value): value.write(to: &writer)
    case .object(let fields):
      writer.object { writer in
        for field in fields {
          writer.key(field.key)
          write(field.value, values, to: &writer)
        }
      }
    case .array(let bodies): writer.array(bodies) { write($1, values, to: &$0) }
    }
  }
}

extension ConfigNode {
  /// The node as JSON, without places: what the log keeps of a definition.
  public var json: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// Reads back what `json` wrote; every place is the first of `file`.
  public init(json: [UInt8], file: String) throws(JSONError) {
    self.init(try JSONValue(parsing: json), at: Place(file: file, line: 1, column: 1))
  }

  public func write(to writer: inout JSONWriter) {
    switch content {
    case .scalar(let scalar): writer.string(scalar.text)
    case .list(let nodes): writer.array(nodes) { $1.write(to: &$0) }
    case .map(let entries):
      writer.object { writer in
        for entry in entries {
          writer.key(entry.key)
          entry.value.write(to: &writer)
        }
      }
    }
  }

  private init(_ value: JSONValue, at place: Place) {
    switch value {
    case .object(let fields):
      let entries = fields.map {
        Entry(key: $0.key, keyPlace: place, value: ConfigNode($0.value, at: place))
      }
      self.init(.map(entries), at: place)
    case .array(let values):
      self.init(.list(values.map { ConfigNode($0, at: place) }), at: place)
    case .string(let text):
      self.init(.scalar(Scalar(text: text, isQuoted: true)), at: place)
    case .number(let number):
      let whole = Int(exactly: number).map { String($0) }
      self.init(.scalar(Scalar(text: whole ?? String(number), isQuoted: false)), at: place)
    case .bool(let flag):
      self.init(.scalar(Scalar(text: flag ? "true" : "false", isQuoted: false)), at: place)
    case .null:
      self.init(.scalar(Scalar(text: "", isQuoted: false)), at: place)
    }
  }
}

/// A piece of configuration that knows where it stands: a scalar, a list or a map.
///
/// It keeps the rules free of YAML; `tidings` makes it from a file, and the log keeps it as JSON.
public struct ConfigNode: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case scalar(Scalar)
    case list([ConfigNode])
    case map([Entry])
  }

  /// Text as it stands in the file, after its quotes and folding are undone.
  public struct Scalar: Hashable, Sendable {
    public var text: String
    /// Whether it is written in quotes or as a block, hence never a boolean, number or null.
    public var isQuoted: Bool
    /// The first line of a block scalar and the indent taken off its lines; nil for others.
    public var block: Block?

    public struct Block: Hashable, Sendable {
      public var line: Int
      public var indent: Int

      public init(line: Int, indent: Int) {
        self.line = line
        self.indent = indent
      }
    }

    public init(text: String, isQuoted: Bool, block: Block? = nil) {
      self.text = text
      self.isQuoted = isQuoted
      self.block = block
    }
  }

  public struct Entry: Hashable, Sendable {
    public var key: String
    public var keyPlace: Place
    public var value: ConfigNode

    public init(key: String, keyPlace: Place, value: ConfigNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public var content: Content
  public var place: Place

  public init(_ content: Content, at place: Place) {
    self.content = content
    self.place = place
  }

  // MARK: Looking in

  /// The value under `key`, if this is a map that has it.
  public subscript(key: String) -> ConfigNode? {
    entries?.first { $0.key == key }?.value
  }

  public var entries: [Entry]? {
    guard case .map(let entries) = content else { return nil }
    return entries
  }

  public var list: [ConfigNode]? {
    guard case .list(let nodes) = content else { return nil }
    return nodes
  }

  public var scalar: Scalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  public var text: String? { scalar?.text }

  /// Where the scalar at `offset` of a scalar's text stands in the file, both from 0.
  ///
  /// Exact for plain, quoted (without escapes before it) and literal block scalars.
  public func place(atScalar offset: Int) -> Place { places(atScalars: [offset])[0] }

  /// The same of several offsets, ascending, in one pass over the text.
  public func places(atScalars offsets: [Int]) -> [Place] {
    guard let scalar else { return offsets.map { _ in place } }
    var rest = scalar.text.unicodeScalars[...]
    var (passed, line, column) = (0, 0, 0)
    return offsets.map { offset in
      while passed < offset, let next = rest.popFirst() {
        passed += 1
        (line, column) = next == "\n" ? (line + 1, 0) : (line, column + 1)
      }
      return place(scalar, line: line, column: column)
    }
  }

  private func place(_ scalar: Scalar, line: Int, column: Int) -> Place {
    if let block = scalar.block {
      return Place(
        file: place.file, line: block.line + line, column: block.indent + column + 1)
    }
    let quote = scalar.isQuoted ? 1 : 0
    return Place(file: place.file, line: place.line + line, column: place.column + quote + column)
  }

  /// What kind of value this is, in words for a person.
  public var kind: String {
    switch content {
    case .scalar: "a value"
    case .list: "a list"
    case .map: "a map"
    }
  }
}

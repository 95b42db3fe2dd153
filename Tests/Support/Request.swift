/// A request as a ``LocalServer`` received it.
public struct Request: Hashable, Sendable {
  /// A field, its value without the blanks around it.
  public struct Field: Hashable, Sendable {
    public var name: String
    public var value: [UInt8]
  }

  public var method: String

  /// The path with its query.
  public var target: String
  public var fields: [Field]
  public var body: [UInt8]

  /// Which connection it came over, from 1.
  public var connection: Int

  /// The value of the only field called `name`, as UTF-8; `nil` if there is none, or several.
  public subscript(name: String) -> String? {
    bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of the only field called `name`, as it came.
  public func bytes(_ name: String) -> [UInt8]? {
    let found = fields.filter { $0.name.lowercased() == name.lowercased() }
    return found.count == 1 ? found[0].value : nil
  }
}

extension Request {
  /// The first whole request in `buffer`, and how many bytes it takes.
  static func first(in buffer: [UInt8], connection: Int) -> (Request, Int)? {
    guard let end = headEnd(buffer) else { return nil }
    let lines = buffer[..<end].split(separator: UInt8(ascii: "\n")).map { $0.trimmed }
    let words = (lines.first ?? []).split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3 else { return nil }
    let fields = lines.dropFirst().filter { !$0.isEmpty }.map { line in
      let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
      return Field(
        name: String(decoding: line[..<colon], as: UTF8.self),
        value: Array(line[colon...].dropFirst().trimmed))
    }
    var request = Request(
      method: words[0], target: words[1], fields: fields, body: [], connection: connection)
    let length = request["content-length"].flatMap { Int($0) } ?? 0
    guard buffer.count >= end + length else { return nil }
    request.body = Array(buffer[end..<end + length])
    return (request, end + length)
  }

  private static func headEnd(_ buffer: [UInt8]) -> Int? {
    guard buffer.count >= 4 else { return nil }
    return (0...buffer.count - 4).first { start in
      buffer[start] == 13 && buffer[start + 1] == 10 && buffer[start + 2] == 13
        && buffer[start + 3] == 10
    }.map { $0 + 4 }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmed: ArraySlice<UInt8> {
    let blanks: Set<UInt8> = [9, 10, 13, 32]
    guard let first = firstIndex(where: { !blanks.contains($0) }),
      let last = lastIndex(where: { !blanks.contains($0) })
    else { return [] }
    return self[first...last]
  }
}

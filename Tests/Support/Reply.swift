/// What a ``LocalServer`` does with a request, step by step.
public struct Reply: Sendable {
  public enum Step: Sendable {
    /// Sends bytes.
    case bytes([UInt8])
    /// Sends the same bytes again and again until the client leaves.
    case endless([UInt8])
    /// Sends the same bytes ten times a second until the client leaves.
    case drip([UInt8])
    /// Waits until the gate is released.
    case wait(Gate)
    /// Never answers: waits until the client leaves.
    case hang
    /// Closes the connection.
    case close
    /// Closes the connection with a reset.
    case reset
  }

  public var steps: [Step]

  public init(_ steps: [Step]) {
    self.steps = steps
  }

  /// An ordinary answer, with a length.
  public static func answer(
    _ status: Int = 200, _ headers: [(String, String)] = [], _ body: String = ""
  ) -> Reply {
    answer(status, headers, Array(body.utf8))
  }

  /// An ordinary answer, with a length.
  public static func answer(
    _ status: Int, _ headers: [(String, String)], _ body: [UInt8]
  ) -> Reply {
    var head = "HTTP/1.1 \(status) Scripted\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if status != 304 && status != 204 { head += "Content-Length: \(body.count)\r\n" }
    return Reply([.bytes(Array((head + "\r\n").utf8) + body)])
  }

  /// Bytes as they stand.
  public static func raw(_ text: String, then steps: Step...) -> Reply {
    Reply([.bytes(Array(text.utf8))] + steps)
  }

  /// A redirect.
  public static func redirect(_ status: Int = 302, to location: String) -> Reply {
    answer(status, [("Location", location)])
  }

  /// Never an answer.
  public static let silence = Reply([.hang])
}

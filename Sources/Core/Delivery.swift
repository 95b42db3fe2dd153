/// What became of a line at an outlet.
public struct Delivery: Hashable, Sendable {
  public var alert: Alert.ID
  /// The line's number within its alert.
  public var number: Int
  public var state: Alert.State
  public var outlet: String
  public var attempts: Int
  /// What the receiver answered, or why the line was given up.
  public var detail: String?
  /// Where in the log a person asked for it to be sent again; nil for the first time.
  public var request: UInt64?

  public init(
    alert: Alert.ID, number: Int, state: Alert.State, outlet: String, attempts: Int,
    detail: String? = nil, request: UInt64? = nil
  ) {
    self.alert = alert
    self.number = number
    self.state = state
    self.outlet = outlet
    self.attempts = attempts
    self.detail = detail
    self.request = request
  }
}

// MARK: - The stored form

extension Delivery {
  func writeFields(to writer: inout JSONWriter) {
    writer.field("alert_id", alert.rawValue)
    writer.field("n", number)
    writer.field("state", state.rawValue)
    writer.field("outlet", outlet)
    writer.field("attempts", attempts)
    writer.field("detail", detail)
    writer.field("request", request)
  }

  init(_ fields: EventFields) throws(EventFormatError) {
    self.init(
      alert: Alert.ID(try fields.text("alert_id")), number: try fields.number("n"),
      state: try fields.oneOf("state"), outlet: try fields.text("outlet"),
      attempts: try fields.number("attempts"), detail: fields.text(ifAny: "detail"),
      request: fields.number(ifAny: "request").map(UInt64.init))
  }
}

import Core

/// Lines that go out together: one, or several as one digest.
public struct Bundle: Hashable, Sendable {
  public let outlet: String
  /// In the order of their cursors; at least one.
  public let lines: [AlertLine]

  /// - Precondition: `lines` is not empty.
  public init(_ lines: [AlertLine], for outlet: String) {
    precondition(!lines.isEmpty, "a bundle has at least one line")
    (self.lines, self.outlet) = (lines, outlet)
  }

  /// The line, where there is only one.
  var single: AlertLine? { lines.count == 1 ? lines[0] : nil }

  var last: AlertLine { lines[lines.count - 1] }

  /// The idempotency key: the same in every attempt, after every restart, in every redelivery.
  ///
  /// Of letters, digits, `-` and `_` whatever an alert's id or an outlet's name holds, for it stands in
  /// headers and addresses.
  public var key: String {
    if let single { return Self.plain("\(single.alert.id.rawValue)-\(single.cursor)") }
    return Self.plain("digest-\(outlet)-\(lines[0].cursor)-\(last.cursor)")
  }

  var severity: Alert.Severity { lines.map(\.alert.severity).max() ?? .info }

  /// How many lines each rule has, in the order of their first ones.
  var rules: [(rule: String, count: Int)] {
    var rules: [(rule: String, count: Int)] = []
    for line in lines {
      if let place = rules.firstIndex(where: { $0.rule == line.alert.rule }) {
        rules[place].count += 1
      } else {
        rules.append((line.alert.rule, 1))
      }
    }
    return rules
  }

  /// `12 alerts: putin-xi 7, quake-single 5`.
  var heading: String {
    let counts = rules.map { "\($0.rule) \($0.count)" }.joined(separator: ", ")
    return "\(lines.count) alerts: \(counts)"
  }

  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", "-", "_": scalar
          default: "_"
          }
        }))
  }
}

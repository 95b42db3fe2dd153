/// The numbers in a text, however they are written.
public enum Figures {
  /// Each number with a full stop as its decimal mark and no other, in order.
  public static func of(_ text: some Sequence<Unicode.Scalar>) -> [String] {
    var figures: [String] = []
    var groups: [String] = []
    var marks: [Unicode.Scalar] = []
    var mark: Unicode.Scalar?
    func end() {
      guard !groups.isEmpty else { return }
      figures.append(plain(groups, marks))
      (groups, marks) = ([], [])
    }
    for scalar in text {
      if let digit = scalar.properties.numericType == .decimal
        ? scalar.properties.numericValue : nil
      {
        if let joint = mark, !groups.isEmpty {
          marks.append(joint)
          groups.append("")
        }
        if groups.isEmpty { groups = [""] }
        groups[groups.count - 1].append(String(Int(digit)))
        mark = nil
      } else if mark == nil, !groups.isEmpty, joints.contains(scalar) {
        mark = scalar
      } else {
        end()
        mark = nil
      }
    }
    end()
    return figures
  }

  /// Marks before three digits each part thousands, unless the last is of another kind.
  private static func plain(_ groups: [String], _ marks: [Unicode.Scalar]) -> String {
    guard let last = marks.last else { return groups[0] }
    let isOther = marks.count > 1 && marks.dropLast().allSatisfy { $0 != last }
    let isThousands = groups.dropFirst().allSatisfy { $0.count == 3 } && groups[0] != "0"
    if isThousands, !isOther { return groups.joined() }
    guard marks.count == 1 || isOther else { return groups.joined(separator: ".") }
    let fraction = groups[groups.count - 1].trimmingZeros
    let whole = groups.dropLast().joined()
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  /// What may stand between the digits of one number.
  static let joints: Set<Unicode.Scalar> = [
    ".", ",", "'", "’", "\u{A0}", "\u{202F}", "٫", "٬",
  ]
}

extension String {
  fileprivate var trimmingZeros: String {
    String(self[..<(lastIndex { $0 != "0" }.map { index(after: $0) } ?? startIndex)])
  }
}

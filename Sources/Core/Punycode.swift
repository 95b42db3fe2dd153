/// Names of hosts in other scripts, as the domain name system carries them (RFC 3492).
public enum Punycode {
  /// The name of a host as the domain name system carries it, in lower case.
  ///
  /// Of UTF-8, or of its bytes percent-encoded; what is no UTF-8 stays as it is.
  public static func host(_ host: [UInt8]) -> [UInt8] {
    guard let name = String(validating: SafeAddress.decoded(host), as: UTF8.self) else {
      return host
    }
    // The full stops of other scripts part labels too (UTS #46).
    let labels = name.lowercased().split(omittingEmptySubsequences: false) { ".。．｡".contains($0) }
    let coded = labels.map { label in
      label.utf8.allSatisfy { $0 < 0x80 }
        ? String(label) : "xn--" + (encoded(label) ?? String(label))
    }
    return Array(coded.joined(separator: ".").utf8)
  }

  /// The form of one label without its `xn--`; nil for one that is longer than any label may be.
  static func encoded(_ label: some StringProtocol) -> String? {
    let input = label.unicodeScalars.map { Int($0.value) }
    guard input.count <= 63 else { return nil }
    var output = input.filter { $0 < 0x80 }.map { UInt8($0) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias) = (0x80, 0, 72)
    while handled < input.count {
      let least = input.filter { $0 >= next }.min() ?? next
      delta += (least - next) * (handled + 1)
      next = least
      for value in input {
        if value < next { delta += 1 }
        guard value == next else { continue }
        append(delta, bias, to: &output)
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A number of digits whose weights depend on `bias`.
  private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
    var rest = delta
    var place = 36
    while true {
      let threshold = min(max(place - bias, 1), 26)
      if rest < threshold { break }
      output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
      rest = (rest - threshold) / (36 - threshold)
      place += 36
    }
    output.append(digit(rest))
  }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var rest = isFirst ? delta / 700 : delta / 2
    rest += rest / count
    var steps = 0
    while rest > 455 {
      rest /= 35
      steps += 36
    }
    return steps + 36 * rest / (rest + 38)
  }

  private static func digit(_ value: Int) -> UInt8 {
    value < 26 ? UInt8(ascii: "a") + UInt8(value) : UInt8(ascii: "0") + UInt8(value - 26)
  }
}

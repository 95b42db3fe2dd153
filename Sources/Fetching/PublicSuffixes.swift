internal import FoundationEssentials

/// Below which names registries sell names: the ICANN part of the public suffix list.
///
/// What private companies give away below their own names is one site, theirs: their limits hold for
/// all of it.
struct PublicSuffixes: Sendable {
  /// Bytes of a list; the real one has 300 KB.
  private static let limit = 4 << 20

  private var names: Set<String> = []
  private var wildcards: Set<String> = []
  private var exceptions: Set<String> = []

  /// The list of this machine (Debian's `publicsuffix`), read once; `nil` where there is none.
  static let ofMachine: PublicSuffixes? = {
    let file = "/usr/share/publicsuffix/public_suffix_list.dat"
    guard let bytes = FileManager.default.contents(atPath: file), bytes.count <= limit else {
      return nil
    }
    return PublicSuffixes(String(decoding: bytes, as: UTF8.self))
  }()

  /// Reads a list in the form of publicsuffix.org; `nil` if it has no rule.
  init?(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      if line.contains("===END ICANN DOMAINS===") { break }
      guard !line.hasPrefix("//"), let rule = line.split(separator: " ").first else { continue }
      if rule.hasPrefix("!") {
        exceptions.insert(String(rule.dropFirst()))
      } else if rule.hasPrefix("*.") {
        wildcards.insert(String(rule.dropFirst(2)))
      } else {
        names.insert(String(rule))
      }
    }
    guard !names.isEmpty else { return nil }
  }

  /// How many labels at the end of a host registries keep for themselves; one where no rule says more.
  func suffixLength(_ labels: [Substring]) -> Int {
    for start in labels.indices {
      let name = labels[start...].joined(separator: ".")
      let length = labels.count - start
      if exceptions.contains(name) { return length - 1 }
      if names.contains(name) { return length }
      let parent = labels[(start + 1)...].joined(separator: ".")
      if wildcards.contains(parent) { return length }
    }
    return 1
  }
}

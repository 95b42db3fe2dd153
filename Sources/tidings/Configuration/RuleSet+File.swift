import Core
import Rules

extension RuleSet {
  /// The rules of one file, as `match` takes them.
  ///
  /// - Throws: `Faults`, all of them at once.
  static func read(_ file: String) throws(Faults) -> RuleSet {
    let rules = RuleSet(
      reading: try ConfigurationFiles.read(file), file: file, zones: SystemZones.names)
    let errors = rules.faults.filter { $0.weight == .error }
    guard errors.isEmpty else { throw Faults(errors) }
    return rules
  }
}

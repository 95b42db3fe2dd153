import Core
import Rules
import Text

extension RuleSet {
  /// Rules with their words, as the log has them; `resources` is a folder with other lists than those shipped.
  init(
    recorded vocabulary: [String: String], _ definitions: [RuleDefinition] = [],
    resources: String? = nil
  ) {
    self.init(
      vocabulary: vocabulary, definitions: definitions, zones: SystemZones.names,
      languages: { .shared(resources) })
  }

  /// The rules of one file, as `match` takes them.
  ///
  /// - Throws: `Faults`, all of them at once.
  static func read(_ file: String) throws(Faults) -> RuleSet {
    let node = try ConfigurationFiles.read(file)
    let resources = ConfigurationFiles.resources(of: node, in: file)
    let rules = RuleSet(
      reading: node, file: file, zones: SystemZones.names, languages: { .shared(resources) })
    let errors = rules.faults.filter { $0.weight == .error }
    guard errors.isEmpty else { throw Faults(errors) }
    return rules
  }
}

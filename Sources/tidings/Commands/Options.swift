import ArgumentParser
import Core
import FoundationEssentials

/// The option that every command takes.
struct ConfigurationOption: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: "The configuration; else ./tidings.yaml, else /etc/tidings/tidings.yaml.")
  var file: String?

  /// The configuration, read and checked; `warns` where warnings of its rules are shown.
  func read(readsSecrets: Bool = true, warns: Bool = false) throws -> Configuration {
    try Configuration.read(
      ConfigurationFiles.find(file), readsSecrets: readsSecrets, warns: warns)
  }
}

extension ConfigurationOption {
  /// The folder with lists and models that the configuration names, where there is one.
  func resources() throws(Faults) -> String? {
    guard ConfigurationFiles.isThere(file) else { return nil }
    let path = ConfigurationFiles.find(file)
    return ConfigurationFiles.resources(of: try ConfigurationFiles.read(path), in: path)
  }
}

/// A moment on the command line.
struct Moment: ExpressibleByArgument {
  let date: Date

  init?(argument: String) {
    guard let date = MomentText.date(argument, now: WallClock.now()) else { return nil }
    self.date = date
  }
}

/// A severity on the command line.
struct SeverityArgument: ExpressibleByArgument {
  let severity: Alert.Severity

  init?(argument: String) {
    guard let severity = Alert.Severity(rawValue: argument) else { return nil }
    self.severity = severity
  }

  static var allValueStrings: [String] { Alert.Severity.allCases.map(\.rawValue) }
}

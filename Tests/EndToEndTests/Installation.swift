import Core
import Foundation
import Support
import Testing

/// A folder with a configuration, and the built binary run on it as a person would.
final class Installation: Sendable {
  struct Outcome: Sendable {
    var status: Int32
    var output: String
    var errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  let folder: TemporaryFolder

  init(_ configuration: String) throws {
    folder = try TemporaryFolder()
    try write(configuration, to: "tidings.yaml")
  }

  var configuration: String { path("tidings.yaml") }

  func path(_ name: String) -> String { folder.path(name) }

  /// Writes a file; lists and models take a build for tests seconds to read, so the configuration says that names
  /// are not to be found where it does not say otherwise.
  func write(_ text: String, to name: String) throws {
    let isSaid = name != "tidings.yaml" || text.contains("find_names:")
    let whole = isSaid ? text : text + "\nfind_names: false\n"
    try whole.write(toFile: path(name), atomically: true, encoding: .utf8)
  }

  /// Runs a command to its end, with this installation's configuration.
  func run(_ arguments: String..., input: String = "") throws -> Outcome {
    try Self.run(arguments + ["--config", configuration], input: input)
  }

  /// Starts a command and leaves it running.
  func start(_ arguments: String...) throws -> Running {
    try Running(arguments + ["--config", configuration])
  }

  /// Runs the binary to its end.
  static func run(
    _ arguments: [String], input: String = ""
  ) throws -> Outcome {
    let running = try Running(arguments, input: input)
    let status = running.waitForEnd()
    return Outcome(status: status, output: running.output, errors: running.errors)
  }

  /// The alert lines written so far, whole ones only.
  func alerts() throws -> [JSONValue] {
    let bytes = FileManager.default.contents(atPath: path("alerts.jsonl")) ?? Data()
    return try bytes.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
  }

  /// The payloads of the events of `type` in the log.
  func events(_ type: String) throws -> [JSONValue] {
    let outcome = try run("log", "cat", "--type", type)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try outcome.lines.map { line in
      let record = try JSONValue(parsing: Array(line.utf8))
      return try #require(record["event"])
    }
  }
}

import Core
import Foundation
import Glibc
import Support
import Testing

/// The real binary whose system calls fail, by `strace -e inject=`.
@Suite("A daemon whose system calls fail", .enabled(if: Strace.isThere, "strace is not installed"))
struct FaultInjectionTests {
  /// One poll of one feed with three entries, under injected faults.
  private func run(
    _ stand: Newsstand, _ installation: Installation, _ injections: String...
  ) throws -> Installation.Outcome {
    try Strace.run(
      ["run", "--once", "--config", installation.configuration], injections: injections)
  }

  private func installation() throws -> (Installation, Newsstand) {
    let stand = try Newsstand(feeds: ["one"], limit: 3)
    return (
      try Installation(
        "page: none\npoll: {first_poll: alert, rate: 0}\nrules: [{id: watch, match: sandi}]\n"
          + stand.configuration), stand
    )
  }

  /// What must hold after every fault, once the daemon has run again without one.
  private func expectWhole(_ installation: Installation, _ fault: String) throws {
    for _ in 0..<3 {
      try? FileManager.default.removeItem(atPath: installation.path("data/state.sqlite"))
      let outcome = try installation.run("run", "--once")
      try #require(outcome.status == 0, "\(fault): \(outcome.errors)")
    }
    let titles = try installation.events("article.published").compactMap {
      $0["article"]?["title"]?.string
    }
    #expect(titles.sorted() == (1...3).map { "Kabar \($0) dari /one.xml" }, "\(fault)")
    #expect(try told(installation).sorted() == titles.sorted(), "\(fault)")
    for command in [["log", "verify"], ["rebuild", "--check"]] {
      let check = try Installation.run(command + ["--config", installation.configuration])
      #expect(check.status == 0, "\(fault): \(check.output)\(check.errors)")
    }
  }

  /// Titles in the alert file, and in one that was put aside because it could not be synced.
  private func told(_ installation: Installation) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: installation.path(""))
      .filter { $0.hasPrefix("alerts.jsonl") }
    return try names.flatMap { name in
      let bytes = FileManager.default.contents(atPath: installation.path(name)) ?? Data()
      return try bytes.split(separator: 0x0A).compactMap {
        try JSONValue(parsing: Array($0))["article"]?["title"]?.string
      }
    }
  }

  @Test(arguments: 1...12)
  func `ends with 1 where a sync fails, and the next start has all`(call: Int) throws {
    let (installation, stand) = try installation()
    defer { stand.server.stop() }
    let trace = installation.path("trace")
    let outcome = try Strace.run(
      ["run", "--once", "--config", installation.configuration],
      injections: ["fdatasync:error=EIO:when=\(call)"], tracing: trace)
    #expect(outcome.status == 0 || outcome.status == 1, "\(outcome.errors)")
    if outcome.status == 1 { #expect(outcome.errors.contains("; "), "\(outcome.errors)") }
    let failed = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("INJECTED") }
    // The watermark is a cache, and so is the rest; a segment is the log.
    if failed.contains(where: { $0.contains(".seg>") }) {
      #expect(outcome.status == 1, "\(failed)")
    }
    try expectWhole(installation, "fdatasync \(call)")
  }

  @Test func `tells at once that the alert file cannot be synced, and begins another`() throws {
    let (installation, stand) = try installation()
    defer { stand.server.stop() }
    let file = installation.path("alerts.jsonl")
    let outcome = try Strace.run(
      ["run", "--once", "--config", installation.configuration],
      injections: ["fdatasync:error=EIO:when=1"], on: file)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("Outlet fails; look at it"), "\(outcome.errors)")
    #expect(outcome.errors.contains("fdatasync failed: Input/output error"))
    #expect(try installation.events("outlet.failed").count == 1)
    #expect(!FileManager.default.fileExists(atPath: file))
    try expectWhole(installation, "alerts.jsonl")
  }

  @Test(arguments: [
    "pwrite64:error=ENOSPC:when=4+2", "pwrite64:error=EIO:when=6",
    "ftruncate:error=ENOSPC:when=1+1", "rename:error=EIO:when=2", "rename:error=ENOSPC:when=3",
    "fsync:error=EIO:when=2",
  ])
  func `loses and doubles nothing where a call fails`(fault: String) throws {
    let (installation, stand) = try installation()
    defer { stand.server.stop() }
    _ = try run(stand, installation, fault)
    try expectWhole(installation, fault)
  }

  @Test func `takes a limit on the size of files for a full disk, not for its end`() throws {
    let (installation, stand) = try installation()
    defer { stand.server.stop() }
    let limited = try Running(
      [
        "/usr/bin/prlimit", "--fsize=30000", Running.binary, "run", "--once", "--config",
        installation.configuration,
      ], binary: nil)
    #expect(limited.waitForEnd() == 1)
    #expect(limited.errors.contains("; "), "\(limited.errors)")
    try expectWhole(installation, "a limit on files")
  }

  @Test(arguments: ["pwrite64", "fdatasync", "rename", "ftruncate"])
  func `loses and doubles nothing when killed at any such call`(call: String) throws {
    for number in 1...10 {
      let (installation, stand) = try installation()
      defer { stand.server.stop() }
      let outcome = try run(stand, installation, "\(call):signal=KILL:when=\(number)")
      try expectWhole(installation, "killed at \(call) \(number)")
      if outcome.status == 0 { break }
    }
  }
}

/// Runs the built binary under strace(1).
enum Strace {
  static let path = "/usr/bin/strace"
  /// It is there, and may trace here.
  static let isThere: Bool = {
    guard unsafe access(path, X_OK) == 0 else { return false }
    return (try? Running([path, "-f", "-o", "/dev/null", "/bin/true"], binary: nil))?
      .waitForEnd() == 0
  }()

  /// The file `trace` gets the calls that are injected into, with the paths of their files; only those on `file` where
  /// one is given.
  static func run(
    _ arguments: [String], injections: [String], tracing trace: String = "/dev/null",
    on file: String? = nil
  ) throws -> Installation.Outcome {
    let calls = Set(injections.compactMap { $0.split(separator: ":").first.map(String.init) })
    let faults = injections.flatMap { ["-e", "inject=\($0)"] }
    let traced =
      (file.map { ["-P", $0] } ?? []) + [
        "-f", "-y", "-e", "trace=" + calls.sorted().joined(separator: ","),
      ]
    let running = try Running(
      [path, "-o", trace] + traced + faults + [Running.binary] + arguments, binary: nil)
    let status = running.waitForEnd()
    return Installation.Outcome(status: status, output: running.output, errors: running.errors)
  }
}

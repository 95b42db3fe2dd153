import Core
import Foundation
import Glibc
import Support
import Testing

@testable import Sending

@Suite("A program") struct ExecTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// An outlet whose program is a script of the test.
  func program(
    _ script: String, _ arguments: [String] = [], timeout: Duration = .seconds(60)
  ) throws -> Exec {
    let path = folder.path("program")
    try "\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
    // A file that was just written may not be executed while another test's child still holds it open.
    return Exec(
      name: "hook", argv: ["/bin/sh", path] + arguments, folder: folder.url.path, timeout: timeout)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  @Test func `gets the line, its arguments and an environment made from nothing`() async throws {
    let hook = try program(
      #"cat > in; env | sort > env; printf '%s\n' "$@" > args"#, ["--json", "$(id)"])
    let line = AlertFileTests.line(7)
    #expect(await hook.send([line]) == .delivered(receipt: nil))
    #expect(try text("in") == String(decoding: line.bytes, as: UTF8.self) + "\n")
    #expect(try text("args") == "--json\n$(id)\n")
    let ownOfShell: Set<String> = ["PWD", "_", "SHLVL", "OLDPWD"]
    let lines = try text("env").split(separator: "\n")
    let names = lines.map { String($0.prefix { $0 != "=" }) }.filter { !ownOfShell.contains($0) }
    #expect(
      names == [
        "HOME", "LANG", "PATH", "TIDINGS_ALERT_ID", "TIDINGS_AT", "TIDINGS_CURSOR", "TIDINGS_FEED",
        "TIDINGS_ID", "TIDINGS_REASON", "TIDINGS_RULE", "TIDINGS_SEVERITY", "TIDINGS_STATE",
        "TIDINGS_STORY", "TIDINGS_TITLE", "TIDINGS_URL", "TIDINGS_WHY",
      ])
    #expect(try text("env").contains("TIDINGS_ID=alert-7-7\n"))
  }

  @Test(arguments: [
    ("exit 0", Outcome.delivered(receipt: nil)), ("echo done", .delivered(receipt: "done ")),
    ("exit 75", .retry("exit 75", after: nil)), ("echo no >&2; exit 1", .dead("exit 1: no ")),
    ("kill -9 $$", .dead("ended by signal 9")),
    (#"printf '\033[2J'; exit 2"#, .dead(#"exit 2: \u{1b}[2J"#)),
    ("exec 0<&-; exit 0", .delivered(receipt: nil)),
    ("exec 1>&- 2>&-; exit 0", .delivered(receipt: nil)),
  ]) func `is judged by its exit`(script: String, expected: Outcome) async throws {
    #expect(await (try program(script)).send([AlertFileTests.line(7)]) == expected)
  }

  @Test func `that cannot be started pauses its outlet`() async {
    let hook = Exec(
      name: "hook", argv: [folder.path("none")], folder: folder.url.path, timeout: .seconds(9))
    #expect(
      await hook.send([AlertFileTests.line(7)])
        == .paused("cannot be started: No such file or directory"))
  }

  @Test func `that never ends is ended, with all that it started`() async throws {
    // On a busy machine it may be ended before it has begun.
    var patience = Duration.milliseconds(500)
    while true {
      let hook = try program("sleep 1000 & echo $! > pid; wait", timeout: patience)
      guard case .retry(let reason, nil) = await hook.send([AlertFileTests.line(7)]) else {
        Issue.record("it is not tried again")
        return
      }
      #expect(reason.hasPrefix("took too long"))
      if let text = try? text("pid"), let pid = pid_t(text.trimmingCharacters(in: .newlines)) {
        return try Self.waitForEnd(of: pid)
      }
      patience *= 2
    }
  }

  private static func waitForEnd(of pid: pid_t) throws {
    while kill(pid, 0) == 0 {
      guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
        !stat.contains(" Z ")
      else { return }
    }
  }

  @Test func `that ignores the request to end is killed`() async throws {
    let hook = try program("trap '' TERM; while :; do sleep 0.1; done", timeout: .milliseconds(100))
    guard case .retry(let reason, nil) = await hook.send([AlertFileTests.line(7)]) else {
      Issue.record("it is not tried again")
      return
    }
    // Its shell may have found words before it was killed.
    #expect(reason.hasPrefix("took too long"))
  }

  @Test func `that writes without measure is read to its end and kept short`() async throws {
    let hook = try program("head -c 50000000 /dev/zero | tr '\\0' x")
    guard case .delivered(let receipt?) = await hook.send([AlertFileTests.line(7)]) else {
      Issue.record("it was not delivered")
      return
    }
    #expect(receipt == String(repeating: "x", count: ChildProcess.outputLimit))
  }

  @Test func `that leaves a child behind is not waited for`() async throws {
    let hook = try program("sleep 600 & echo $! > pid; exit 0")
    #expect(await hook.send([AlertFileTests.line(7)]) == .delivered(receipt: nil))
    let pid = try #require(pid_t(try text("pid").trimmingCharacters(in: .newlines)))
    #expect(kill(pid, SIGKILL) == 0)
  }

  @Test func `inherits no descriptor`() async throws {
    let open = unsafe Glibc.open("/dev/null", O_RDONLY)
    defer { close(open) }
    let hook = try program("ls /proc/$$/fd")
    guard case .delivered(let receipt?) = await hook.send([AlertFileTests.line(7)]) else {
      Issue.record("it was not delivered")
      return
    }
    // The shell keeps its script open, beyond 9.
    #expect(receipt.split(separator: " ").compactMap { Int($0) }.filter { $0 < 10 } == [0, 1, 2])
  }

  @Test(arguments: Hostile.titles) func `takes no argument or variable from a title`(title: String)
  {
    let input = ProgramInput(Bundle([Hostile.line(title)], for: "hook"), home: "/x")
    #expect(input.environment.count == 16)
    for variable in input.environment {
      #expect(!variable.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
      #expect(variable.utf8.count <= ProgramInput.valueLimit + 20)
    }
    #expect(input.bytes.count { $0 == 0x0A } == 1 && input.bytes.last == 0x0A)
  }
}

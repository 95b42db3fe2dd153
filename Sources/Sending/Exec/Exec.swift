import Core

/// A program of the operator's, started without a shell for each line.
public struct Exec: Outlet {
  public let name: String
  public let linesAtOnce = 1
  private let argv: [String]
  private let folder: String
  private let timeout: Duration

  /// Creates an outlet that runs `argv`, a program by its absolute path and its arguments as they stand, in
  /// `folder`, which is its HOME too.
  public init(name: String, argv: [String], folder: String, timeout: Duration) {
    (self.name, self.argv, self.folder, self.timeout) = (name, argv, folder, timeout)
  }

  public func send(_ lines: [AlertLine]) async -> Outcome {
    let input = ProgramInput(Bundle(lines, for: name), home: folder)
    let end = await ChildProcess(argv: argv, input: input, folder: folder).run(timeout: timeout)
    return Self.outcome(end)
  }

  static func outcome(_ end: ChildProcess.End) -> Outcome {
    let said = SafeText.line(String(decoding: end.output, as: UTF8.self))
    let detail = said.isEmpty ? "" : ": \(said)"
    switch end.way {
    case .exited(0): return .delivered(receipt: said.isEmpty ? nil : said)
    // EX_TEMPFAIL of sysexits.h.
    case .exited(75): return .retry("exit 75\(detail)", after: nil)
    case .exited(let code): return .dead("exit \(code)\(detail)")
    case .killed(let signal): return .dead("ended by signal \(signal)\(detail)")
    case .timedOut: return .retry("took too long\(detail)", after: nil)
    case .notStarted(let why): return .paused("cannot be started: \(why)")
    }
  }
}

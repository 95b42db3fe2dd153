import CLinux
import Dispatch
import Glibc

/// One run of a program, in a process group of its own, with nothing of ours but what it is given.
struct ChildProcess: Sendable {
  struct End: Hashable, Sendable {
    enum Way: Hashable, Sendable {
      case exited(Int32)
      case killed(Int32)
      case timedOut
      case notStarted(String)
    }

    var way: Way
    /// The first bytes of what it wrote, to either output.
    var output: [UInt8] = []
  }

  /// Bytes of the output that are kept; the rest is read and dropped.
  static let outputLimit = 4 << 10
  /// From the request to end to the order to.
  static let grace = Duration.seconds(5)

  let argv: [String]
  let input: ProgramInput
  let folder: String

  /// Runs it to its end, or ends it after `timeout`.
  func run(timeout: Duration) async -> End {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: runBlocking(timeout)) }
    }
  }

  private func runBlocking(_ timeout: Duration) -> End {
    var ends: [Int32] = [-1, -1]
    guard let file = standardInput(), unsafe pipe2(&ends, O_CLOEXEC) == 0 else {
      return End(way: .notStarted("no descriptor is free"))
    }
    defer {
      close(file)
      close(ends[0])
    }
    var pid: pid_t = 0
    let code = spawn(&pid, file, ends[1])
    close(ends[1])
    guard code == 0 else { return End(way: .notStarted(unsafe String(cString: strerror(code)))) }
    return watch(pid, ends[0], timeout)
  }

  /// The input as a file in memory: a program may read it, reopen it, or close it unread, and nobody has to
  /// wait for it.
  private func standardInput() -> Int32? {
    let file = unsafe memfd_create("line", UInt32(linux_memfdCloseOnExec))
    guard file >= 0 else { return nil }
    var sent = 0
    while sent < input.bytes.count {
      let rest = Array(input.bytes[sent...])
      let count = unsafe write(file, rest, rest.count)
      guard count > 0 else {
        close(file)
        return nil
      }
      sent += count
    }
    lseek(file, 0, SEEK_SET)
    return file
  }

  // MARK: Starting

  private func spawn(_ pid: inout pid_t, _ input: Int32, _ output: Int32) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    unsafe posix_spawn_file_actions_addchdir_np(&actions, folder)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    setSignals(&attributes)
    return unsafe withCStrings(argv) { arguments in
      unsafe withCStrings(self.input.environment) { environment in
        unsafe posix_spawn(&pid, argv[0], &actions, &attributes, arguments, environment)
      }
    }
  }

  /// The program starts with every signal as it is by default, whatever this process does with them.
  private func setSignals(_ attributes: inout posix_spawnattr_t) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  private func withCStrings(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    var copies = unsafe texts.map { unsafe strdup($0) }
    unsafe copies.append(nil)
    defer { unsafe copies.forEach { unsafe free($0) } }
    return unsafe body(copies)
  }

  // MARK: Watching

  private func watch(_ pid: pid_t, _ output: Int32, _ timeout: Duration) -> End {
    let start = ContinuousClock.now
    var end = End(way: .timedOut)
    var signal: Int32?
    while true {
      read(output, into: &end.output)
      if let way = ended(pid) {
        end.way = signal == nil ? way : .timedOut
        // What it wrote last is in the pipe still.
        while read(output, into: &end.output, milliseconds: 0) {}
        return end
      }
      let age = ContinuousClock.now - start
      if signal == nil, age > timeout {
        signal = SIGTERM
        kill(-pid, SIGTERM)
      } else if signal == SIGTERM, age > timeout + Self.grace {
        signal = SIGKILL
        kill(-pid, SIGKILL)
      }
    }
  }

  /// Nil while it runs.
  private func ended(_ pid: pid_t) -> End.Way? {
    var status: Int32 = 0
    guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
  }

  /// Reads a piece of the output within some milliseconds; false if there was none.
  @discardableResult
  private func read(
    _ output: Int32, into kept: inout [UInt8], milliseconds: Int32 = 20
  ) -> Bool {
    var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) > 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = unsafe Glibc.read(output, &bytes, bytes.count)
    guard count > 0 else {
      // Closed, though the program still runs: the end is waited for all the same.
      if milliseconds > 0 { usleep(UInt32(milliseconds) * 1_000) }
      return false
    }
    kept += bytes[..<min(count, Self.outputLimit - kept.count)]
    return true
  }
}

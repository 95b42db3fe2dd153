import Core
import Glibc

/// Standard output and standard error, and whether a person reads them.
enum Terminal {
  /// Whether standard output is a terminal.
  static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether to colour: on a terminal only, and never with `NO_COLOR` (no-color.org).
  static var hasColor: Bool {
    let wish = unsafe getenv("NO_COLOR").map { unsafe String(cString: $0) } ?? ""
    return isInteractive && wish.isEmpty
  }

  /// Writes `text` and a line end; what goes to a program is bytes as they are.
  static func line(_ text: String) {
    line(Array(text.utf8))
  }

  /// A reader that went away (`| head`) ends the program quietly.
  static func line(_ bytes: [UInt8]) {
    let code = write(bytes + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    guard code != 0 else { return }
    if code == EPIPE { exit(0) }
    let reason = unsafe String(cString: strerror(code))
    tell("standard output: cannot be written: \(reason); look where it leads")
    exit(1)
  }

  /// Tells a person something beside the output: errors, warnings, progress.
  ///
  /// Where nobody can be told the work goes on: a daemon outlives the reader of its log.
  static func tell(_ text: String) {
    _ = write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }

  /// Puts `text` in the place of the line that a person saw last; nothing follows it.
  static func redraw(_ text: String) {
    _ = write(Array("\r\u{1b}[K\(text)".utf8), to: STDERR_FILENO)
  }

  /// Writes all of it; 0, or the `errno` that kept it from that.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          poll(descriptor)
          continue
        }
        return errno
      }
      rest = rest.dropFirst(count)
    }
    return 0
  }

  /// Waits until a descriptor that does not block takes bytes again.
  private static func poll(_ descriptor: Int32) {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe Glibc.poll(&wanted, 1, 1_000)
  }
}

import FoundationEssentials
import Glibc
import Serving

/// The sockets that the service manager opened for the page, by what it says in the environment (sd_listen_fds(3)).
struct PassedSockets: Hashable {
  /// SD_LISTEN_FDS_START.
  private static let first: Int32 = 3
  /// A page has one or two; systemd itself stops at some hundred thousand.
  private static let limit: Int32 = 64

  /// Consecutive, and perhaps none.
  let descriptors: Range<Int32>

  /// Reads the variables as process `pid`; those that speak to another process were inherited by mistake.
  ///
  /// - Throws: where they speak to this one and make no sense.
  init(_ environment: [String: String], pid: Int32) throws(Failure) {
    guard let receiver = environment["LISTEN_PID"], Int32(receiver) == pid else {
      descriptors = Self.first..<Self.first
      return
    }
    let count = environment["LISTEN_FDS"] ?? ""
    guard let number = Int32(count), (0...Self.limit).contains(number) else {
      throw Failure(
        "LISTEN_FDS", "'\(count)' is no number of sockets from 0 to \(Self.limit)",
        fix: "unset it, or look at the socket unit")
    }
    descriptors = Self.first..<Self.first + number
  }

  /// Takes over what was passed to this process.
  ///
  /// - Throws: where one of them is no socket that listens.
  static func take() throws -> [InheritedSocket] {
    try PassedSockets(ProcessInfo.processInfo.environment, pid: getpid())
      .descriptors.map { try InheritedSocket($0) }
  }
}

import ArgumentParser
import Core
import Glibc

/// The exit codes of every command (sysexits.h where it has one).
enum Exit {
  static let failed = ExitCode(1)
  static let nothingFound = ExitCode(2)
  static let badData = ExitCode(65)
  static let badConfiguration = ExitCode(78)
}

/// A command could not do its work: where, what, and what to do.
struct Failure: Error, CustomStringConvertible {
  var place: String
  var what: String
  var fix: String
  var code: ExitCode

  init(_ place: String, _ what: String, fix: String, code: ExitCode = Exit.failed) {
    self.place = place
    self.what = what
    self.fix = fix
    self.code = code
  }

  /// What a call of the system said just now.
  static func of(_ path: String, _ call: String) -> Failure {
    let reason = unsafe String(cString: strerror(errno == 0 ? ENOENT : errno))
    return Failure(path, "\(call) failed with \(reason)", fix: "look at its owner, rights and disk")
  }

  var description: String { SafeText.line("\(place): \(what); \(fix)") }
}

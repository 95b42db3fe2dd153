import Glibc

/// Who gives a command, for the facts that people put into the log.
enum Person {
  /// The login name of the user who runs the program, through sudo too; the number where there is none.
  static var name: String {
    if let name = unsafe getenv("SUDO_USER").map({ unsafe String(cString: $0) }) { return name }
    guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else {
      return String(getuid())
    }
    return unsafe String(cString: name)
  }
}

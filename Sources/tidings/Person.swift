import Glibc

/// Who gives a command, for the facts that people put into the log.
enum Person {
  /// The login name of the user who runs the program, through sudo too; the number where there is none.
  static var name: String {
    if let name = unsafe getenv("SUDO_USER").map({ unsafe String(cString: $0) }) { return name }
    return name(of: getuid())
  }

  /// The login name of a user, or the number where there is none.
  static func name(of user: uid_t) -> String {
    guard let entry = unsafe getpwuid(user), let name = unsafe entry.pointee.pw_name else {
      return String(user)
    }
    return unsafe String(cString: name)
  }
}

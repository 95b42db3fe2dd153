import Glibc

/// The system's words for its error numbers.
enum Errno {
  static func name(_ code: Int32) -> String {
    unsafe String(cString: strerror(code))
  }
}

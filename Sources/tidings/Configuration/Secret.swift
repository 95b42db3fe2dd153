import Core
import Glibc

/// A secret that the configuration names and never holds: it stands in a file, and is never shown.
///
/// A name without a slash is looked for among the credentials that systemd hands over, then beside the
/// configuration.
struct Secret: Hashable, Sendable {
  /// Bytes of one; more is a mistake.
  private static let limit = 16 << 10

  var file: String
  var place: Place

  /// Its one line, which may have blanks in it.
  ///
  /// - Throws: why it cannot be had; nothing of what it says.
  func read() throws(Fault) -> String {
    let lines = try lines()
    guard lines.count == 1 else {
      throw Fault(place, "the secret '\(path)' is not one line", fix: "write one line into it")
    }
    return lines[0]
  }

  /// Its lines, the newest of several first; empty ones do not count.
  ///
  /// - Throws: as `read`.
  func lines() throws(Fault) -> [String] {
    let path = path
    guard let bytes = try? Input.contents(of: path, limit: Self.limit),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      let fix = "make the file, with one line, and let the daemon's user read it"
      throw Fault(place, "the secret '\(path)' cannot be read", fix: fix)
    }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard !lines.isEmpty, lines.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } })
    else {
      throw Fault(place, "the secret '\(path)' is not one line", fix: "write one line into it")
    }
    return lines
  }

  /// What is to be said against how it is kept; nil for nothing.
  var warning: Fault? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & 0o004 != 0 else { return nil }
    let fix = "chmod o-r it"
    return Fault(place, "the secret '\(path)' can be read by anyone", fix: fix, weight: .warning)
  }

  private var path: String {
    guard !file.hasPrefix("/") else { return file }
    if !file.contains("/"), let folder = unsafe getenv("CREDENTIALS_DIRECTORY") {
      let path = unsafe String(cString: folder) + "/" + file
      if unsafe access(path, F_OK) == 0 { return path }
    }
    return ConfigurationFiles.folder(of: place.file) + "/" + file
  }
}

import FoundationEssentials
import Glibc

/// Words that stand in a file because they are nobody else's: never in YAML, never shown.
enum SecretFile {
  /// Bytes that a secret may have.
  static let sizeLimit = 16 << 10

  /// The lines of the file that `name` means.
  ///
  /// A name without a slash lies in `$CREDENTIALS_DIRECTORY`, or else beside the configuration, in `folder`.
  ///
  /// - Throws: `Unreadable`; it names the file and never what is in it.
  static func lines(_ name: String, beside folder: String) throws(Unreadable) -> [String] {
    let path = path(name, folder)
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw Unreadable(what: "'\(path)' is not there", fix: "make it, with rights 0600")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Unreadable(what: "'\(path)' is open to others", fix: "chmod 600 \(path)")
    }
    guard status.st_size <= sizeLimit, let data = FileManager.default.contents(atPath: path) else {
      throw Unreadable(what: "'\(path)' cannot be read", fix: "check its owner and rights")
    }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingPrefix { $0 == " " } }.map { String($0) }
    guard !lines.isEmpty, lines.allSatisfy({ $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }) else {
      throw Unreadable(
        what: "'\(path)' holds no secret", fix: "write it on one line, without spaces around it")
    }
    return lines
  }

  struct Unreadable: Error {
    var what: String
    var fix: String
  }

  private static func path(_ name: String, _ folder: String) -> String {
    if name.hasPrefix("/") { return name }
    if !name.contains("/"),
      let credentials = unsafe getenv("CREDENTIALS_DIRECTORY").map({ unsafe String(cString: $0) })
    {
      return credentials + "/" + name
    }
    return folder + "/" + name
  }
}

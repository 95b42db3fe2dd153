import Core
import FoundationEssentials

/// The files of a backup with their SHA-256, as `sha256sum -c MANIFEST` checks them too.
///
/// Written last: a folder without it is no backup yet. Kept elsewhere, it shows that nobody has changed
/// the copy, which the log's own checksums do not.
struct Manifest: Hashable {
  static let name = "MANIFEST"

  struct Entry: Hashable {
    /// In hexadecimal.
    var digest: String
    /// Relative to the backup's folder.
    var path: String
  }

  var entries: [Entry] = []

  /// Adds a file of `bytes`.
  mutating func add(_ path: String, _ bytes: [UInt8]) {
    entries.append(Entry(digest: SHA256.hex(bytes), path: path))
  }

  /// A line a file: digest, two spaces, path.
  var text: String {
    entries.map { "\($0.digest)  \($0.path)\n" }.joined()
  }

  /// Reads what `text` wrote.
  ///
  /// - Throws: `Failure` for a line that is none, or a path that leads out of the folder.
  init(reading text: String, file: String) throws {
    for (number, line) in text.split(separator: "\n").enumerated() {
      let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      let path = parts.last.map { String($0.drop { $0 == " " }) } ?? ""
      guard parts.count == 2, parts[0].utf8.count == 64, !path.hasPrefix("/"),
        !path.split(separator: "/").contains("..")
      else {
        throw Failure(
          "\(file):\(number + 1)", "not a line of a manifest", fix: "take another backup",
          code: Exit.badData)
      }
      entries.append(Entry(digest: String(parts[0]), path: path))
    }
  }

  init() {}
}

import FoundationEssentials
import Glibc

/// The files that lie beside a file because it was renamed, by us or by logrotate.
struct RotatedFiles {
  let path: String
  private let folder: String
  private let name: String

  init(of path: String) {
    self.path = path
    let slash = path.lastIndex(of: "/")
    folder = slash.map { String(path[...$0]) } ?? "./"
    name = slash.map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Those that we renamed, oldest first; nothing else may be deleted.
  var ours: [String] { all.filter(isOurs) }

  /// Those last written to, whoever renamed them: there the lines before the file's first one stand.
  func newest(_ count: Int) -> [String] { all.suffix(count) }

  /// A name for the file, renamed at `stamp`, that no file has.
  func free(_ stamp: String) -> String {
    let first = "\(path).\(stamp)"
    var target = first
    var number = 0
    while unsafe access(target, F_OK) == 0 {
      number += 1
      target = "\(first).\(number)"
    }
    return target
  }

  /// Makes the folder's entries durable: a new file, and a name given away.
  func syncFolder() throws(AlertFileError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AlertFileError(call: "open", code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw AlertFileError(call: "fsync", code: errno) }
  }

  /// By the time of the last write, then by name.
  private var all: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let dated = names.filter { $0.hasPrefix(name + ".") || $0.hasPrefix(name + "-") }
      .map { (path: folder + $0, written: Self.written(folder + $0)) }
    return dated.sorted { ($0.written, $0.path) < ($1.written, $1.path) }.map(\.path)
  }

  /// Nanoseconds since 1970; 0 for what is not there.
  private static func written(_ path: String) -> Int {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return 0 }
    return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
  }

  /// Whether what follows the name is a stamp as we write it: `.20240516T052700Z`, perhaps with a number.
  private func isOurs(_ file: String) -> Bool {
    let parts = file.dropFirst((folder + name).count).split(separator: ".")
    guard let stamp = parts.first, parts.count <= 2, stamp.utf8.count == 16 else { return false }
    let isStamp = zip(stamp.utf8, "00000000T000000Z".utf8).allSatisfy { given, wanted in
      wanted == UInt8(ascii: "0") ? (0x30...0x39).contains(given) : given == wanted
    }
    return isStamp && parts.dropFirst().allSatisfy { Int($0) != nil }
  }
}

import Core
import FoundationEssentials
import Glibc

/// The files that come with the program: beside the binary, or where the configuration says.
struct ResourceFiles {
  /// Bytes of one file; more is refused.
  static let limit = 64 << 20

  /// Folders that may hold a file, the first that does wins.
  private let folders: [String]

  /// - Parameter folder: the operator's own; what it lacks is taken from those beside the binary.
  init(_ folder: String? = nil) {
    let binary = Self.binaryFolder
    folders =
      (folder.map { [$0] } ?? [])
      // As SwiftPM builds it; as `make install` and packages put it.
      + ["\(binary)/tidings_tidings.resources/Resources", "\(binary)/../share/tidings"]
  }

  /// The bytes of a file.
  ///
  /// - Throws: `Failure` where no folder has it, or it cannot be read.
  func bytes(_ name: String) throws(Failure) -> [UInt8] {
    guard let path = path(name) else {
      throw Failure(
        name, "is in none of \(folders.joined(separator: ", "))",
        fix: "install the files that come with the program beside it")
    }
    do {
      return try Input.contents(of: path, limit: Self.limit)
    } catch {
      switch error {
      case .tooLarge: throw Failure(path, "is over 64 MiB", fix: "give a smaller file")
      case .unreadable(let reason):
        throw Failure(path, "cannot be read: \(reason)", fix: "check its name and rights")
      }
    }
  }

  /// Where a file lies; nil where no folder has it.
  func path(_ name: String) -> String? {
    folders.map { $0 + "/" + name }.first { unsafe access($0, R_OK) == 0 }
  }

  private static var binaryFolder: String {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    let binary = path ?? CommandLine.arguments[0]
    return binary.lastIndex(of: "/").map { String(binary[..<$0]) } ?? "."
  }
}

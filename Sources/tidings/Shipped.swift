import Core
import FoundationEssentials
import Glibc

/// Files that belong to the program: tables that would be megabytes of source.
enum Shipped {
  /// The text of the file called `name`.
  ///
  /// Without it articles would be read otherwise than everywhere else, so the program ends, as it would
  /// without a library.
  static func text(_ name: String) -> String {
    for folder in folders {
      if let data = FileManager.default.contents(atPath: "\(folder)/\(name)") {
        return String(decoding: data, as: UTF8.self)
      }
    }
    Terminal.tell(
      SafeText.line(
        "\(folders.joined(separator: ", ")): \(name) is in none of them; install the program whole")
    )
    exit(1)
  }

  /// Where they lie as built, and as installed.
  private static var folders: [String] {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let folder = program.deletingLastPathComponent()
    return [
      folder.appending(path: "tidings_tidings.resources/Resources").path,
      folder.deletingLastPathComponent().appending(path: "share/tidings").path,
    ]
  }
}

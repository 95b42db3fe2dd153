import Glibc
import Text

extension Background {
  /// The languages that a table ships for.
  private static let languages = ["en", "id"]

  /// The tables that ship; read once.
  ///
  /// Without them articles would be put into other stories than everywhere else, so the program ends, as it would without
  /// a library.
  static let shipped: Background = {
    var background = Background()
    let files = ResourceFiles()
    for language in languages {
      let name = "background-\(language).tsv"
      do throws(Failure) {
        let text = String(decoding: try files.bytes(name), as: UTF8.self)
        guard background.read(text, for: language) else {
          throw Failure(name, "is no table of terms", fix: "install the program whole")
        }
      } catch {
        Terminal.tell(error.description)
        exit(1)
      }
    }
    return background
  }()
}

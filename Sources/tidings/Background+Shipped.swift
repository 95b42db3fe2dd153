import Glibc
import Text

extension Background {
  /// The languages that a table ships for.
  private static let languages = ["en", "id"]

  /// The tables that ship; read once.
  static let shipped: Background = {
    var background = Background()
    for language in languages {
      let name = "background-\(language).tsv"
      guard background.read(Shipped.text(name), for: language) else {
        Terminal.tell("\(name): is no table of terms; install the program whole")
        exit(1)
      }
    }
    return background
  }()
}

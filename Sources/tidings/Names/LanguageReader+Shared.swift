import Glibc
import Synchronization
import Text

extension LanguageReader {
  /// The file of what languages are told by.
  static let table = "ngrams.tsv"

  /// Those of a folder are read once.
  private static let read = Mutex<[String: LanguageReader]>([:])

  /// What tells languages: the table of `folder`, else the one that comes with the program; read when it is
  /// first asked for.
  ///
  /// Without it `lang:` would mean something else than everywhere, so the program ends.
  static func shared(_ folder: String?) -> LanguageReader {
    read.withLock { read in
      if let known = read[folder ?? ""] { return known }
      do throws(Failure) {
        let runs = try ResourceFiles(folder).bytes(table)
        let reader = LanguageReader(LanguageTable(reading: runs))
        read[folder ?? ""] = reader
        return reader
      } catch {
        Terminal.tell(error.description)
        exit(1)
      }
    }
  }
}

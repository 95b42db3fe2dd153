import Glibc
import Synchronization
import Text

extension ReadingModels {
  /// Those of a folder are read once.
  private static let read = Mutex<[String: ReadingModels]>([:])

  /// What articles are read with: the lists and models of `folder`, and of those that come with the program
  /// what it lacks; read when they are first asked for.
  ///
  /// Without them names would be missing from what is kept for good, so the program ends, as it would without a
  /// library.
  static func shared(_ folder: String?) -> ReadingModels {
    read.withLock { read in
      if let known = read[folder ?? ""] { return known }
      do throws(Failure) {
        let models = try ReadingModels(ResourceFiles(folder))
        read[folder ?? ""] = models
        return models
      } catch {
        Terminal.tell(error.description)
        exit(1)
      }
    }
  }

  /// - Throws: `Failure` for a file that is missing or malformed.
  private init(_ files: ResourceFiles) throws(Failure) {
    let resources = try NameResources(files)
    let runs = try files.bytes(LanguageReader.table)
    self.init(
      names: resources.finder(),
      id: "reading:\(Text.Reading.version) " + resources.id + " ngrams:"
        + NameResources.digest(runs))
  }
}

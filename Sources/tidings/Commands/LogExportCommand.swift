import ArgumentParser
import Core
import EventLog
import Projections

/// Prints the log's events in forms that other programs read.
struct LogExportCommand: AsyncParsableCommand {
  /// How articles are written, where only they are wanted.
  enum ArticleForm: String, ExpressibleByArgument, CaseIterable {
    case ninjs
    case schemaOrg = "schema.org"
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Print events as CloudEvents 1.0, or articles as ninjs 3.1 or schema.org, one a line.",
    discussion: """
      Redacted and lost records are left out; their positions are missing in `sequence`.
      Example: tidings log export --since 7d
      Example: tidings log export --articles ninjs --feed kumparan
      """)

  @OptionGroup var options: ConfigurationOption

  @OptionGroup var filter: RecordFilter

  @Option(help: "Only articles, each revision, in this form: ninjs or schema.org.")
  var articles: ArticleForm?

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    var events = CloudEvents(log: await log.identity)
    _ = try await filter.forEach(in: log) { records in
      for record in records where !record.isRedacted && !record.isLost {
        if let articles {
          try export(record, as: articles)
        } else {
          Terminal.line(try events.line(record))
        }
      }
    }
  }

  private func export(_ record: Record, as form: ArticleForm) throws {
    guard let article = try Event(of: record)?.article else { return }
    switch form {
    case .ninjs: Terminal.line(ArticleExport.ninjs(article))
    case .schemaOrg: Terminal.line(ArticleExport.schemaOrg(article))
    }
  }
}

extension Event {
  /// The article that was published or revised.
  fileprivate var article: Article? {
    switch fact {
    case .articlePublished(let article, _), .articleRevised(let article, _): article
    default: nil
    }
  }
}

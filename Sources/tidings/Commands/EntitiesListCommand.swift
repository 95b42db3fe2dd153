import ArgumentParser
import Core
import FoundationEssentials
import Projections
import Serving

/// Who and what is in the news.
struct EntitiesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show the most mentioned entities, those that rise or are new, or one of them.",
    discussion: """
      An id, name or alias shows one entity: how it is written and who says so, when and by whom it is
      mentioned, with whom, in which stories, and what people said of it.
      Example: tidings entities --since 7d
      Example: tidings entities --order rising
      Example: tidings entities list China
      Example: tidings entities list China --as-of 2026-01-31
      """)

  @OptionGroup var options: ConfigurationOption
  @Argument(help: "An id, name or alias; nothing for all.") var name: String?
  @Option(help: "Only mentions from this moment on.") var since: Moment?
  @Option(help: "As it was known at this moment; replays the log up to it.") var asOf: Moment?
  @Option(help: "Which come first: mentioned, rising (beyond what is usual) or new (in a week).")
  var order = EntityOrderArgument(order: .mentioned)
  @Option(name: .short, help: "How many.") var number = 50
  @Flag(help: "JSON instead of columns.") var json = false

  func validate() throws {
    if number < 0 { throw ValidationError("-n takes 0 or more") }
  }

  func run() async throws {
    try await Reading.withViews(try options.read().paths, asOf: asOf?.date, show)
  }

  private func show(_ views: Views) throws {
    guard let name else {
      let entities = try views.entities(since: since?.date, order: order.order, limit: number)
      return EntityLines.show(entities, json: json)
    }
    guard let entity = try views.entity(name, since: since?.date) else { throw Exit.nothingFound }
    if json { JSONLines.show([entity]) { $1.write(to: &$0) } } else { EntityLines.show(entity) }
  }
}

/// Which entities come first, on the command line.
struct EntityOrderArgument: ExpressibleByArgument {
  let order: EntityOrder

  init(order: EntityOrder) { self.order = order }

  init?(argument: String) {
    guard let order = EntityOrder(rawValue: argument) else { return nil }
    self.order = order
  }

  static var allValueStrings: [String] { EntityOrder.allCases.map(\.rawValue) }

  var defaultValueDescription: String { order.rawValue }
}

import ArgumentParser
import Core
import EventLog

/// Says how large the log is and what is in it.
struct LogStatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Say how large the log is, its span, and how many events of each type it holds.",
    discussion: "Example: tidings log stats --json")

  @OptionGroup var options: ConfigurationOption

  @Flag(help: "One JSON document instead of text.")
  var json = false

  func run() async throws {
    let log = try Reading.log(try options.read().paths)
    let statistics = try await log.statistics()
    let counts = try await counts(log)
    if json { Terminal.line(document(statistics, counts)) } else { show(statistics, counts) }
  }

  private func counts(_ log: SegmentedLog) async throws -> [(type: String, count: Int)] {
    var counts: [UInt16: Int] = [:]
    try await log.forEachBatch { records in
      for record in records { counts[record.kind, default: 0] += 1 }
    }
    return counts.sorted { $0.key < $1.key }.map { kind, count in
      (EventKind(rawValue: kind)?.type ?? "kind \(kind)", count)
    }
  }

  private func document(
    _ statistics: LogStatistics, _ counts: [(type: String, count: Int)]
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("records", statistics.records)
      writer.field("bytes", statistics.bytes)
      writer.field("segments", statistics.segments)
      writer.field("first", statistics.first)
      writer.field("last", statistics.last)
      writer.field(
        "types",
        object: { types in
          for (type, count) in counts { types.field(type, count) }
        })
    }
    return writer.bytes
  }

  private func show(_ statistics: LogStatistics, _ counts: [(type: String, count: Int)]) {
    let span = [statistics.first, statistics.last].compactMap { $0.map(Timestamp.text) }
    Terminal.line(
      "\(statistics.records) records, \(statistics.bytes) bytes, \(statistics.segments) segments")
    if !span.isEmpty { Terminal.line(span.joined(separator: " to ")) }
    var columns = Columns("type", "events")
    for (type, count) in counts { columns.add(type, String(count)) }
    columns.lines.forEach { Terminal.line($0) }
  }
}

import Core
import FoundationEssentials
import Rules

/// Articles as JSON Lines on standard input, each answered by lines of its own.
enum ArticleLines {
  /// Bytes of input that are in memory at a time, roughly.
  private static let batchBytes = 4 << 20

  /// Prints what `answer` says of each article, in input order, `jobs` of them at a time.
  ///
  /// - Throws: `Exit.badData` at the end where a line was no article; it was named and skipped.
  static func answer(jobs: Int, _ answer: @escaping @Sendable (ArticleLine) -> [UInt8]) async throws
  {
    try await read(jobs: jobs, answer) { if !$0.isEmpty { Terminal.line($0) } }
  }

  /// Gives `body` what `reader` makes of each article, in input order; `jobs` of them are read at a time.
  ///
  /// - Throws: `Exit.badData` at the end where a line was no article; it was named and skipped.
  static func read<Value: Sendable>(
    jobs: Int, _ reader: @escaping @Sendable (ArticleLine) -> Value, _ body: (Value) throws -> Void
  ) async throws {
    var number = 0
    var faults = 0
    try await Input.lines(size: batchBytes) { lines in
      for result in await results(of: lines, jobs, reader) {
        number += 1
        switch result {
        case .success(let value): if let value { try body(value) }
        case .failure(let error):
          faults += 1
          Terminal.tell(
            SafeText.line("standard input:\(number): no article: \(error); line skipped"))
        }
      }
    }
    if faults > 0 { throw Exit.badData }
  }

  /// The answers in the order of the lines, given in `jobs` parts at a time.
  private static func results<Value: Sendable>(
    of lines: [ArraySlice<UInt8>], _ jobs: Int, _ reader: @escaping @Sendable (ArticleLine) -> Value
  ) async -> [Result<Value?, JSONError>] {
    let part = max(1, (lines.count + jobs - 1) / jobs)
    return await withTaskGroup(of: (Int, [Result<Value?, JSONError>]).self) { group in
      for start in stride(from: 0, to: lines.count, by: part) {
        let slice = Array(lines[start..<min(start + part, lines.count)])
        group.addTask { (start, slice.map { result(of: $0, reader) }) }
      }
      var parts: [(Int, [Result<Value?, JSONError>])] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// Nil for a line with nothing in it.
  private static func result<Value>(
    of line: ArraySlice<UInt8>, _ reader: (ArticleLine) -> Value
  ) -> Result<Value?, JSONError> {
    guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) else { return .success(nil) }
    do {
      return .success(reader(try ArticleLine(line)))
    } catch {
      return .failure(error)
    }
  }
}

/// A line of standard input: an article, and what it says of it beside.
struct ArticleLine {
  let article: Article
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) throws(JSONError) {
    self.bytes = bytes
    var reader = JSONReader(Array(bytes))
    article = try Article(from: &reader, now: .init(timeIntervalSince1970: 0))
    try reader.end()
  }

  /// The story that it is told in; nil where the line names none, which is read anew each time.
  var told: ArticleStory? {
    let story = (try? JSONValue(parsing: Array(bytes)))?["story"]?.string
    return story.map { ArticleStory(story: Story.ID($0), original: article.id) }
  }
}

import Core
import Foundation
import Glibc
import Parsing
import Support

/// `make fuzz`: reads damaged feeds until the time is over, and stops at the first that breaks a promise.
///
/// A document ends in a feed or in a `FeedParseError`, twice the same, in time that grows with its size, and
/// what is printed of it is JSON. Each document is written down before it is read, so that one that ends
/// the process is there to be looked at: it belongs into the tests then.
@main
enum Fuzz {
  static func main() throws {
    let arguments = CommandLine.arguments
    let minutes = arguments.count > 1 ? Double(arguments[1]) ?? 5 : 5
    let seed = UInt64(Date().timeIntervalSince1970)
    var random = SeededGenerator(seed: seed)
    let samples = FeedSample.all + (arguments.count > 2 ? try documents(in: arguments[2]) : [])
    let last = FileManager.default.temporaryDirectory.appending(path: "tidings-fuzz-document")
    print("seed \(seed), \(samples.count) documents; the last one read is \(last.path)")
    guard FileManager.default.createFile(atPath: last.path, contents: nil) else {
      throw CocoaError(.fileWriteUnknown)
    }
    let file = try FileHandle(forWritingTo: last)
    let end = Date().addingTimeInterval(minutes * 60)
    var rounds = 0
    while Date() < end {
      let bytes = document(from: samples, &random)
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: Data(bytes))
      if let fault = fault(of: bytes) {
        print("after \(rounds) documents: \(fault); see \(last.path)")
        exit(1)
      }
      rounds += 1
    }
    print("\(rounds) documents, no fault")
  }

  private static func documents(in folder: String) throws -> [[UInt8]] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().compactMap {
      let data = FileManager.default.contents(atPath: folder + "/" + $0)
      return data.flatMap { $0.isEmpty || $0.count > 1 << 18 ? nil : [UInt8]($0) }
    }
  }

  /// A sample, or the end of one behind the beginning of another, with some damage.
  private static func document(
    from samples: [[UInt8]], _ random: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = samples[Int.random(in: samples.indices, using: &random)]
    if Int.random(in: 0..<4, using: &random) == 0 {
      let other = samples[Int.random(in: samples.indices, using: &random)]
      bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
      bytes += other[Int.random(in: 0...other.count, using: &random)...]
    }
    for _ in 0..<Int.random(in: 1...12, using: &random) { random.damage(&bytes) }
    // A piece many times over, since what is done for each may be done for all each time.
    if Int.random(in: 0..<16, using: &random) == 0, !bytes.isEmpty {
      let start = Int.random(in: bytes.indices, using: &random)
      let piece = bytes[start..<min(bytes.count, start + Int.random(in: 1...64, using: &random))]
      let many = (0..<Int.random(in: 1...4_000, using: &random)).flatMap { _ in piece }
      bytes.insert(contentsOf: many, at: start)
    }
    return bytes
  }

  /// What `bytes` show to be wrong with the reader; nil for nothing.
  private static func fault(of bytes: [UInt8]) -> String? {
    let start = clock()
    let first = read(bytes)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    if seconds > 0.25 + Double(bytes.count) * 2e-6 { return "took \(seconds) s" }
    if first != read(bytes) { return "read twice is not the same" }
    guard let first else { return nil }
    guard let json = try? JSONValue(parsing: first.json) else { return "printed as no JSON" }
    return json["entries"]?.array?.count == first.entries.count ? nil : "entries lost in printing"
  }

  private static func read(_ bytes: [UInt8]) -> ParsedFeed? {
    try? ParsedFeed(
      parsing: bytes, base: "https://n.example/feed", contentType: nil, contentLanguage: nil)
  }
}

import Core
import Foundation
import Glibc

/// Programs that look for the same keywords in the same texts, where they are installed.
///
/// They stop at the first hit of a line and find substrings; we find whole words, folded, with their places.
struct MatchPeers {
  /// Keywords above which a peer would keep the benchmark for minutes.
  private static let limit = 10_000
  /// The texts are gone through so often, so that starting a program weighs little.
  private static let rounds = 8

  private let folder: String
  private let corpus: String
  private let bytes: Double

  init(_ texts: [String]) throws {
    folder = NSTemporaryDirectory() + "tidings-peers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    corpus = folder + "/texts"
    let text = texts.joined(separator: "\n") + "\n"
    bytes = Double(text.utf8.count * Self.rounds) / 1e6
    try String(repeating: text, count: Self.rounds).write(
      toFile: corpus, atomically: true, encoding: .utf8)
  }

  func remove() throws { try FileManager.default.removeItem(atPath: folder) }

  /// Prints a row for each peer: what we do, and what it does.
  func rows(_ keywords: [String], ours: Double) throws {
    guard keywords.count <= Self.limit else { return }
    let file = folder + "/keywords"
    try (keywords.joined(separator: "\n") + "\n").write(
      toFile: file, atomically: true, encoding: .utf8)
    for (name, program, arguments) in [
      ("grep -F", "grep", ["-c", "-F", "-f", file, corpus]),
      ("rg -F", "rg", ["-c", "-F", "-f", file, corpus]),
      ("pyahocorasick", "python3", ["-c", Self.script, file, corpus]),
    ] {
      guard let seconds = try time(program, arguments) else {
        print("\(name): not installed, or it failed; not measured")
        continue
      }
      Benchmarks.row("match \(keywords.count) keywords", ours, bytes / seconds, "MB/s", name)
    }
  }

  private static let script = """
    import sys, ahocorasick
    words = open(sys.argv[1], encoding="utf-8").read().split("\\n")
    automaton = ahocorasick.Automaton()
    for number, word in enumerate(words):
        if word: automaton.add_word(word, number)
    automaton.make_automaton()
    print(sum(1 for _ in automaton.iter(open(sys.argv[2], encoding="utf-8").read())))
    """

  /// Seconds of a program from its start to its end; nil where it is not there or fails.
  private func time(_ program: String, _ arguments: [String]) throws -> Double? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    process.waitUntilExit()
    // grep and rg end with 1 where no line has a keyword.
    let isFine =
      process.terminationStatus == 0 || (process.terminationStatus == 1 && program != "python3")
    return isFine ? (ContinuousClock.now - start).seconds : nil
  }
}

import Foundation
import Parsing

/// What reading a document takes at its peak, as so many times its size: three at most is the goal.
///
/// The document itself counts, and the Strings that come out; that is what the kernel says of us (proc(5)).
enum ParseMemory {
  static func run() throws {
    try report("UTF-8", document(.russian, "UTF-8"))
    try report("windows-1251", document(.russian, "windows-1251"))
    try report("Shift_JIS", document(.japanese, "Shift_JIS"))
    try report("JSON", json())
  }

  /// Reads `bytes` in a process of its own, which has nothing else in its memory.
  private static func report(_ name: String, _ bytes: [UInt8]) throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "tidings-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    process.arguments = ["memory", file.path]
    process.standardOutput = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let peak = Double(said) else { return print("memory of \(name): nothing was read") }
    Benchmarks.figure(
      "memory of \(bytes.count >> 20) MiB of \(name)", peak / Double(bytes.count),
      "times the document")
  }

  /// Prints the bytes that reading the document in a file takes at the peak.
  static func measure(_ path: String) throws {
    let before = peak
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(try file.seekToEnd()))
    try file.seek(toOffset: 0)
    while let part = try file.read(upToCount: 1 << 16), !part.isEmpty { bytes += part }
    let feed = try ParsedFeed(
      parsing: bytes, base: "https://n.example/", contentType: nil, contentLanguage: nil)
    if feed.entries.count > 100 { print(peak - before, terminator: "") }
  }

  /// The items of many feeds under one head.
  private static func document(_ language: FeedShape.Language, _ encoding: String) -> [UInt8] {
    var text = ""
    var seed: UInt64 = 0
    while text.utf8.count < 30_000_000 {
      seed += 1
      let rss = FeedShape(language: language, seed: seed).rss(escaped: false, encoding: encoding)
      let start = rss.range(of: "<item>")?.lowerBound ?? rss.endIndex
      let end = rss.range(of: "</channel>")?.lowerBound ?? rss.endIndex
      text += text.isEmpty ? rss[..<end] : rss[start..<end]
    }
    return encoding == "UTF-8" ? Array(text.utf8) : Encoded.bytes(text, in: encoding)
  }

  private static func json() -> [UInt8] {
    let content = String(repeating: "<p>Kabar dari kota, hari ini juga.</p>", count: 100)
    let items = (0..<5_000).map {
      "{\"id\":\"\($0)\",\"url\":\"https://n.example/\($0)\",\"title\":\"Kabar \($0)\","
        + "\"content_html\":\"\(content)\",\"date_published\":\"2024-05-16T05:27:00Z\"}"
    }
    return Array("{\"title\":\"T\",\"items\":[\(items.joined(separator: ","))]}".utf8)
  }

  /// The most memory that this process had, in bytes.
  private static var peak: Int {
    let lines = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = lines.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { $0.split { $0 == " " || $0 == "\t" }.dropFirst().first }
      .flatMap { Int($0) }.map { $0 << 10 } ?? 0
  }
}

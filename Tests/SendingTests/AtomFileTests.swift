import Core
import Foundation
import FoundationXML
import Support
import Testing

@testable import Sending

/// Reads a feed as any XML reader does; the names and texts of its elements.
private final class Reader: NSObject, XMLParserDelegate {
  var elements: [(path: String, attributes: [String: String], text: String)] = []
  private var open: [Int] = []

  func read(_ bytes: [UInt8]) -> Bool {
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    return parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let path = open.last.map { elements[$0].path + "/" } ?? ""
    open.append(elements.count)
    elements.append((path + name, attributes, ""))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func texts(_ path: String) -> [String] { elements.filter { $0.path == path }.map(\.text) }
}

@Suite("A feed of alerts") struct AtomFileTests {
  @Test func `shows the latest, newest first, each alert once`() async throws {
    let folder = try TemporaryFolder()
    let past = AlertFileTests.line(1)
    let feed = AtomFile(name: "feed", path: folder.path("a.atom"), entries: 3) { _ in [past] }
    #expect(await feed.send([AlertFileTests.line(2)]) == .delivered(receipt: nil))
    var amended = AlertFileTests.line(2).alert
    amended.state = .amended
    amended.at = amended.at.addingTimeInterval(60)
    _ = await feed.send([AlertLine(amended, cursor: 3)])
    _ = await feed.send([AlertLine(amended, cursor: 3)])
    let reader = Reader()
    #expect(reader.read([UInt8](try Data(contentsOf: URL(filePath: folder.path("a.atom"))))))
    #expect(reader.texts("feed/entry/id") == ["urn:tidings:alert-2", "urn:tidings:alert-1"])
    #expect(reader.texts("feed/entry/title") == ["amended: Gempa", "Gempa"])
    #expect(reader.texts("feed/entry/updated").first == "2024-05-16T05:28:00Z")
    #expect(reader.texts("feed/entry/published").first == "2024-05-16T05:27:00Z")
    #expect(reader.texts("feed/updated") == ["2024-05-16T05:28:00Z"])
  }

  @Test func `keeps no more than it should`() async throws {
    let folder = try TemporaryFolder()
    let feed = AtomFile(name: "feed", path: folder.path("a.atom"), entries: 3) { _ in [] }
    _ = await feed.send((1...9).map { AlertFileTests.line($0) })
    let reader = Reader()
    #expect(reader.read([UInt8](try Data(contentsOf: URL(filePath: folder.path("a.atom"))))))
    #expect(
      reader.texts("feed/entry/id") == [9, 8, 7].map { "urn:tidings:alert-\($0)" })
  }

  @Test func `that cannot be written is tried again`() async throws {
    let feed = AtomFile(name: "feed", path: "/nowhere/at/all", entries: 3) { _ in [] }
    guard case .retry = await feed.send([AlertFileTests.line(1)]) else {
      Issue.record("it was written")
      return
    }
  }

  @Test(arguments: Hostile.titles) func `takes nothing from a title but text`(title: String) throws
  {
    let reader = Reader()
    let bytes = AtomFile.document([Hostile.line(title)], of: "feed")
    #expect(reader.read(bytes))
    #expect(
      reader.elements.map(\.path) == [
        "feed", "feed/id", "feed/title", "feed/updated", "feed/author", "feed/author/name",
        "feed/entry", "feed/entry/id", "feed/entry/title", "feed/entry/updated",
        "feed/entry/published", "feed/entry/category", "feed/entry/category", "feed/entry/summary",
      ])
    #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
  }
}

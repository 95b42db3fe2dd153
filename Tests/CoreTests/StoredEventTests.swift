import Core
import Foundation
import Testing

/// Each line in `Fixtures/events` must be read for ever.
@Suite("A stored event") struct StoredEventTests {
  static func line(_ type: String, _ version: Int) throws -> [UInt8] {
    let file = try #require(
      Bundle.module.url(
        forResource: "\(type).v\(version)", withExtension: "json", subdirectory: "Fixtures/events"))
    let bytes = [UInt8](try Data(contentsOf: file))
    #expect(bytes.last == UInt8(ascii: "\n") && bytes.count { $0 == UInt8(ascii: "\n") } == 1)
    return bytes.dropLast()
  }

  static func event(_ type: String) throws -> Event {
    let event = EventTests.facts.map { Event(at: EventTests.at, $0) }.first { $0.kind.type == type }
    return try #require(event)
  }

  @Test(arguments: EventKind.allCases)
  func `of every version of every kind is read as what it was`(kind: EventKind) throws {
    for version in 1...Upcasts.current.version(of: kind) {
      let line = try Self.line(kind.type, version)
      #expect(try Event(kind: kind.rawValue, json: line) == Self.event(kind.type))
    }
  }

  @Test(arguments: EventKind.allCases)
  func `of today is written with the same bytes`(kind: EventKind) throws {
    let line = try Self.line(kind.type, Upcasts.current.version(of: kind))
    let written = try Self.event(kind.type).json
    #expect(String(decoding: written, as: UTF8.self) == String(decoding: line, as: UTF8.self))
  }

  /// What a newer program may have added to a line, and at what depth.
  @Test(arguments: EventKind.allCases)
  func `with fields that we do not know is read without them`(kind: EventKind) throws {
    let line = String(
      decoding: try Self.line(kind.type, Upcasts.current.version(of: kind)), as: UTF8.self)
    let later =
      #""later":{"a":[1.5,null,"x"]},"score":0.91,"list":[{}],"nothing":null,"#
      + #""a name that is longer than all of ours":true,"#
    // Names that other kinds use in another form.
    let foreign =
      #""positions":"x","since":{},"hosts":[1,"x"],"group":5,"why":{},"where":[],"until":"soon","#
    let isForeign = ![
      .alertHeld, .silenceSet, .networkLost, .feedRecovered, .networkReturned, .recordRedacted,
    ].contains(kind)
    let longer = line.replacing(
      "{\"", with: "{" + later + (isForeign ? foreign : "") + "\"", maxReplacements: 1
    )
    .replacing(#","article":{"#, with: #","article":{"# + later)
    .replacing(#","alert":{"#, with: #","alert":{"# + later)
    #expect(longer.utf8.count > line.utf8.count)
    #expect(try Event(kind: kind.rawValue, json: Array(longer.utf8)) == Self.event(kind.type))
  }

  @Test func `has no fixture of a type that is not there`() throws {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures/events", withExtension: nil))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let known = EventKind.allCases.flatMap { kind in
      (1...Upcasts.current.version(of: kind)).map { "\(kind.type).v\($0).json" }
    }
    #expect(names.sorted() == known.sorted())
  }
}

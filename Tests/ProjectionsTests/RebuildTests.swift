import Core
import EventLog
import Foundation
import GRDB
import Synchronization
import Support
import Testing

@testable import Projections

/// A view of another version.
struct LaterView: Projection {
  static let version = 1_000
  static let tables = ["later"]

  func createTables(in db: Database) throws {
    try db.execute(sql: "CREATE TABLE later (position INTEGER PRIMARY KEY, kind INTEGER NOT NULL)")
  }

  func apply(_ recorded: Recorded, in db: Database) throws {
    try db.execute(
      sql: "INSERT INTO later VALUES (?, ?)",
      arguments: [Int64(recorded.position.rawValue), Int64(recorded.event.kind.rawValue)])
  }
}

@Suite("A rebuild") struct RebuildTests {
  let archived: Archived

  init() throws {
    archived = try Archived()
  }

  func exists(_ suffix: String) -> Bool {
    FileManager.default.fileExists(atPath: archived.file + suffix)
  }

  func rows(_ views: Views) throws -> Int? {
    try views.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM later") }
  }

  @Test func `makes views of another version beside the old ones, and takes their place`()
    async throws
  {
    try await archived.live(3)
    try await archived.views().close()
    let old = try Views.reader(archived.file, Archived.projections)
    let before = try old.digests()
    let later = await archived.rebuild { [DefinitionView(), LaterView()] }
    #expect(throws: ViewsError.otherVersion(archived.file)) {
      try Views.reader(archived.file, [DefinitionView(), LaterView()])
    }
    let views = try await later.open()
    #expect(try rows(views) == 7)
    // Who had the old file open reads on in it; a new reader is told.
    #expect(try old.digests() == before)
    #expect(throws: ViewsError.otherVersion(archived.file)) {
      try Views.reader(archived.file, Archived.projections)
    }
    #expect(!exists(".new") && !exists(".ready") && !exists(".new-wal"))
  }

  @Test
  func
    `waits beside a daemon, misses nothing that comes meanwhile, and is taken at its next start`()
    async throws
  {
    try await archived.live(3)
    let daemon = try await archived.views()
    let later = await archived.rebuild { [DefinitionView(), LaterView()] }
    #expect(try await later.prepare() == Position(rawValue: 7))
    #expect(exists(".ready") && !exists(".new"))
    // The daemon goes on in its own file.
    try await archived.append(.articlePublished(archived.article("z", "Banjir"), .live))
    try await archived.fold(daemon)
    #expect(try daemon.search("banjir", limit: 9).count == 1)
    try daemon.close()
    let views = try await later.open()
    #expect(try views.position == Position(rawValue: 7))
    try await archived.fold(views)
    #expect(try rows(views) == 8)
    #expect(!exists(".ready"))
  }

  @Test func `leaves no write of the old file to the new one`() async throws {
    try await archived.live(3)
    // Open to the end, so that its writes still wait in the log beside the file.
    let old = try await archived.views()
    #expect(exists("-wal"))
    let rebuild = await archived.rebuild()
    try await rebuild.prepare()
    try rebuild.swap()
    #expect(!exists(".new-wal") && !exists("-wal"))
    let new = try Views.reader(archived.file, Archived.projections)
    #expect(try new.position == Position(rawValue: 7))
    #expect(try new.articles(ArticleFilter(), limit: 9).count == 3)
    try await archived.append(.articlePublished(archived.article("z", "Banjir"), .live))
    try await archived.fold(old)
    // What the left-over writer does reaches nobody, and harms nobody.
    #expect(try old.position == Position(rawValue: 8))
    #expect(try new.position == Position(rawValue: 7))
    let state = try new.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(state == ["ok"])
  }

  @Test func `goes on where it was broken off`() async throws {
    try await archived.live(3)
    let broken = try Views(
      alone: archived.file + ".new", log: await archived.log.identity, Archived.projections)
    try await archived.fold(broken, upTo: 5)
    try broken.close()
    let told = Mutex<[UInt64]>([])
    let rebuild = await archived.rebuild({ Archived.projections }) { done, all in
      told.withLock { $0 += [done, all] }
    }
    let marked = try DatabaseQueue(path: archived.file + ".new")
    try await marked.write { try $0.execute(sql: "CREATE TABLE begun (n INTEGER)") }
    try marked.close()
    try await rebuild.prepare()
    #expect(told.withLock { $0 } == [7, 7])
    try rebuild.swap()
    let views = try Views.reader(archived.file, Archived.projections)
    #expect(try views.read { try $0.tableExists("begun") })
    #expect(try await rebuild.check() == [])
  }

  @Test(arguments: ["version", "log", "end"])
  func `begins anew where what was begun does not fit`(what: String) async throws {
    try await archived.live(3)
    let identity = await archived.log.identity
    let begun = try Views(
      alone: archived.file + ".new", log: what == "log" ? identity ^ 1 : identity,
      what == "version" ? [DefinitionView(), LaterView()] : Archived.projections)
    try await archived.fold(begun)
    if what == "end" {
      try await begun.database.write { try $0.execute(sql: "UPDATE checkpoint SET position = 99") }
    }
    try begun.close()
    let views = try await archived.rebuild().open()
    #expect(try views.position == Position(rawValue: 7))
    try views.close()
    #expect(try await archived.rebuild().check() == [])
  }

  @Test func `is refused while another process folds beside`() async throws {
    try await archived.live(3)
    let other = try Views(
      alone: archived.file + ".new", log: await archived.log.identity, Archived.projections)
    await #expect(throws: ViewsError.inUse(archived.file + ".new")) {
      try await archived.rebuild().prepare()
    }
    try other.close()
  }

  @Test func `compares every row, and names the first that differs`() async throws {
    try await archived.live(9)
    let views = try await archived.views()
    let rebuild = await archived.rebuild()
    #expect(try await rebuild.check() == [])
    try await views.database.write {
      try $0.execute(
        sql: """
          UPDATE article SET language = 'xx' WHERE id = 'a4'; DELETE FROM mention WHERE position = 6;
          INSERT INTO article_search (rowid, title) VALUES (99, 'kata');
          """)
    }
    let differences = try await rebuild.check()
    #expect(differences.map(\.live.table) == ["article", "article_word", "mention"])
    #expect(differences.map(\.key).first == "5")
    #expect(differences.map { $0.live.rows - $0.anew.rows } == [0, 1, -1])
    #expect(differences.last?.key.hasSuffix(" live, none anew") == false)
    #expect(!exists(".check"))
  }

  @Test func `shows views as they were before a position`() async throws {
    try await archived.live(9)
    try await archived.views().close()
    let path = archived.folder.path("past.sqlite")
    // Two definitions and four articles; the edit is to come.
    let past = try await archived.rebuild().views(before: Position(rawValue: 7), in: path)
    // However the program ends from here on, none of its words stay.
    let names = try FileManager.default.contentsOfDirectory(atPath: archived.folder.url.path)
    #expect(!names.contains { $0.hasPrefix("past") })
    #expect(try past.articles(ArticleFilter(), limit: 99).count == 4)
    #expect(try past.entities(since: nil, limit: 9).first?.articles == 2)
    #expect(try past.articles(idPrefix: "a1").map(\.title) == ["Gempa 1"])
  }

  @Test func `refuses views that know more than the log, or another one`() async throws {
    try await archived.live(3)
    try await archived.views().close()
    let rebuild = await archived.rebuild()
    let other = Rebuild(
      archived.file, { Archived.projections }, log: archived.log, identity: 1,
      makeReader: Archived.makeReader)
    await #expect(throws: ViewsError.otherLog(archived.file)) { try await other.open() }
    let views = try await rebuild.open()
    try await views.database.write { try $0.execute(sql: "UPDATE checkpoint SET position = 8") }
    try views.close()
    let refused = ViewsError.beyondLog(
      archived.file, folded: Position(rawValue: 8), end: Position(rawValue: 8))
    await #expect(throws: refused) { try await rebuild.open() }
    await #expect(throws: refused) { try await rebuild.check() }
    let reader = try Views.reader(archived.file, Archived.projections)
    await #expect(throws: refused) {
      try await reader.check(against: archived.log, identity: await archived.log.identity)
    }
    #expect(
      refused.description
        == "\(archived.file): folded up to 8, but the log has nothing from 8 on: it is older than its "
        + "views; delete \(archived.file), the log makes it anew")
    try Views.remove(archived.file)
    #expect(try await rebuild.open().position == Position(rawValue: 7))
  }

  @Test func `leaves nothing beside when views are removed`() async throws {
    try await archived.live(3)
    try await archived.views().close()
    try await archived.rebuild().prepare()
    let begun = try Views(
      alone: archived.file + ".new", log: await archived.log.identity, Archived.projections)
    try begun.close()
    try Views.remove(archived.file)
    let left = try FileManager.default.contentsOfDirectory(atPath: archived.folder.url.path)
    #expect(left == ["log"])
  }
}

import Core
import Foundation
import Support
import Testing

@testable import Projections

@Suite("The state store") struct StateStoreTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `keeps how far the log was checked`() throws {
    let store = try StateStore(folder.path("state.sqlite"))
    #expect(try store.scrubbed == nil)
    let now = Date(timeIntervalSince1970: 1_715_837_220)
    try store.setScrubbed(after: 7, at: now)
    try store.setScrubbed(after: 4_711, at: now)
    let again = try #require(try StateStore(folder.path("state.sqlite")).scrubbed)
    #expect(again == (4_711, now))
  }

  @Test func `is copied whole into one plain file while it is used`() throws {
    let store = try StateStore(folder.path("state.sqlite"))
    var state = PollState(url: "https://n.example/")
    state.polls = 3
    try store.save([Feed.ID("wire"): state])
    let copy = folder.path("copy/state.sqlite")
    try FileManager.default.createDirectory(
      atPath: folder.path("copy"), withIntermediateDirectories: true)
    try StateStore.copy(folder.path("state.sqlite"), to: copy)
    state.polls = 4
    try store.save([Feed.ID("wire"): state])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("copy")) == ["state.sqlite"])
    // Bytes 18 and 19 say whether the file wants a log beside it: 1 is no, 2 is yes.
    let header = try Data(contentsOf: URL(filePath: copy)).prefix(20)
    #expect(Array(header.suffix(2)) == [1, 1])
    #expect(try StateStore(copy).load([Feed.ID("wire")])[Feed.ID("wire")]?.polls == 3)
    try StateStore.copy(folder.path("state.sqlite"), to: copy)
    #expect(try StateStore(copy).load([Feed.ID("wire")])[Feed.ID("wire")]?.polls == 4)
  }
}

import Logging
import Serving
import Support
import Testing

@testable import tidings

@Suite("Where the page is served") struct PageDoorsTests {
  private func doors(_ text: String, passed: [InheritedSocket]) throws -> PageDoors {
    let installation = try Installation(text)
    return PageDoors(try Configuration.read(installation.configuration), passed: passed)
  }

  @Test func `is what is configured where nothing is passed`() throws {
    let doors = try doors("page: 127.0.0.1:99\n", passed: [])
    #expect(doors.listen == "127.0.0.1:99" && doors.sockets.isEmpty && doors.warnings.isEmpty)
  }

  @Test func `is what is passed, and nothing where there is to be no page`() throws {
    let socket = try ListeningSocket()
    let passed = try InheritedSocket(socket.copy)
    defer { passed.close() }
    let doors = try doors("page: 127.0.0.1:\(socket.port)\n", passed: [passed])
    #expect(doors.listen == nil && doors.sockets == [passed] && doors.warnings.isEmpty)
    let closed = try self.doors("page: none\n", passed: [passed])
    #expect(closed.listen == nil && closed.sockets.isEmpty && closed.warnings.isEmpty)
  }

  private static let elsewhere = "The page is where the socket unit says, not where `page` does"
  private static let open = "The page is open to all who reach it; add page_token_file"

  @Test(
    arguments: [
      (["127.0.0.1:8474"], "localhost:8474", false, []),
      (["127.0.0.1:9000"], "127.0.0.1:8474", false, [elsewhere]),
      (["0.0.0.0:8474"], "127.0.0.1:8474", false, [elsewhere, open]),
      (["0.0.0.0:8474"], "127.0.0.1:8474", true, [elsewhere]),
      (["127.0.0.1:8474", "[::]:8474"], "127.0.0.1:8474", false, [open]),
      (["0.0.0.0:8474"], "0.0.0.0:8474", false, []),
    ] as [([String], String, Bool, [String])])
  func `is warned of where it is another, or open to all`(
    passed: [String], page: String, hasToken: Bool, warnings: [String]
  ) throws {
    let addresses = try passed.map { try ServerAddress($0) }
    let told = PageDoors.warnings(of: addresses, page: page, hasToken: hasToken)
    #expect(told.map { "\($0.message)" } == warnings)
  }
}

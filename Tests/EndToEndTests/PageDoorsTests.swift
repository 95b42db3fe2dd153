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
}

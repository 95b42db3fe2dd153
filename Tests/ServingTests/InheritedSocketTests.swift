import Glibc
import Support
import Synchronization
import Testing

@testable import Serving

@Suite("A socket that another opened", .timeLimit(.minutes(1))) struct InheritedSocketTests {
  let socket: ListeningSocket

  init() throws {
    socket = try ListeningSocket()
  }

  /// Runs a server of the socket while `body` runs.
  private func serving(
    _ words: String, limits: ServerLimits = ServerLimits(), _ body: () async throws -> Void
  ) async throws {
    let server = try Server(InheritedSocket(socket.copy), limits: limits) { _ in
      Answer(200, [], Array(words.utf8))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      #expect(try await server.port() == socket.port)
      try await body()
      group.cancelAll()
    }
  }

  @Test func `is served, also to those who came before the server or between two`()
    async throws
  {
    for turn in 0..<3 {
      let port = socket.port
      let early = Task { try await Exchange.ask("/", of: port) }
      try await serving("answer \(turn)") {
        #expect(try await early.value.hasSuffix("answer \(turn)"))
        let later = try await Exchange.ask("/", of: socket.port)
        #expect(later.hasPrefix("HTTP/1.1 200") && later.hasSuffix("answer \(turn)"))
      }
    }
  }

  @Test func `answers no name that a page of the web can have`() async throws {
    try await serving("secret") {
      let answer = try await Exchange.ask("/", host: "evil.example", of: socket.port)
      #expect(answer.hasPrefix("HTTP/1.1 421"))
    }
  }

  @Test func `is named as it is configured, and known for what it is`() throws {
    let inherited = try InheritedSocket(socket.copy)
    defer { inherited.close() }
    #expect(try inherited.address == ServerAddress("localhost:\(socket.port)"))
    #expect("\(inherited.address)" == "127.0.0.1:\(socket.port)")
  }

  @Test func `is none where nothing listens`() throws {
    let file = unsafe open("/dev/null", O_RDONLY)
    defer { close(file) }
    #expect {
      try InheritedSocket(file)
    } throws: { error in
      "\(error)".hasPrefix("descriptor \(file): no socket that listens; ")
    }
  }
}

@Suite("The end of a server", .timeLimit(.minutes(1))) struct ServerEndTests {
  @Test func `waits for the answer that is under way, and says that it is the last`() async throws {
    var limits = ServerLimits()
    limits.farewell = .seconds(600)
    let (asked, isAsked) = AsyncStream<Void>.makeStream()
    let (ended, hasEnded) = AsyncStream<Void>.makeStream()
    let server = try Server(listen: "127.0.0.1:0", limits: limits) { _ in
      isAsked.finish()
      for await _ in ended {}
      return Answer(200, [], Array("late".utf8))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      let serving = Task { try await server.run() }
      let port = try await server.port()
      group.addTask {
        // It stays connected, so that only the server can end this.
        let answer = try await Exchange.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", to: port)
        #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("late"), "\(answer)")
        #expect(answer.contains("Connection: close\r\n"))
      }
      for await _ in asked {}
      serving.cancel()
      hasEnded.finish()
      try await serving.value
    }
  }

  @Test func `does not wait for who asks nothing`() async throws {
    var limits = ServerLimits()
    limits.farewell = .milliseconds(1)
    let server = try Server(listen: "127.0.0.1:0", limits: limits) { _ in Answer(200) }
    let serving = Task { try await server.run() }
    let port = try await server.port()
    async let silent = Exchange.send("GET / HTTP/1.1\r\n", to: port)
    serving.cancel()
    try await serving.value
    let answer = try await silent
    #expect(answer == "")
  }
}

@Suite("An address of a server") struct ServerAddressTests {
  @Test(arguments: [
    ("127.0.0.1:8474", false), ("localhost:8474", false), ("127.8.8.8:1", false),
    ("[::1]:80", false),
    ("0.0.0.0:8474", true), ("[::]:8474", true), ("192.168.1.4:80", true), ("[fe80::1]:80", true),
  ])
  func `says whether others than this machine reach it`(text: String, isBeyond: Bool) throws {
    #expect(try ServerAddress(text).isBeyondThisMachine == isBeyond)
  }
}

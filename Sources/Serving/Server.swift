import FlyingFox
import FlyingSocks
import FoundationEssentials
import Glibc

/// What a client asks.
public struct Question: Sendable {
  public var method: String
  public var path: String
  /// By lower-case name.
  public var headers: [String: String]
}

/// What it gets.
public struct Answer: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(_ status: Int, _ headers: [(name: String, value: String)] = [], _ body: [UInt8] = [])
  {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// An HTTP server on one address; the only place that knows the server package.
public struct Server: Sendable {
  public typealias Respond = @Sendable (Question) async -> Answer

  private let server: HTTPServer

  /// A server at `host:port`; port 0 lets the kernel choose.
  ///
  /// - Throws: where the text is no address of this machine.
  public init(listen: String, respond: @escaping Respond) throws {
    guard let colon = listen.lastIndex(of: ":"),
      let port = UInt16(listen[listen.index(after: colon)...])
    else { throw ServerError(description: "\(listen): no address; write 127.0.0.1:8474") }
    let host = String(listen[..<colon])
    let handler = ClosureHTTPHandler { request in await Self.answer(request, respond) }
    if host.hasPrefix("[") {
      let address = try sockaddr_in6.inet6(ip6: String(host.dropFirst().dropLast()), port: port)
      server = HTTPServer(address: address, logger: .disabled, handler: handler)
    } else {
      let address = try sockaddr_in.inet(ip4: host == "localhost" ? "127.0.0.1" : host, port: port)
      server = HTTPServer(address: address, logger: .disabled, handler: handler)
    }
  }

  /// Serves until cancelled.
  public func run() async throws {
    do {
      try await server.run()
    } catch {
      // Cancelled, the server closes its socket and tells that as an error of the socket.
      guard Task.isCancelled else { throw error }
    }
  }

  /// The port, once it listens.
  public func port() async throws -> Int {
    try await server.waitUntilListening()
    switch await server.listeningAddress {
    case .ip4(_, let port), .ip6(_, let port): return Int(port)
    default: throw ServerError(description: "server: not listening; look at the log")
    }
  }

  private static func answer(_ request: HTTPRequest, _ respond: Respond) async -> HTTPResponse {
    var headers: [String: String] = [:]
    for (key, value) in request.headers { headers[key.rawValue.lowercased()] = value }
    let answer = await respond(
      Question(method: request.method.rawValue, path: request.path, headers: headers))
    var fields = HTTPHeaders()
    for (name, value) in answer.headers { fields.addValue(value, for: HTTPHeader(name)) }
    return HTTPResponse(
      statusCode: HTTPStatusCode(answer.status, phrase: ""), headers: fields,
      body: Data(answer.body))
  }
}

/// The server cannot do what was asked: where, what, and what to do.
public struct ServerError: Error, CustomStringConvertible {
  public var description: String
}

import FlyingFox
import FlyingSocks
import FoundationEssentials
import Glibc

/// What a client asks.
public struct Question: Sendable {
  public var method: String
  /// As it came, percent-encoded.
  public var path: String
  /// As it came, behind the question mark.
  public var query = ""
  /// By lower-case name.
  public var headers: [String: String]
  /// Of what is asked at a ``Callback`` only.
  public var body: [UInt8] = []
}

/// An HTTP server on one address; the only place that knows the server package.
public struct Server: Sendable {
  public typealias Respond = @Sendable (Question) async -> Answer

  private let address: ServerAddress
  private let server: HTTPServer
  private let door: Door
  private let limits: ServerLimits
  /// Whether the port is known before it listens.
  private let isInherited: Bool

  /// A server at `host:port`; port 0 lets the kernel choose.
  ///
  /// On loopback it answers only what asks by address or as localhost, but for a `callback`.
  ///
  /// - Throws: where the text is no address of this machine.
  public init(
    listen: String, callback: Callback? = nil, limits: ServerLimits = ServerLimits(),
    respond: @escaping Respond
  ) throws {
    try self.init(ServerAddress(listen), nil, callback, limits, respond)
  }

  /// A server of those who connect to a socket that is open already; it answers as one that opened it itself.
  public init(
    _ socket: InheritedSocket, callback: Callback? = nil, limits: ServerLimits = ServerLimits(),
    respond: @escaping Respond
  ) throws {
    try self.init(socket.address, socket, callback, limits, respond)
  }

  private init(
    _ address: ServerAddress, _ inherited: InheritedSocket?, _ callback: Callback?,
    _ limits: ServerLimits, _ respond: @escaping Respond
  ) throws {
    let door = Door(inherited)
    (self.address, self.door, self.limits) = (address, door, limits)
    isInherited = inherited != nil
    let handler = ClosureHTTPHandler { request in
      await Self.answer(request, respond, callback, door, onlyLocal: address.isLoopback)
    }
    // Any port does for a socket that another takes the place of.
    let toBind = inherited == nil ? try address.toBind : try ServerAddress("127.0.0.1:0").toBind
    server = HTTPServer(
      config: Self.configuration(toBind, BoundedPool(HTTPServer.defaultPool(), limits, door)),
      handler: handler)
  }

  /// Bodies of requests wait where they are until somebody takes them.
  private static func configuration(
    _ address: some SocketAddress, _ pool: any AsyncSocketPool
  ) -> HTTPServer.Configuration {
    HTTPServer.Configuration(
      address: address, sharedRequestReplaySize: 0, pool: pool, logger: .disabled)
  }

  /// Serves until cancelled; then who is in is answered, if that takes no longer than ``ServerLimits/farewell``.
  ///
  /// - Throws: where another program listens there, or the address is none of this machine.
  public func run() async throws {
    let serving = Task { try await server.run() }
    do {
      try await withTaskCancellationHandler {
        try await serving.value
      } onCancel: {
        door.shut()
        Task {
          try await Task.sleep(for: limits.farewell)
          serving.cancel()
        }
      }
    } catch {
      // At its end the server closes its socket and tells that as an error of the socket.
      guard !Task.isCancelled else { return }
      var what = "\(error)"
      if case SocketError.failed(_, _, let message) = error { what = message }
      throw ServerError(
        description: "\(address): cannot listen: \(what); free it, or name another page")
    }
  }

  /// The port, once it listens; 0 at a local socket.
  public func port() async throws -> Int {
    try await server.waitUntilListening(timeout: 60)
    let place = isInherited ? address.place : await server.listeningAddress
    switch place {
    case .ip4(_, let port), .ip6(_, let port): return Int(port)
    case .unix: return 0
    case nil: throw ServerError(description: "server: not listening; look at the log")
    }
  }

  private static func answer(
    _ request: HTTPRequest, _ respond: Respond, _ callback: Callback?, _ door: Door,
    onlyLocal: Bool
  ) async -> HTTPResponse {
    var headers: [String: String] = [:]
    for (key, value) in request.headers { headers[key.rawValue.lowercased()] = value }
    var question = Question(
      method: request.method.rawValue, path: request.target.path(), query: request.target.query(),
      headers: headers)
    if let callback, let token = Callback.token(in: request.path) {
      guard await callback.knows(token) else { return response(Answer(404), isLast: true) }
      return await answer(request, &question, callback)
    }
    // What is not read of a body would be taken for the next request.
    let isLast = request.bodySequence.count != 0
    if onlyLocal, let host = headers["host"], !HostName.isLocal(host) {
      return response(
        Answer(
          421, [("Content-Type", "text/plain; charset=utf-8")],
          Array("not served under this name; ask by address or as localhost\n".utf8)),
        isLast: isLast)
    }
    let answer = await respond(question)
    return response(answer, isHead: request.method == .HEAD, isLast: isLast || door.isShut)
  }

  private static func answer(
    _ request: HTTPRequest, _ question: inout Question, _ callback: Callback
  ) async -> HTTPResponse {
    switch await RequestBody.read(request.bodySequence, limit: Callback.bodyLimit) {
    case .whole(let body):
      question.body = body
      return response(await callback.respond(question), isHead: request.method == .HEAD)
    case .tooLarge: return response(Answer(413))
    case .unread: return response(Answer(413), isLast: true)
    }
  }

  /// Without the body where only its head was asked for: it would be taken for the next answer.
  private static func response(
    _ answer: Answer, isHead: Bool = false, isLast: Bool = false
  ) -> HTTPResponse {
    var fields = HTTPHeaders()
    for (name, value) in answer.headers { fields.addValue(value, for: HTTPHeader(name)) }
    let status = HTTPStatusCode(answer.status, phrase: "")
    if let stream = answer.stream {
      return HTTPResponse(
        statusCode: status, headers: fields, body: HTTPBodySequence(from: stream))
    }
    fields[.contentLength] = String(answer.body.count)
    let body = isHead ? [] : answer.body
    guard isLast else {
      return HTTPResponse(statusCode: status, headers: fields, body: Data(body))
    }
    fields[.connection] = "close"
    return HTTPResponse(
      statusCode: status, headers: fields,
      body: HTTPBodySequence(from: LastBody(bytes: body), count: body.count))
  }
}

/// The server cannot do what was asked: where, what, and what to do.
public struct ServerError: Error, CustomStringConvertible {
  public var description: String
}

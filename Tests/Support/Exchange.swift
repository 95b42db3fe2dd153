import Foundation
import Glibc

/// Bytes sent to a server on loopback, and all that came back until it closed.
public enum Exchange {
  /// Sends bytes as they stand.
  public static func send(_ request: String, to port: Int) async throws -> String {
    // Its own thread: the calls block, and the server needs those of the tests.
    try await withCheckedThrowingContinuation { done in
      Thread.detachNewThread { done.resume(with: Result { try exchange(request, port) }) }
    }
  }

  /// `GET` and its kin, the last request of its connection.
  public static func ask(
    _ target: String, _ method: String = "GET", host: String? = "127.0.0.1", of port: Int
  ) async throws -> String {
    let host = host.map { "Host: \($0)\r\n" } ?? ""
    return try await send(
      "\(method) \(target) HTTP/1.1\r\n\(host)Connection: close\r\n\r\n", to: port)
  }

  /// `POST` of a body, the last request of its connection.
  public static func post(
    _ body: [UInt8], _ fields: [(String, String)] = [], to target: String,
    host: String = "127.0.0.1",
    of port: Int
  ) async throws -> String {
    let lines = fields.map { "\($0): \($1)\r\n" }.joined()
    return try await send(
      "POST \(target) HTTP/1.1\r\nHost: \(host)\r\nContent-Length: \(body.count)\r\n\(lines)"
        + "Connection: close\r\n\r\n\(String(decoding: body, as: UTF8.self))", to: port)
  }

  private static func exchange(_ request: String, _ port: Int) throws -> String {
    let descriptor = try Socket.connected(to: port)
    defer { close(descriptor) }
    let bytes = Array(request.utf8)
    // Who does not hear us out may have answered all the same.
    _ = Socket.write(descriptor, bytes)
    var answer: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16_384)
    while case let count = unsafe read(descriptor, &piece, piece.count), count > 0 {
      answer += piece[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }
}

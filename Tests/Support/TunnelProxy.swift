import Foundation
import Glibc

/// A proxy on loopback that lets one client through to one port, whatever name it asks for (RFC 9110 §9.3.6).
public final class TunnelProxy: Sendable {
  public let port: Int
  private let listener: Int32

  public init(to server: Int) throws {
    let (listener, port) = try Socket.listening()
    (self.listener, self.port) = (listener, port)
    Thread.detachNewThread {
      let client = Socket.accept(listener)
      defer { close(client) }
      guard client >= 0, let server = try? Socket.connected(to: server) else { return }
      defer { close(server) }
      Self.tunnel(client, server)
    }
  }

  /// Lets nobody in any more.
  public func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func tunnel(_ client: Int32, _ server: Int32) {
    var head: [UInt8] = []
    while !String(decoding: head, as: UTF8.self).hasSuffix("\r\n\r\n") {
      guard let more = Socket.read(client) else { return }
      head += more
    }
    guard Socket.write(client, Array("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n".utf8))
    else { return }
    let ends = [client, server]
    while let ready = Socket.poll(ends, milliseconds: 60_000),
      let bytes = Socket.read(ends[ready])
    {
      guard Socket.write(ends[1 - ready], bytes) else { return }
    }
  }
}

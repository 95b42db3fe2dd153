import FlyingSocks
import Glibc

/// Where a server listens: `host:port` of this machine, or the path of a local socket.
public struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
  let place: Socket.Address

  /// An address as it is configured: `127.0.0.1:8474`, `localhost:8474`, `[::1]:8474`; port 0 lets the kernel choose.
  ///
  /// - Throws: where the text is none.
  public init(_ text: String) throws(ServerError) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { throw ServerError(description: "\(text): no address; write 127.0.0.1:8474") }
    let host = String(text[..<colon])
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    place =
      isBracketed
      ? .ip6(String(host.dropFirst().dropLast()), port: port)
      : .ip4(host == "localhost" ? "127.0.0.1" : host, port: port)
    do {
      _ = try toBind
    } catch {
      throw ServerError(
        description: "\(text): '\(host)' is no IP address; write 127.0.0.1:\(port)")
    }
  }

  init(_ place: Socket.Address) {
    self.place = place
  }

  /// Whether others than this machine can reach it.
  public var isBeyondThisMachine: Bool {
    switch place {
    case .ip4(let host, _): !host.hasPrefix("127.")
    case .ip6(let host, _): host != "::1"
    case .unix: false
    }
  }

  /// Whether what browsers send there may be sent under a name that is not theirs; no browser knows local sockets.
  var isLoopback: Bool {
    if case .unix = place { return false }
    return !isBeyondThisMachine
  }

  public var description: String {
    switch place {
    case .ip4(let host, let port): "\(host):\(port)"
    case .ip6(let host, let port): "[\(host)]:\(port)"
    case .unix(let path): path
    }
  }

  /// As the server package takes it.
  ///
  /// - Throws: where the host is no IP address.
  var toBind: any SocketAddress {
    get throws {
      switch place {
      case .ip4(let host, let port): try sockaddr_in.inet(ip4: host, port: port)
      case .ip6(let host, let port): try sockaddr_in6.inet6(ip6: host, port: port)
      case .unix(let path): sockaddr_un.unix(path: path)
      }
    }
  }
}

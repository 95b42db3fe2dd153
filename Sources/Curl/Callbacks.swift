internal import CCurl
internal import Glibc

/// The transfer behind the pointer that libcurl hands to each of the functions below.
private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
  guard let context = unsafe context else { return nil }
  return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

/// Takes a piece of the body, decoded, of at most 16 KB; any other count than given ends it.
func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let transfer = unsafe transfer(context), let bytes = unsafe bytes else { return 0 }
  let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  return unsafe transfer.receive(piece.assumingMemoryBound(to: UInt8.self)) ? size * count : 0
}

/// Takes a status line, a header, the blank line after them, or a trailer.
func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let transfer = unsafe transfer(context), let bytes = unsafe bytes else { return 0 }
  let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  let span = unsafe Span<UInt8>(_unsafeElements: line.assumingMemoryBound(to: UInt8.self))
  return transfer.receive(line: span) ? size * count : 0
}

/// Opens a socket to an address that may be reached.
func openSocket(
  _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
  _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let transfer = unsafe transfer(context), let address = unsafe address else { return -1 }
  return unsafe openSocket(at: address) { transfer.opens($0) }
}

/// A socket to `address` if `opens` approves of its bytes; else none.
func openSocket(
  at address: UnsafeMutablePointer<curl_sockaddr>, _ opens: ([UInt8]) -> Bool
) -> curl_socket_t {
  var bytes = [UInt8](repeating: 0, count: 16)
  let count = unsafe Int(ccurl_address_bytes(address, &bytes))
  guard opens(Array(bytes[..<count])) else { return -1 }
  let kind = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
  return unsafe socket(address.pointee.family, kind, address.pointee.protocol)
}

/// Approves a connection before the request goes out: reused ones pass no `openSocket`.
func approveConnection(
  _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?,
  _ local: UnsafeMutablePointer<CChar>?, _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
  guard let transfer = unsafe transfer(context), let remote = unsafe remote else {
    return CURL_PREREQFUNC_ABORT
  }
  return transfer.sends(to: unsafe String(cString: remote))
    ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// Ends a body that is too large as sent, even where it decodes to nothing.
func noteProgress(
  _ context: UnsafeMutableRawPointer?, _ expected: curl_off_t, _ received: curl_off_t,
  _ toSend: curl_off_t, _ sent: curl_off_t
) -> Int32 {
  guard let transfer = unsafe transfer(context) else { return 1 }
  return transfer.receive(wireBytes: Int(received)) ? 0 : 1
}

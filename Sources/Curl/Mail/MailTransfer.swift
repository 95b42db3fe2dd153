internal import CCurl
internal import Synchronization

/// One message on its way to a server: what of it is sent, and what was answered.
///
/// `isCancelled` may be set anywhere, all else belongs to the client's thread: hence unchecked.
final class MailTransfer: @unchecked Sendable {
  /// Bytes of a reply that are kept (RFC 5321 §4.5.3.1.5).
  private static let replyLimit = 512

  let isCancelled = Atomic(false)
  private(set) var reply = ""
  /// Whether an address was met that may not be spoken to.
  private(set) var wasRefused = false
  private let message: [UInt8]
  private let allowsLinkLocal: Bool
  private var sent = 0

  init(_ message: [UInt8], allowsLinkLocal: Bool) {
    (self.message, self.allowsLinkLocal) = (message, allowsLinkLocal)
  }

  /// Puts the next bytes of the message into `target` and returns how many.
  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    let piece = message[sent...].prefix(target.count)
    unsafe target.copyBytes(from: piece)
    sent += piece.count
    return piece.count
  }

  /// Takes a line that the server said; the last one counts, but a refusal stands above what follows it.
  func receive(_ line: UnsafeRawBufferPointer) {
    guard !reply.hasPrefix("4"), !reply.hasPrefix("5") else { return }
    let words = unsafe line.prefix(Self.replyLimit).prefix { $0 != 0x0D && $0 != 0x0A }
    reply = unsafe String(decoding: words, as: UTF8.self)
  }

  /// The operator chose the server, so only multicast and, unless it is allowed, link-local are refused.
  func opens(_ address: [UInt8]) -> Bool {
    let isAllowed = AddressGuard.allows(
      address, allowingPrivate: true, allowingLinkLocal: allowsLinkLocal)
    if !isAllowed { wasRefused = true }
    return isAllowed
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> MailTransfer? {
  guard let context = unsafe context else { return nil }
  return unsafe Unmanaged<MailTransfer>.fromOpaque(context).takeUnretainedValue()
}

func readMessage(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let transfer = unsafe transfer(context), let bytes = unsafe bytes else { return 0 }
  return unsafe transfer.read(
    into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
}

func receiveReply(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let transfer = unsafe transfer(context), let bytes = unsafe bytes else { return 0 }
  unsafe transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
  return size * count
}

func openMailSocket(
  _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
  _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let transfer = unsafe transfer(context), let address = unsafe address else { return -1 }
  return unsafe openSocket(at: address) { transfer.opens($0) }
}

/// Any other number than zero ends the transfer.
func noteMailProgress(
  _ context: UnsafeMutableRawPointer?, _ expected: curl_off_t, _ received: curl_off_t,
  _ toSend: curl_off_t, _ sent: curl_off_t
) -> Int32 {
  unsafe transfer(context)?.isCancelled.load(ordering: .acquiring) ?? true ? 1 : 0
}

internal import Synchronization

/// One request on its way, and what has come of it so far.
///
/// `isCancelled` may be read anywhere. `continuation` is written before the transfer is handed to
/// its loop, and all else belongs to the loop's thread: hence unchecked.
final class Transfer: @unchecked Sendable {
  typealias Outcome = Result<HTTPResponse, CurlError>

  let request: HTTPRequest
  let isCancelled = Atomic(false)
  var continuation: CheckedContinuation<Outcome, Never>?

  /// The handle that carries it, while it is under way.
  var handle: EasyHandle?
  private(set) var head = AnswerHead()
  private(set) var body: [UInt8] = []

  /// Why we ended it ourselves; more exact than libcurl's result.
  private(set) var refusal: CurlError?

  /// Whether we ended it with as much of the body as was wanted.
  private(set) var isCut = false

  private var allowedSockets = 0
  private var refusedSockets = 0

  init(_ request: HTTPRequest) {
    self.request = request
  }

  /// Resumes the waiter; later calls do nothing.
  func finish(_ outcome: Outcome) {
    let waiter = continuation
    continuation = nil
    waiter?.resume(returning: outcome)
  }

  /// Whether every address that was tried is forbidden.
  var metOnlyRefusedAddresses: Bool { refusedSockets > 0 && allowedSockets == 0 }
}

extension Transfer {
  /// Takes a header line; `false` ends the transfer.
  func receive(line: Span<UInt8>) -> Bool {
    refusal = head.read(line)
    if head.isComplete, body.isEmpty, let length = head.contentLength {
      body.reserveCapacity(min(length, request.bodyLimit, Limits.reservedBytes))
    }
    return refusal == nil
  }

  /// Takes a piece of the decoded body; `false` ends the transfer.
  func receive(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    guard body.count + piece.count <= request.bodyLimit else { return refuseSize() }
    if let share = request.share, !share.take(piece.count) {
      refusal = CurlError(.crowded, "other bodies fill the memory")
      return false
    }
    unsafe body.append(contentsOf: piece)
    return true
  }

  /// Notes how many bytes of the body came as sent; `false` ends the transfer.
  func receive(wireBytes: Int) -> Bool {
    wireBytes <= request.bodyLimit || refuseSize()
  }

  /// Decides on a socket to an address; `false` refuses it.
  func opens(_ address: [UInt8]) -> Bool {
    let isAllowed =
      request.proxy != nil
      || AddressGuard.allows(
        address, allowingPrivate: request.allowsPrivateNetwork,
        allowingLinkLocal: request.allowsLinkLocal)
    if isAllowed { allowedSockets += 1 } else { refusedSockets += 1 }
    return isAllowed
  }

  /// Decides on a connection, new or reused, by the text of its address; `false` refuses it.
  func sends(to address: String) -> Bool {
    // The operator chose the proxy, wherever it lies.
    if request.proxy != nil { return true }
    let isAllowed = AddressGuard.allows(
      address, allowingPrivate: request.allowsPrivateNetwork,
      allowingLinkLocal: request.allowsLinkLocal)
    if isAllowed { return true }
    refusal = Self.refusedAddress
    return false
  }

  static let refusedAddress = CurlError(
    .refusedAddress, "the address lies on a private or local network, which was not allowed")

  private func refuseSize() -> Bool {
    guard !request.cutsBody else {
      isCut = true
      return false
    }
    refusal = CurlError(.tooLarge, "the body is larger than \(request.bodyLimit) bytes")
    return false
  }
}

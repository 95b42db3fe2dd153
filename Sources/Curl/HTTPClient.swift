internal import Synchronization

/// HTTP over libcurl behind one asynchronous call.
///
/// Knows nothing of feeds, redirects or retries, keeps no cookies, takes no proxy from the
/// environment. Connections that may lead into private networks live apart from all others, so
/// that a request without that permission can never be carried by one of them.
public final class HTTPClient: Sendable {
  private let open: TransferLoop
  private let inside: TransferLoop
  private let proxied: TransferLoop

  /// Creates a client; threads start when they are needed.
  ///
  /// - Throws: `system` if libcurl cannot be started.
  public init() throws(CurlError) {
    open = try TransferLoop()
    inside = try TransferLoop()
    proxied = try TransferLoop()
  }

  deinit {
    shutDown()
  }

  /// Sends one request and waits for the whole answer, of any status.
  ///
  /// Cancelling the task ends the transfer, at whatever point it is.
  ///
  /// - Throws: why no answer came; `cancelled` and `closed` where we ended it.
  public func send(_ request: HTTPRequest) async throws(CurlError) -> HTTPResponse {
    let transfer = Transfer(request)
    if request.proxy != nil, !AddressGuard.allowsName(request.address.host, request) {
      throw Transfer.refusedAddress
    }
    let loop = request.proxy != nil ? proxied : request.allowsPrivateNetwork ? inside : open
    let outcome: Transfer.Outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        transfer.continuation = continuation
        loop.submit(transfer)
      }
    } onCancel: {
      transfer.isCancelled.store(true, ordering: .releasing)
      loop.cancel(transfer)
    }
    return try outcome.get()
  }

  /// Ends all transfers, whose waiters get `closed`, and refuses new ones.
  public func shutDown() {
    open.close()
    inside.close()
    proxied.close()
  }
}

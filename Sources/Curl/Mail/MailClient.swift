internal import CCurl
internal import Dispatch
internal import Synchronization

/// Hands messages to mail servers over SMTP, one at a time, on a thread of its own.
///
/// The connection is kept from message to message where the server allows it.
public final class MailClient: Sendable {
  private let queue = DispatchQueue(label: "tidings.mail")
  private let handle: Handle

  /// The handle, which only `queue` touches: hence unchecked.
  private final class Handle: @unchecked Sendable {
    let easy: EasyHandle

    init(_ easy: EasyHandle) {
      self.easy = easy
    }
  }

  /// - Throws: `system` if libcurl cannot be started.
  public init() throws(CurlError) {
    guard let easy = EasyHandle() else {
      throw CurlError(.system, "libcurl could not be started")
    }
    handle = Handle(easy)
  }

  /// Sends `message`, lines ended by CR LF, and waits for the server's last word.
  ///
  /// `sender` and `recipient` are bare addresses. Cancelling the task breaks it off at whatever point it is.
  public func send(
    _ message: [UInt8], from sender: String, to recipient: String, by server: MailServer
  ) async -> MailAnswer {
    let transfer = MailTransfer(message, allowsLinkLocal: server.allowsLinkLocal)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async { [handle] in
          continuation.resume(
            returning: handle.easy.send(transfer, from: sender, to: recipient, by: server))
        }
      }
    } onCancel: {
      transfer.isCancelled.store(true, ordering: .releasing)
    }
  }
}

extension EasyHandle {
  /// Blocks until the message is taken, refused, or lost.
  fileprivate func send(
    _ transfer: MailTransfer, from sender: String, to recipient: String, by server: MailServer
  ) -> MailAnswer {
    defer { reset() }
    do throws(CurlError) {
      try prepare(transfer, from: sender, to: recipient, by: server)
    } catch {
      return .failed(error)
    }
    let result = unsafe curl_easy_perform(pointer)
    var code = 0
    unsafe _ = ccurl_get_long(pointer, CURLINFO_RESPONSE_CODE, &code)
    if transfer.isCancelled.load(ordering: .acquiring) {
      return .failed(CurlError(.cancelled, "broken off"))
    }
    if transfer.wasRefused, result == CURLE_COULDNT_CONNECT {
      return .failed(CurlError(.refusedAddress, "the server's address is link-local"))
    }
    // What the server said of the message stands above what libcurl makes of it.
    if result == CURLE_OK || (code >= 400 && Self.saysNo(result)) {
      return .reply(code: code, line: transfer.reply)
    }
    return .failed(CurlError(code: result, detail: detail, hasAnswer: false))
  }

  /// Whether a result can mean that the server refused, rather than that it could not be spoken to.
  private static func saysNo(_ result: CURLcode) -> Bool {
    [
      CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_LOGIN_DENIED, CURLE_WEIRD_SERVER_REPLY,
      CURLE_UPLOAD_FAILED, CURLE_REMOTE_ACCESS_DENIED,
    ].contains(result)
  }
}

internal import CCurl
internal import Glibc
internal import Synchronization

/// A thread that owns one multi handle of libcurl, and a mailbox to reach it.
///
///     send ─▶ mailbox (locked) ─▶ wake ─▶ thread: take mail, start, perform, finish ─▶ resume
///
/// Everything of libcurl happens on the thread; only `curl_multi_wakeup` may be, and is, called
/// from elsewhere, under the mailbox's lock, so never after the handle is gone.
@safe final class TransferLoop: @unchecked Sendable {
  private struct Mailbox {
    var arriving: [Transfer] = []
    var cancelled: [Transfer] = []
    var isStarted = false
    var isClosed = false
    var isGone = false

    var isEmpty: Bool { arriving.isEmpty && cancelled.isEmpty }

    mutating func take() -> Mailbox {
      let mail = self
      arriving = []
      cancelled = []
      return mail
    }
  }

  private let multi: UnsafeMutableRawPointer
  private let mailbox = Mutex(Mailbox())

  // The thread's own.
  private var active: [ObjectIdentifier: Transfer] = [:]
  private var idle: [EasyHandle] = []

  /// Creates a loop; its thread starts with the first transfer.
  init() throws(CurlError) {
    guard EasyHandle.isPossible, let multi = unsafe curl_multi_init() else {
      throw CurlError(.system, "libcurl could not be started")
    }
    unsafe self.multi = unsafe multi
    // Queueing is the caller's: a transfer that waits inside libcurl burns its own timeout.
    unsafe ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 64)
  }

  /// Hands over a transfer; it will be finished, whatever happens.
  func submit(_ transfer: Transfer) {
    let error: CurlError? = mailbox.withLock { box in
      guard !box.isClosed else { return CurlError(.closed, "the client is shut down") }
      if !box.isStarted {
        guard startThread() else { return CurlError(.system, "no thread could be started") }
        box.isStarted = true
      }
      if box.isEmpty { wake() }
      box.arriving.append(transfer)
      return nil
    }
    if let error { transfer.finish(.failure(error)) }
  }

  /// Ends a transfer whose task was cancelled; one that has not arrived yet is ended on arrival.
  func cancel(_ transfer: Transfer) {
    mailbox.withLock { box in
      guard box.isStarted, !box.isGone else { return }
      if box.isEmpty { wake() }
      box.cancelled.append(transfer)
    }
  }

  /// Ends every transfer with an error, and the thread; later ones are refused.
  func close() {
    mailbox.withLock { box in
      guard !box.isClosed else { return }
      box.isClosed = true
      if box.isStarted {
        wake()
      } else {
        unsafe curl_multi_cleanup(multi)
        box.isGone = true
      }
    }
  }

  private func wake() {
    unsafe curl_multi_wakeup(multi)
  }

  /// Starts the thread, which keeps the loop alive until it is closed.
  private func startThread() -> Bool {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    let code = unsafe pthread_create(&thread, nil, runLoop, context)
    guard code == 0 else {
      unsafe Unmanaged<TransferLoop>.fromOpaque(context).release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}

private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context = unsafe context {
    unsafe Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
  }
  return nil
}

extension TransferLoop {
  fileprivate func run() {
    blockBrokenPipe()
    while true {
      let mail = mailbox.withLock { $0.take() }
      if mail.isClosed { return end(mail.arriving) }
      for transfer in mail.cancelled {
        stop(transfer, .failure(CurlError(.cancelled, "the request was cancelled")))
      }
      for transfer in mail.arriving { start(transfer) }
      step()
    }
  }

  /// Moves all transfers on, finishes those that are done, and waits for the network or mail.
  private func step() {
    var running: Int32 = 0
    var code = unsafe curl_multi_perform(multi, &running)
    while let (transfer, result) = nextDone() { finish(transfer, result) }
    if code == CURLM_OK {
      code = unsafe curl_multi_poll(multi, nil, 0, active.isEmpty ? 60_000 : 1000, nil)
    }
    guard code != CURLM_OK else { return }
    let words = unsafe String(cString: curl_multi_strerror(code))
    for transfer in Array(active.values) { stop(transfer, .failure(CurlError(.system, words))) }
  }

  private func nextDone() -> (Transfer, CURLcode)? {
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      var context: UnsafeMutableRawPointer?
      unsafe ccurl_get_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
      guard let context = unsafe context else { continue }
      let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
      return unsafe (transfer, ccurl_message_result(message))
    }
    return nil
  }

  /// OpenSSL writes to its socket without MSG_NOSIGNAL; a peer that has left must not end us.
  private func blockBrokenPipe() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}

extension TransferLoop {
  private func start(_ transfer: Transfer) {
    if transfer.isCancelled.load(ordering: .acquiring) {
      return transfer.finish(.failure(CurlError(.cancelled, "the request was cancelled")))
    }
    guard let handle = idle.popLast() ?? EasyHandle() else {
      return transfer.finish(.failure(CurlError(.system, "out of memory")))
    }
    do throws(CurlError) {
      try handle.prepare(for: transfer)
    } catch {
      handle.reset()
      idle.append(handle)
      return transfer.finish(.failure(error))
    }
    let code = unsafe curl_multi_add_handle(multi, handle.pointer)
    guard code == CURLM_OK else {
      let words = unsafe String(cString: curl_multi_strerror(code))
      return transfer.finish(.failure(CurlError(.system, words)))
    }
    transfer.handle = handle
    active[ObjectIdentifier(transfer)] = transfer
  }

  private func finish(_ transfer: Transfer, _ result: CURLcode) {
    guard let handle = transfer.handle else { return }
    stop(transfer, transfer.outcome(result, handle))
  }

  /// Takes a transfer off its handle and resumes its waiter; one not under way is left alone.
  private func stop(_ transfer: Transfer, _ outcome: Transfer.Outcome) {
    guard let handle = transfer.handle else { return }
    transfer.handle = nil
    active[ObjectIdentifier(transfer)] = nil
    unsafe curl_multi_remove_handle(multi, handle.pointer)
    handle.reset()
    if idle.count < Limits.idleHandles { idle.append(handle) }
    transfer.finish(outcome)
  }

  private func end(_ arriving: [Transfer]) {
    let error = CurlError(.closed, "the client was shut down")
    for transfer in Array(active.values) { stop(transfer, .failure(error)) }
    for transfer in arriving { transfer.finish(.failure(error)) }
    idle = []
    mailbox.withLock { box in
      unsafe curl_multi_cleanup(multi)
      box.isGone = true
    }
  }
}

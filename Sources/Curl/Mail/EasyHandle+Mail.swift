internal import CCurl

extension EasyHandle {
  /// Sets every option for a message from `sender` to `recipient`.
  ///
  /// `transfer` must outlive its sending.
  func prepare(
    _ transfer: MailTransfer, from sender: String, to recipient: String, by server: MailServer
  ) throws(CurlError) {
    try set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    try set(CURLOPT_URL, server.address)
    try set(CURLOPT_PROXY, "")
    try set(CURLOPT_NOPROXY, "*")
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_TIMEOUT_MS, server.timeout.boundMilliseconds)
    try set(CURLOPT_CONNECTTIMEOUT_MS, server.timeout.boundMilliseconds)
    try setSecrecy(server)
    try set(CURLOPT_MAIL_FROM, "<\(sender)>")
    try append(line: Array("<\(recipient)>".utf8))
    try check(unsafe ccurl_set_list(pointer, CURLOPT_MAIL_RCPT, fields))
    try set(CURLOPT_UPLOAD, 1)
    try unsafe setCallbacks(Unmanaged.passUnretained(transfer).toOpaque())
  }

  private func setSecrecy(_ server: MailServer) throws(CurlError) {
    try set(CURLOPT_USE_SSL, Int((server.needsTLS ? CURLUSESSL_ALL : CURLUSESSL_TRY).rawValue))
    try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    // A server on this machine has no name that a certificate could bear.
    try set(CURLOPT_SSL_VERIFYPEER, server.needsTLS ? 1 : 0)
    try set(CURLOPT_SSL_VERIFYHOST, server.needsTLS ? 2 : 0)
    if let file = server.authorities { try set(CURLOPT_CAINFO, file) }
    guard let user = server.user else { return }
    try set(CURLOPT_USERNAME, user)
    try set(CURLOPT_PASSWORD, server.password ?? "")
  }

  private func setCallbacks(_ transfer: UnsafeMutableRawPointer) throws(CurlError) {
    try unsafe set(pointer: CURLOPT_ERRORBUFFER, errorText)
    try unsafe set(pointer: CURLOPT_READDATA, transfer)
    try unsafe set(pointer: CURLOPT_HEADERDATA, transfer)
    try unsafe set(pointer: CURLOPT_OPENSOCKETDATA, transfer)
    try unsafe set(pointer: CURLOPT_XFERINFODATA, transfer)
    try check(unsafe ccurl_set_read(pointer, readMessage))
    try check(unsafe ccurl_set_write(pointer, CURLOPT_HEADERFUNCTION, receiveReply))
    try check(unsafe ccurl_set_opensocket(pointer, openMailSocket))
    try check(unsafe ccurl_set_progress(pointer, noteMailProgress))
    try set(CURLOPT_NOPROGRESS, 0)
  }
}

internal import CCurl

/// An easy handle of libcurl: one transfer at a time, used again for the next.
///
/// Belongs to the thread of the loop that made it.
@safe final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  let errorText: UnsafeMutablePointer<CChar>
  /// Header fields, or recipients.
  var fields: UnsafeMutablePointer<curl_slist>?

  /// Whether libcurl could be started, which happens once.
  static let isPossible = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Creates a handle; `nil` if memory is short.
  init?() {
    guard Self.isPossible, let pointer = unsafe curl_easy_init() else { return nil }
    unsafe self.pointer = unsafe pointer
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    unsafe curl_easy_cleanup(pointer)
    unsafe curl_slist_free_all(fields)
    unsafe errorText.deallocate()
  }

  /// What libcurl says of the last failure; may be empty.
  var detail: String { unsafe String(cString: errorText) }

  /// Forgets the last transfer; connections and names stay with the loop.
  func reset() {
    unsafe curl_easy_reset(pointer)
    unsafe curl_slist_free_all(fields)
    unsafe fields = nil
    unsafe errorText[0] = 0
  }
}

extension EasyHandle {
  /// Sets every option for `transfer`, which must outlive its time in the loop.
  func prepare(for transfer: Transfer) throws(CurlError) {
    try setPolicy()
    try setRoute(transfer.request)
    try setBounds(transfer.request)
    try unsafe setCallbacks(Unmanaged.passUnretained(transfer).toOpaque())
    try setRequest(transfer.request)
  }

  /// What holds for every transfer: no other protocol, no redirect, no proxy, no state.
  private func setPolicy() throws(CurlError) {
    try set(CURLOPT_PROTOCOLS_STR, "http,https")
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_HTTP09_ALLOWED, 0)
    try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    try set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br")
    try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    try set(CURLOPT_NOSIGNAL, 1)
    try set(CURLOPT_QUICK_EXIT, 1)
    try set(CURLOPT_DNS_CACHE_TIMEOUT, 120)
    try set(CURLOPT_DNS_SHUFFLE_ADDRESSES, 1)
    try set(CURLOPT_MAXLIFETIME_CONN, 600)
  }

  /// Directly, whatever the environment says, or through the request's own proxy.
  private func setRoute(_ request: HTTPRequest) throws(CurlError) {
    try set(CURLOPT_PROXY, request.proxy ?? "")
    try set(CURLOPT_NOPROXY, request.proxy == nil ? "*" : "")
    // What a proxy says of its tunnel is no answer of the server's.
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try set(CURLOPT_SSL_VERIFYPEER, request.verifiesCertificate ? 1 : 0)
    try set(CURLOPT_SSL_VERIFYHOST, request.verifiesCertificate ? 2 : 0)
    // A connection that was judged by others is never used again: libcurl compares the file's name.
    if let file = request.authorities { try set(CURLOPT_CAINFO, file) }
  }

  private func setBounds(_ request: HTTPRequest) throws(CurlError) {
    let timeouts = request.timeouts
    try set(CURLOPT_TIMEOUT_MS, timeouts.total.boundMilliseconds)
    try set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.boundMilliseconds)
    try set(CURLOPT_LOW_SPEED_LIMIT, timeouts.slowBytesPerSecond)
    try set(CURLOPT_LOW_SPEED_TIME, max(1, timeouts.slow.boundMilliseconds / 1000))
    if !request.cutsBody { try set(offset: CURLOPT_MAXFILESIZE_LARGE, request.bodyLimit) }
  }

  private func setCallbacks(_ transfer: UnsafeMutableRawPointer) throws(CurlError) {
    try unsafe set(pointer: CURLOPT_PRIVATE, transfer)
    try unsafe set(pointer: CURLOPT_ERRORBUFFER, errorText)
    try unsafe set(pointer: CURLOPT_WRITEDATA, transfer)
    try unsafe set(pointer: CURLOPT_HEADERDATA, transfer)
    try unsafe set(pointer: CURLOPT_OPENSOCKETDATA, transfer)
    try unsafe set(pointer: CURLOPT_PREREQDATA, transfer)
    try unsafe set(pointer: CURLOPT_XFERINFODATA, transfer)
    try check(unsafe ccurl_set_write(pointer, CURLOPT_WRITEFUNCTION, receiveBody))
    try check(unsafe ccurl_set_write(pointer, CURLOPT_HEADERFUNCTION, receiveHeader))
    try check(unsafe ccurl_set_opensocket(pointer, openSocket))
    try check(unsafe ccurl_set_prereq(pointer, approveConnection))
    try check(unsafe ccurl_set_progress(pointer, noteProgress))
    try set(CURLOPT_NOPROGRESS, 0)
  }

  private func setRequest(_ request: HTTPRequest) throws(CurlError) {
    try set(CURLOPT_URL, request.address.text)
    if request.method == "HEAD" {
      try set(CURLOPT_NOBODY, 1)
    } else if let body = request.body {
      try set(offset: CURLOPT_POSTFIELDSIZE_LARGE, body.count)
      // Never a null pointer, which would mean a read callback; the size is already set.
      try check(
        unsafe ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, body.isEmpty ? [0] : body))
      try set(CURLOPT_CUSTOMREQUEST, request.method)
    } else if request.method != "GET" {
      try set(CURLOPT_CUSTOMREQUEST, request.method)
    }
    try setFields(request)
  }
}

extension EasyHandle {
  /// Sets the fields; those libcurl would add on its own to a body are switched off.
  private func setFields(_ request: HTTPRequest) throws(CurlError) {
    let headers = request.headers
    for index in 0..<headers.count { try append(headers[index]) }
    if request.body != nil {
      try append(line: Array("Expect:".utf8))
      if headers["content-type"] == nil { try append(line: Array("Content-Type:".utf8)) }
    }
    try check(unsafe ccurl_set_list(pointer, CURLOPT_HTTPHEADER, fields))
  }

  private func append(_ field: (name: [UInt8], value: [UInt8])) throws(CurlError) {
    let isBroken = (field.name + field.value).contains { $0 == 0 || $0 == 0x0a || $0 == 0x0d }
    guard !isBroken, !field.name.isEmpty, !field.name.contains(UInt8(ascii: ":")) else {
      throw CurlError(.request, "a header field has a line break or no proper name")
    }
    // libcurl drops a field whose line ends with the colon; a semicolon says "empty, but send it".
    let value = field.value.isEmpty ? [UInt8(ascii: ";")] : Array(": ".utf8) + field.value
    try append(line: field.name + value)
  }

  func append(line: [UInt8]) throws(CurlError) {
    let text = line.map { CChar(bitPattern: $0) } + [0]
    guard let longer = unsafe curl_slist_append(fields, text) else {
      throw CurlError(.system, "out of memory")
    }
    unsafe fields = unsafe longer
  }

  func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
    try check(unsafe ccurl_set_long(pointer, option, value))
  }

  private func set(offset option: CURLoption, _ value: Int) throws(CurlError) {
    try check(unsafe ccurl_set_offset(pointer, option, curl_off_t(value)))
  }

  func set(_ option: CURLoption, _ value: String) throws(CurlError) {
    try check(unsafe ccurl_set_string(pointer, option, value))
  }

  func set(pointer option: CURLoption, _ value: UnsafeRawPointer) throws(CurlError) {
    try check(unsafe ccurl_set_pointer(pointer, option, value))
  }

  func check(_ code: CURLcode) throws(CurlError) {
    guard code != CURLE_OK else { return }
    throw CurlError(.system, unsafe String(cString: curl_easy_strerror(code)))
  }
}

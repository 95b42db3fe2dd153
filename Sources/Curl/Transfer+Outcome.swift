internal import CCurl

/// What a finished transfer comes to.
extension Transfer {
  /// The response, or why there is none: our own refusal first, then libcurl's result.
  func outcome(_ result: CURLcode, _ handle: EasyHandle) -> Outcome {
    if let refusal { return .failure(refusal) }
    guard result == CURLE_OK || isCut else {
      if result == CURLE_COULDNT_CONNECT, metOnlyRefusedAddresses {
        return .failure(Self.refusedAddress)
      }
      return .failure(
        CurlError(code: result, detail: handle.detail, hasAnswer: head.isComplete))
    }
    guard head.isComplete else {
      return .failure(CurlError(.protocol, "the answer has no complete headers"))
    }
    return .success(response(handle))
  }

  private func response(_ handle: EasyHandle) -> HTTPResponse {
    HTTPResponse(
      status: head.status, headers: head.headers, body: body, address: request.address,
      wireBytes: handle.number(CURLINFO_HEADER_SIZE) + handle.offset(CURLINFO_SIZE_DOWNLOAD_T),
      isReusedConnection: handle.number(CURLINFO_NUM_CONNECTS) == 0,
      timings: HTTPResponse.Timings(
        connect: .microseconds(handle.offset(CURLINFO_CONNECT_TIME_T)),
        firstByte: .microseconds(handle.offset(CURLINFO_STARTTRANSFER_TIME_T)),
        total: .microseconds(handle.offset(CURLINFO_TOTAL_TIME_T))))
  }
}

extension EasyHandle {
  fileprivate func number(_ info: CURLINFO) -> Int {
    var value = 0
    unsafe ccurl_get_long(pointer, info, &value)
    return value
  }

  fileprivate func offset(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    unsafe ccurl_get_offset(pointer, info, &value)
    return Int(value)
  }
}

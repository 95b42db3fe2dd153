internal import CCurl

/// The meaning of libcurl's result codes.
extension CurlError {
  /// The error behind a result code of libcurl.
  ///
  /// - Parameters:
  ///   - code: not `CURLE_OK`.
  ///   - detail: libcurl's own words, more exact than the code; may be empty.
  ///   - hasAnswer: whether the headers of the final answer had come.
  init(code: CURLcode, detail: String, hasAnswer: Bool) {
    let words = detail.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : detail
    self.init(
      Kind(code: code, hasAnswer: hasAnswer), words,
      isUntrusted: Kind.untrusted.contains(code.rawValue))
  }
}

extension CurlError.Kind {
  fileprivate init(code: CURLcode, hasAnswer: Bool) {
    self =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .dns
      case CURLE_COULDNT_CONNECT: .connect
      case CURLE_OPERATION_TIMEDOUT: .timeout
      case CURLE_FILESIZE_EXCEEDED, CURLE_OUT_OF_MEMORY: .tooLarge
      case CURLE_PARTIAL_FILE: .truncated
      case CURLE_BAD_CONTENT_ENCODING: .encoding
      case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING: hasAnswer ? .truncated : .reset
      case CURLE_HTTP2_STREAM where hasAnswer: .truncated
      case CURLE_URL_MALFORMAT: .request
      case CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION: .system
      case _ where Self.tlsCodes.contains(code.rawValue): .tls
      default: .protocol
      }
  }

  fileprivate static let untrusted: Set<UInt32> = Set(
    [
      CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS,
    ].map(\.rawValue))

  private static let tlsCodes: Set<UInt32> = Set(
    [
      CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
      CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
    ].map(\.rawValue))
}

/// The status and headers of an answer, as its lines come in.
///
/// libcurl's own bounds are wide and it lets contradictions pass; so each line is counted and
/// checked here, interim answers and trailers too.
struct AnswerHead {
  /// The fields of the latest answer: interim ones give way to the final one.
  private(set) var headers = HTTPHeaders()

  /// The status of the latest answer; 0 before any.
  private(set) var status = 0

  /// Whether the final answer's headers are complete; what comes after are trailers.
  private(set) var isComplete = false

  /// The announced length of the body, as sent.
  private(set) var contentLength: Int?

  private var isInside = false
  private var bytes = 0
  private var lines = 0

  /// Takes one line, with its line end.
  ///
  /// - Returns: why the answer is refused; `nil` to go on.
  mutating func read(_ line: Span<UInt8>) -> CurlError? {
    bytes += line.count
    lines += 1
    if line.count > Limits.headerLineBytes || bytes > Limits.headerBytes
      || lines > Limits.headerLines
    {
      return CurlError(.tooLarge, "the headers are larger than allowed")
    }
    if isComplete { return nil }
    if !isInside { return begin(line) }
    if line.trimmed(0..<line.count).isEmpty { return end() }
    if line[0] == 0x20 || line[0] == 0x09 {
      headers.fold(line: line)
      return nil
    }
    return headers.append(line: line) ? nil : CurlError(.protocol, "a header line has no name")
  }

  private mutating func begin(_ line: Span<UInt8>) -> CurlError? {
    isInside = true
    headers = HTTPHeaders()
    guard let space = line.indices.first(where: { line[$0] == 0x20 }) else {
      return CurlError(.protocol, "the answer has no status line")
    }
    status = 0
    for index in space + 1..<min(space + 4, line.count) {
      guard (0x30...0x39).contains(line[index]) else {
        return CurlError(.protocol, "the status is not a number")
      }
      status = status * 10 + Int(line[index] - 0x30)
    }
    return nil
  }

  private mutating func end() -> CurlError? {
    isInside = false
    if (100..<200).contains(status) { return nil }
    isComplete = true
    return checkLength() ?? checkTransfer() ?? checkCodings()
  }

  /// Two lengths that differ are how answers are smuggled into one another (RFC 9112 §6.3).
  private mutating func checkLength() -> CurlError? {
    let lengths = Set(
      headers.values("content-length").flatMap { $0.split(separator: 0x2c) }
        .map { String(decoding: $0, as: UTF8.self).filter { $0 != " " && $0 != "\t" } })
    guard lengths.count < 2 else {
      return CurlError(.protocol, "two lengths are given that contradict each other")
    }
    contentLength = lengths.first.flatMap { Int($0) }
    return nil
  }

  /// Only what was offered is decoded: libcurl would unpack others too, zstd's window of 128 MB
  /// among them.
  private func checkCodings() -> CurlError? {
    let codings = codings("content-encoding").filter { $0 != "identity" && $0 != "none" }
    if codings.count > Limits.codings {
      return CurlError(.encoding, "\(codings.count) content codings lie over one another")
    }
    let known: Set = ["gzip", "x-gzip", "deflate", "br"]
    guard let strange = codings.first(where: { !known.contains($0) }) else { return nil }
    return CurlError(.encoding, "content coding '\(strange.prefix(40))' was not offered")
  }

  /// We offer no transfer coding (no `TE`), so chunked is the only one allowed (RFC 9112 §7.4);
  /// libcurl would unpack the others, past the list of content codings.
  private func checkTransfer() -> CurlError? {
    guard let strange = codings("transfer-encoding").first(where: { $0 != "chunked" }) else {
      return nil
    }
    return CurlError(.encoding, "transfer coding '\(strange.prefix(40))' was not offered")
  }

  /// The codings a header lists, in lower case.
  private func codings(_ name: String) -> [String] {
    headers.values(name).flatMap { $0.split(separator: 0x2c) }
      .map { String(decoding: $0, as: UTF8.self).lowercased().filter { $0 != " " && $0 != "\t" } }
      .filter { !$0.isEmpty }
  }
}

import Curl

extension Outcome {
  /// What becomes of lines whose transfer brought no answer.
  init(_ error: CurlError) {
    self = error.isUntrusted ? .faulty("\(error)", after: nil) : .retry("\(error)", after: nil)
  }
}

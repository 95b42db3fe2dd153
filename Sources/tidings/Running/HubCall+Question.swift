import Fetching
import Serving

extension HubCall {
  /// The call that a request at the callback is.
  init(_ question: Serving.Question) {
    self.init(
      token: Callback.token(in: question.path) ?? "", method: question.method,
      query: question.query, contentType: question.headers["content-type"],
      contentLanguage: question.headers["content-language"],
      signature: question.headers["x-hub-signature"], body: question.body)
  }
}

extension Answer {
  /// As it is sent; a challenge is text, whatever it holds.
  init(_ answer: HubAnswer) {
    self.init(
      answer.status,
      [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")]
        + (answer.retryAfter.map { [("Retry-After", String($0))] } ?? []),
      Array(answer.body.utf8))
  }
}

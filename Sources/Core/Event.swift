public import FoundationEssentials

/// A fact, in the past tense; never changed once it is recorded.
public struct Event: Hashable, Sendable {
  public enum Fact: Hashable, Sendable {
    case feedFollowed(Feed, by: String)
    case feedChanged(Feed)
    case feedUnfollowed(Feed.ID, by: String)
    case feedMoved(Feed.ID, from: String, to: String, answers: Int)
    case feedGone(Feed.ID, status: Int, answers: Int)
    case feedFailed(FeedFailure)
    case feedRecovered(Feed.ID, since: Date, failures: Int)
    case feedFetched(FeedFetch)
    case articlePublished(Article, Origin)
    case articleRevised(Article, Revision)
    /// Another feed has the article too.
    case articleSighted(Article.ID, in: Feed.ID)
    case ruleDefined(RuleDefinition)
    case ruleRemoved(rule: String)
    case vocabularyDefined(VocabularyDefinition)
    case alertRaised(Alert, cause: UInt64)
    case alertHeld(AlertHold, cause: UInt64)
    /// The rules have judged every record up to this position.
    case rulesEvaluated(through: UInt64, engine: String)
    case alertDelivered(Delivery)
    case alertUndeliverable(Delivery)
    case clockTicked
    case daemonStarted(version: String)
    case daemonStopped(reason: String)
  }

  /// When it happened, as far as that is known; the log keeps when it was recorded.
  public var at: Date
  public var fact: Fact

  public init(at: Date, _ fact: Fact) {
    self.at = at
    self.fact = fact
  }
}

/// A feed's polls began to fail, or fail in another way.
public struct FeedFailure: Hashable, Sendable {
  public var feed: Feed.ID
  /// One of dns, connect, tls, timeout, http, too_big, not_a_feed and the like.
  public var failureClass: String
  /// The HTTP status, where there was one.
  public var status: Int?
  public var message: String

  public init(feed: Feed.ID, failureClass: String, status: Int? = nil, message: String) {
    self.feed = feed
    self.failureClass = failureClass
    self.status = status
    self.message = message
  }
}

/// A poll that brought news.
public struct FeedFetch: Hashable, Sendable {
  public var feed: Feed.ID
  /// The address that answered.
  public var url: String
  /// Of the body as decoded.
  public var bytes: Int
  /// Of the body, in hexadecimal.
  public var sha256: String
  public var format: String
  public var entries: Int
  public var published: Int
  public var revised: Int
  public var title: String?
  public var home: String?
  public var language: String?

  public init(
    feed: Feed.ID, url: String, bytes: Int, sha256: String, format: String, entries: Int,
    published: Int, revised: Int, title: String? = nil, home: String? = nil,
    language: String? = nil
  ) {
    self.feed = feed
    self.url = url
    self.bytes = bytes
    self.sha256 = sha256
    self.format = format
    self.entries = entries
    self.published = published
    self.revised = revised
    self.title = title
    self.home = home
    self.language = language
  }
}

/// The text of a rule from which on it judges.
public struct RuleDefinition: Hashable, Sendable {
  public var rule: String
  /// 12 hexadecimal digits over everything that the rule means.
  public var revision: String
  public var mode: String
  /// The rule's configuration as JSON, defaults filled in.
  public var text: String

  public init(rule: String, revision: String, mode: String, text: String) {
    self.rule = rule
    self.revision = revision
    self.mode = mode
    self.text = text
  }
}

/// A part of the operator's words from which on articles are read with it.
public struct VocabularyDefinition: Hashable, Sendable {
  /// entities, topics or lists.
  public var part: String
  /// Of the text, in hexadecimal.
  public var digest: String
  /// The part's configuration as JSON.
  public var text: String

  public init(part: String, text: String) {
    self.part = part
    self.text = text
    digest = String(SHA256.hex(Array(text.utf8)).prefix(32))
  }
}

/// What became of a line at an outlet.
public struct Delivery: Hashable, Sendable {
  public var alert: Alert.ID
  /// The line's number within its alert.
  public var number: Int
  public var state: Alert.State
  public var outlet: String
  public var attempts: Int
  /// What the receiver answered, or why the line was given up.
  public var detail: String?

  public init(
    alert: Alert.ID, number: Int, state: Alert.State, outlet: String, attempts: Int,
    detail: String? = nil
  ) {
    self.alert = alert
    self.number = number
    self.state = state
    self.outlet = outlet
    self.attempts = attempts
    self.detail = detail
  }
}

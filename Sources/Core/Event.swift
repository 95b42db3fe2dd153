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
    /// Between two polls more entries passed through the feed's window than it holds.
    case feedGapped(Feed.ID, from: Date, to: Date, missedEstimate: Int)
    /// The feed's entries are told apart by another key from here on.
    case feedRekeyed(Feed.ID, from: String, to: String, evidence: String)
    case articlePublished(Article, Origin)
    case articleRevised(Article, Revision)
    case articleWithdrawn(Article.ID, revision: Int, Withdrawal)
    /// Another feed has the article too.
    case articleSighted(Article.ID, in: Feed.ID)
    case ruleDefined(RuleDefinition)
    case ruleRemoved(rule: String)
    case vocabularyDefined(VocabularyDefinition)
    case alertRaised(Alert, cause: UInt64)
    /// An alert that stands took another state.
    case alertChanged(Alert, cause: UInt64)
    case alertHeld(AlertHold, cause: UInt64)
    /// The rules have judged every record up to this position.
    case rulesEvaluated(through: UInt64, engine: String)
    case alertDelivered(Delivery)
    case alertUndeliverable(Delivery)
    /// An outlet takes no lines: for some time by now, or until its configuration is mended.
    case outletFailed(String, reason: String)
    /// An outlet that took no lines is configured no more.
    case outletRemoved(String)
    case alertAcknowledged(Alert.ID, Judgement)
    case alertMarked(Alert.ID, Alert.Mark, by: String)
    case silenceSet(Silence)
    case silenceLifted(Silence.ID, by: String)
    /// A person wants alerts sent again.
    case deliveryRequested(outlet: String, alerts: [Alert.ID], by: String)
    case entityMerged([Entity.ID], Judgement)
    case entitySplit(Entity.ID, aliases: [String], Judgement)
    /// Whether an alias means an entity.
    case aliasJudged(Entity.ID, alias: String, same: Bool, Judgement)
    case storyMerged([Story.ID], Judgement)
    case storySplit(Story.ID, articles: [Article.ID], Judgement)
    /// Whether an article belongs to a topic.
    case topicJudged(Article.ID, Topic.ID, right: Bool, Judgement)
    case clockTicked
    case daemonStarted(version: String)
    case daemonStopped(reason: String)
    /// None of these hosts could be reached.
    case networkLost(hosts: [String])
    case networkReturned(since: Date)
    /// The configuration was read anew; with any fault among them the old one stays.
    case configurationReread(faults: [String])
    /// What the records at these positions said was taken out of the log.
    case recordRedacted(Redaction)
    /// A segment was written anew; `lost` of its records could not be read.
    case logRepaired(segment: String, lost: Int)
    /// The records up to a position were moved to a folder.
    case logArchived(through: UInt64, folder: String)
  }

  /// When it happened, as far as that is known; the log keeps when it was recorded.
  public var at: Date
  public var fact: Fact

  public init(at: Date, _ fact: Fact) {
    self.at = at
    self.fact = fact
  }
}

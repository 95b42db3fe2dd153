import Core
import Fetching
import FoundationEssentials
import Rules

/// Everything that an operator configured, read and checked as a whole.
struct Configuration: Sendable {
  /// Which entries of a feed's first document may raise alerts.
  enum FirstPoll: Hashable, Sendable {
    /// At most three, published within this before they were seen.
    case within(Duration)
    case seed
    case alert
  }

  /// How feeds are polled; the rest of the rules of politeness is no choice.
  struct Polling: Hashable, Sendable {
    var firstPoll = FirstPoll.within(.seconds(3600))
    var privateNetworks = false
    /// An address that publishers can turn to; part of the user agent.
    var contact: String?
    var inFlight = 64
    /// Starts a second; 0 lifts it.
    var rate = 50
    /// Polls a feed and a day, on average over all that no `every` orders.
    var budget = 24
    /// What holds for some sites by name.
    var sites: [String: SiteRule] = [:]
    /// Where hubs reach us (WebSub), an https address without a slash at its end; nil: they are not asked.
    var callback: String?
  }

  /// The file that was read first.
  var file: String
  var paths: Paths
  /// `host:port` of the page; nil for none.
  var page: String? = "127.0.0.1:8474"
  /// What who asks the page must know; nil for nothing.
  var pageToken: String?
  var polling = Polling()
  var feeds: [Feed] = []
  /// How each of them is asked.
  var access: [Feed.ID: FeedAccess] = [:]
  var outlets: [OutletSettings] = [.file]
  /// Where the page can be reached from outside; empty where it cannot.
  var publicURL = ""
  /// Rules with the words they use.
  var rules: RuleSet
  var silences: [Silence] = []
  var warnings: [Fault] = []

  /// How each feed is asked, secrets read.
  ///
  /// - Throws: every secret that cannot be had.
  func pollOptions() throws(Faults) -> [Feed.ID: PollOptions] {
    var options: [Feed.ID: PollOptions] = [:]
    var faults: [Fault] = []
    for feed in feeds {
      do {
        options[feed.id] = try access[feed.id]?.resolved()
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else { throw Faults(faults) }
    return options
  }

  /// The keys whose change from `old` only a restart takes.
  func restarts(from old: Configuration) -> [String] {
    let changes = [
      ("data", paths.data != old.paths.data), ("alerts", paths.alerts != old.paths.alerts),
      ("page", page != old.page), ("page_token_file", pageToken != old.pageToken),
      ("outlets", outlets != old.outlets),
      ("poll.contact", polling.contact != old.polling.contact),
      ("poll.in_flight", polling.inFlight != old.polling.inFlight),
      ("poll.rate", polling.rate != old.polling.rate),
      ("poll.budget", polling.budget != old.polling.budget),
      ("poll.sites", polling.sites != old.polling.sites),
      ("poll.websub", polling.callback != old.polling.callback),
      ("resources", paths.resources != old.paths.resources),
      // Views that hold names of other lists are made anew where a daemon starts.
      ("find_names", rules.findsNames != old.rules.findsNames),
    ]
    return changes.filter(\.1).map(\.0)
  }
}

/// Where things lie; all follow from `data:`, `alerts:` and `resources:`.
struct Paths: Hashable, Sendable {
  var data: String
  var alerts: String
  /// A folder with other lists and models than those that come with the program; nil for none.
  var resources: String?

  var log: String { data + "/log" }
  var views: String { data + "/views.sqlite" }
  var state: String { data + "/state.sqlite" }
  /// Facts of people that wait for the running daemon.
  var inbox: String { data + "/inbox" }
}

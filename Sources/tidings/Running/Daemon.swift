import UnixSignals
import Core
import Curl
import EventLog
import Fetching
import FoundationEssentials
import Logging
import Projections
import Rules
import Sending
import ServiceLifecycle
import Serving
import Text

/// The whole program, read top-down: what starts with what, and what ends with what.
actor Daemon {
  private var configuration: Configuration
  private let logger: Logger
  private let log: SegmentedLog
  /// The same log, to append to.
  private let facts: GuardedLog
  private let views: Views
  private let projector: Projector
  private let reactor: Reactor
  private let ingest: Ingest
  private let people: InboxReader
  private let poller: Poller
  /// Who asks hubs to push; nil where nobody can reach us.
  private let hubs: Hubs?
  private let deliverers: [Deliverer]
  private let state: StateStore
  private let vitals: Vitals
  private let tally: Tally
  /// When what is in force was read, and what was refused since.
  private var loadedAt = WallClock.second()
  private var refusal: String?

  /// Opens log and views, catches up, and puts what is configured into the log.
  ///
  /// - Throws: `locked` where another daemon runs on the data; what the log refuses to open with.
  init(_ configuration: Configuration, logger: Logger) async throws {
    (self.configuration, self.logger) = (configuration, logger)
    let paths = configuration.paths
    // What ships with the program is looked for now, not at the first article.
    _ = Background.shipped
    let models = configuration.rules.findsNames ? ReadingModels.shared(paths.resources).id : nil
    try FileManager.default.createDirectory(atPath: paths.data, withIntermediateDirectories: true)
    let log = try SegmentedLog.open(paths.log, now: WallClock.now()) { error in
      logger.warning("A cache of the log was not written", metadata: ["fault": "\(error)"])
    }
    let vitals = Vitals(clock: WallClock.reading)
    let tally = Tally()
    let facts = GuardedLog(log, vitals, tally, clock: WallClock.reading)
    let progress = StartProgress(logger)
    let views = try await Self.opening(paths.views) { _ in
      try await Reading.rebuild(
        paths, log, models: models, report: { progress.report($0, of: $1) },
        tell: { progress.begin($0, $1) }
      ).open()
    }
    let projector = try Projector(
      views, log: log, makeReader: Reading.makeReader(paths),
      pulse: vitals.pulse("projector", bound: .seconds(20)))
    try await projector.catchUp { progress.report($0, of: $1) }
    let state = try await Self.opening(paths.state) { try StateStore($0) }
    let ingest = Ingest(
      views, state, log: facts, projector: projector, firstPoll: configuration.polling.firstPoll,
      logger: logger, clock: WallClock.now)
    (self.log, self.facts, self.views, self.projector) = (log, facts, views, projector)
    (self.ingest, self.state, self.vitals, self.tally) = (ingest, state, vitals, tally)
    let inbox = Inbox(folder: paths.inbox)
    try inbox.prepare()
    people = InboxReader(
      inbox, views, log: facts, projector: projector, logger: logger,
      pulse: vitals.pulse("inbox", bound: .seconds(60)))
    reactor = try Reactor(
      views, log: facts, projector: projector, clock: WallClock.now,
      pulse: vitals.pulse("reactor", bound: .seconds(60)))
    let client = try HTTPClient()
    let hubs = try Self.hubs(configuration, client, state, ingest, logger)
    self.hubs = hubs
    let asking = Asking(
      FeedFetcher(client, FeedFetcher.Settings(contact: configuration.polling.contact)),
      ingest, hubs, vitals, tally)
    poller = Self.poller(configuration, asking, state, facts, vitals, logger)
    deliverers = try Outlets(
      configuration, views: views, log: facts, projector: projector, state: state,
      vitals: vitals
    ).deliverers(logger)
    try await define(configuration)
  }

  /// Opens a file that is made anew where it is missing.
  private static func opening<Opened>(
    _ file: String, _ open: (String) async throws -> Opened
  ) async throws -> Opened {
    do {
      return try await open(file)
    } catch let error as ViewsError {
      throw error
    } catch {
      throw Failure(
        file, "cannot be opened: \(error)",
        fix: "check its rights; if it is damaged remove it, it is made anew from the log")
    }
  }

  private static func poller(
    _ configuration: Configuration, _ asking: Asking, _ state: StateStore, _ facts: GuardedLog,
    _ vitals: Vitals, _ logger: Logger
  ) -> Poller {
    let polling = configuration.polling
    return Poller(
      [], store: memory(state),
      schedule: Schedule(
        inFlight: polling.inFlight, startsPerSecond: polling.rate, rules: SiteRules(polling.sites)),
      budget: Double(polling.budget), logger: logger, clock: WallClock.now,
      ask: { try await asking.ask($0) },
      accept: { try await asking.accept($0, $1, $2) },
      visit: { try await asking.visit($0, $1, $2) },
      tell: { try await facts.append($0, at: WallClock.now()) },
      pulse: vitals.pulse("poller", bound: .seconds(60)))
  }

  /// Where nobody can reach us any more, what was agreed with hubs is forgotten; they find us gone.
  private static func hubs(
    _ configuration: Configuration, _ client: HTTPClient, _ state: StateStore, _ ingest: Ingest,
    _ logger: Logger
  ) throws -> Hubs? {
    guard let callback = configuration.polling.callback else {
      try state.saveHubs([], dropped: try state.loadHubs().map(\.token))
      return nil
    }
    let settings = FeedFetcher.Settings(contact: configuration.polling.contact)
    return try Hubs(
      callback: callback,
      memory: HubMemory(
        load: { try state.loadHubs() }, save: { try state.saveHubs($0, dropped: $1) }),
      client: client, userAgent: settings.userAgent, logger: logger, clock: WallClock.now,
      take: { feed, document in try await ingest.accept(pushed: document, of: feed) })
  }

  private static func memory(_ state: StateStore) -> PollMemory {
    PollMemory(
      load: { try state.load($0) },
      loadSites: { try state.loadSites() },
      save: { states, sites in
        do {
          try state.save(states, sites: sites)
        } catch ViewsError.full(let file) {
          throw PollPaused(fullDisk: ViewsError.full(file), now: WallClock.now())
        }
      })
  }

  /// Appends the definitions that changed, folds them, and follows the feeds.
  private func define(_ configuration: Configuration) async throws {
    for warning in configuration.warnings {
      logger.warning("Configuration", metadata: ["fault": "\(warning)"])
    }
    let now = WallClock.now()
    let definitions = Definitions(configuration: configuration, views: views, now: now)
    for (stream, events) in try definitions.events() where !events.isEmpty {
      try await facts.append(events, to: stream, at: now)
    }
    try await projector.catchUp()
    let polling = configuration.polling
    let options = try configuration.pollOptions()
    let feeds = configuration.feeds.map { feed in
      var feed = feed
      feed.privateNetwork = feed.privateNetwork || polling.privateNetworks
      return feed
    }
    try await poller.replace(feeds: feeds, options: options)
    // Hubs would learn what a proxy is to hide.
    await hubs?.follow(feeds.filter { options[$0.id]?.proxy == nil })
    try await ingest.use(polling.firstPoll, options)
    Memory.returnUnused()
  }

  // MARK: Running

  /// Runs until a signal asks for the end; each element of `hangUps` asks for a reload.
  func run(_ hangUps: UnixSignalsSequence) async throws {
    let started = Event(at: WallClock.now(), .daemonStarted(version: Tidings.version))
    try await facts.append([started], to: .daemon, at: WallClock.now())
    logger.notice(
      "Started",
      metadata: [
        "feeds": "\(configuration.feeds.count)", "rules": "\(configuration.rules.written.count)",
      ])
    var configured = ServiceGroupConfiguration(
      services: try services(hangUps), cancellationSignals: [.sigterm, .sigint], logger: quiet)
    configured.maximumGracefulShutdownDuration = .seconds(5)
    let group = ServiceGroup(configuration: configured)
    do {
      try await group.run()
    } catch is CancellationError {
    }
    try await finish(reason: "signal")
  }

  private func ticker() -> Ticker {
    Ticker(
      views: views, log: facts, logger: logger, clock: WallClock.now,
      pulse: vitals.pulse("ticker", bound: .seconds(60)))
  }

  /// What `systemctl status` shows.
  private func status() async throws -> String {
    let now = WallClock.now()
    let polls = await poller.standing()
    let coverage = try views.coverage(at: now)
    let midnight = Date(
      timeIntervalSince1970: (now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
    return Standing(
      feeds: polls.feeds, due: polls.due, failing: coverage.feeds - coverage.feedsOK,
      newestArticle: try views.newestArticle(), alertsToday: try views.alertCount(since: midnight),
      refusal: refusal, pause: polls.pause
    ).text(at: now)
  }

  /// What `/metrics`, `/healthz` and `/readyz` tell.
  private func watch() -> Watch {
    let figures = Figures(
      start: loadedAt, paths: configuration.paths, log: log, views: views, poller: poller,
      outlets: zip(configuration.outlets.map(\.name), deliverers).map { ($0, $1) },
      vitals: vitals, tally: tally)
    let checks = Checks(
      paths: configuration.paths, facts: facts, views: views, projector: projector, vitals: vitals)
    return Watch { [self] in
      try await figures.metrics(inForce, at: WallClock.now())
    } healthy: {
      checks.healthy
    } ready: {
      await checks.ready(at: WallClock.now())
    }
  }

  private var inForce: Figures.InForce {
    Figures.InForce(
      rules: configuration.rules.written.map(\.mode), loadedAt: loadedAt,
      isRefused: refusal != nil)
  }

  private func keeper(_ servers: [Server]) -> Keeper {
    Keeper(vitals: vitals, logger: logger) {
      for server in servers { _ = try await server.port() }
    } status: { [self] in
      try await status()
    }
  }

  private var wishes: Wishes { Wishes(state: state, poller: poller, logger: logger) }

  private var scrub: Scrub {
    Scrub(log: log, state: state, logger: logger, clock: WallClock.now, tally: tally)
  }

  private func services(_ hangUps: UnixSignalsSequence) throws -> [any Service] {
    let ticker = ticker()
    var services: [any Service] = [
      Loop { [projector] in try await projector.run() },
      Loop { [reactor] in try await reactor.run() },
      Loop { [poller] in try await poller.run() },
      Loop { [self] in try await self.reload(at: hangUps) },
      Loop { [wishes] in try await wishes.run() },
      Loop { [ticker] in try await ticker.run() },
      Loop { [people] in try await people.run() },
      Loop { [scrub] in try await scrub.run() },
      Loop { try await Memory.keepSmall() },
    ]
    for deliverer in deliverers {
      services.append(Loop { [projector] in try await Self.deliver(deliverer, projector) })
    }
    let servers = try servers()
    for server in servers { services.append(Loop { try await server.run() }) }
    let keeper = keeper(servers)
    services.append(Loop { try await keeper.run() })
    if let hubs { services.append(Loop { [poller] in try await hubs.run(poller) }) }
    return services
  }

  /// One server for each socket of the page.
  private func servers() throws -> [Server] {
    let passed = try PassedSockets.take()
    let doors = PageDoors(configuration, passed: passed)
    for (message, address) in doors.warnings {
      logger.warning(message, metadata: ["page.address": "\(address)"])
    }
    if configuration.page == nil { passed.forEach { $0.close() } }
    let page = Page(
      DeskSource(configuration.paths, log: log, projector: projector) { await self.configuration })
    let callback = hubs.map { hubs in
      Callback(knows: { await hubs.knows($0) }) { Answer(await hubs.answer(HubCall($0))) }
    }
    let watch = watch()
    let token = configuration.pageToken.map { PageToken($0) }
    let respond: Server.Respond = { [tally] question in
      var answer = token?.refusal(of: question)
      if answer == nil { answer = await watch.respond(to: question) }
      let given = if let answer { answer } else { await page.respond(to: question) }
      let route = Route.name(of: question.path)
      tally.note { $0.count(.requests, route, String(given.status)) }
      return given
    }
    return try doors.sockets.map { try Server($0, callback: callback, respond: respond) }
      + (doors.listen.map { [try Server(listen: $0, callback: callback, respond: respond)] } ?? [])
  }

  /// Looks for new lines whenever the views have moved.
  ///
  /// Where the disk is too full to settle them they stay due; the outlet knows what it has.
  private static func deliver(_ deliverer: Deliverer, _ projector: Projector) async throws {
    let advances = Turns(await projector.advances())
    while !Task.isCancelled {
      do {
        return try await deliverer.run { await advances.next() }
      } catch let error as EventLogError where error.isPassing {
      } catch ViewsError.full {
      }
      try await Task.sleep(for: .seconds(10))
    }
  }

  /// The service library's own messages are for its developers.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = .critical
    return quiet
  }

  /// Polls what is due once, or one feed whether it is due or not; lets views, rules and outlets finish.
  func runOnce(only feed: Feed.ID? = nil) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [projector] in try await projector.run() }
      try await people.take()
      await hubs?.begin(poller)
      if let feed { await poller.hasten([feed]) }
      try await poller.runOnce(only: feed)
      group.cancelAll()
    }
    try await finish(reason: "once")
  }

  /// What is left to do after the loops: judge, deliver, mark, close.
  ///
  /// A crash here costs nothing.
  private func finish(reason: String) async throws {
    do {
      try await people.take()
      // Before the last decisions: what is gathered for one line is told now.
      let stopped = Event(at: WallClock.now(), .daemonStopped(reason: reason))
      try await facts.append([stopped], to: .daemon, at: WallClock.now())
      try await projector.catchUp()
      try await reactor.react()
      try await projector.catchUp()
      try await drain(all: reason == "once")
      try await projector.catchUp()
      // What was delivered moves time, and something may have fallen due by it.
      let judged = await projector.position
      try await reactor.react()
      try await reactor.finish(judged)
      try await projector.catchUp()
    } catch let error as EventLogError where error.isPassing {
      logger.warning(
        "Stopped before all was recorded; the rest is done at the next start",
        metadata: ["reason": "\(error)"])
    } catch ViewsError.full {
      logger.warning("Stopped on a full disk; the rest is done at the next start")
    }
    try await log.close()
    try views.close()
  }

  /// Delivers what is due: to all outlets at once, or only to those that nobody else's delay can hold up.
  private func drain(all: Bool) async throws {
    let asked = zip(configuration.outlets, deliverers).filter { all || $0.0.kind.isLocal }
    try await withThrowingTaskGroup(of: Void.self) { [logger] group in
      for (settings, deliverer) in asked {
        group.addTask {
          guard try await !deliverer.drain() else { return }
          logger.warning(
            "An outlet did not take its lines; they stay due",
            metadata: ["outlet": "\(settings.name)"])
        }
      }
      try await group.waitForAll()
    }
  }

  // MARK: Reload

  private func reload(at hangUps: UnixSignalsSequence) async throws {
    for await _ in hangUps {
      Notify.reloading()
      refusal = await reload().map {
        "reload \($0); running the configuration of \(Timestamp.text(loadedAt))"
      }
      Notify.ready(try await status())
    }
  }

  /// Takes the new configuration whole, or keeps the old one and says why.
  private func reload() async -> String? {
    do {
      let new = try Configuration.read(configuration.file, warns: true)
      let changed = new.restarts(from: configuration).joined(separator: ", ")
      guard changed.isEmpty else {
        logger.error(
          "Reload refused: only a restart takes this", metadata: ["changed": "\(changed)"])
        try await tell(faults: ["only a restart takes \(changed)"])
        return "refused: only a restart takes \(changed)"
      }
      try await define(new)
      configuration = new
      loadedAt = WallClock.second()
      try await tell(faults: [])
      logger.notice(
        "Reloaded",
        metadata: ["feeds": "\(new.feeds.count)", "rules": "\(new.rules.written.count)"])
      return nil
    } catch let faults as Faults {
      for fault in faults.all { logger.error("Reload refused", metadata: ["fault": "\(fault)"]) }
      await refuse(faults)
      return "refused: \(faults.all.count) fault\(faults.all.count == 1 ? "" : "s")"
    } catch {
      logger.error("Reload failed; reload again", metadata: ["error": "\(error)"])
      return "failed; reload again"
    }
  }

  /// Records what a reload was refused for; where it was taken there are no faults.
  private func tell(faults: [String]) async throws {
    let now = WallClock.now()
    let event = Event(at: now, .configurationReread(faults: faults))
    try await facts.append([event], to: .daemon, at: now)
  }

  private func refuse(_ faults: Faults) async {
    do {
      try await tell(faults: faults.all.prefix(50).map(\.description))
    } catch {
      logger.error("The refusal was not recorded", metadata: ["error": "\(error)"])
    }
  }

  /// Where alerts can be followed in this process.
  var events: SegmentedLog { log }
}

extension FeedFetcher.Settings {
  /// The usual settings; who asks is the program, and `contact` or else the project.
  init(contact: String?) {
    self.init()
    let contact = contact ?? "https://github.com/tidings"
    userAgent = "Tidings/\(Tidings.version) (+\(contact); 1 subscriber)"
  }
}

public import Core
public import Curl
public import FoundationEssentials
public import Logging

/// Asks hubs for subscriptions, answers what they ask back, and hands on what they push (WebSub).
///
/// It decides nothing: ``HubBook`` says what is due and what an answer is. Here it is sent, stored and
/// recorded.
public actor Hubs {
  /// Reads and records a pushed document; what it brought is durable when it returns.
  public typealias Take = @Sendable (Feed, Document) async throws -> Verdict

  /// Pushes that wait to be read, and their bytes; who comes on top is asked to come again.
  private static let waitingPushes = 32
  private static let waitingBytes = 16 << 20

  /// Requests to hubs under way at once, and redirects that one of them may take.
  private static let requests = 8
  private static let redirects = 3

  /// How often it is looked for what is due.
  private static let pause = Duration.seconds(1)

  private let memory: HubMemory
  private let client: HTTPClient
  private let userAgent: String
  private let take: Take
  private let logger: Logger
  private let clock: @Sendable () -> Date
  private let sleep: @Sendable (Duration) async throws -> Void

  private var book: HubBook
  private var feeds: [Feed.ID: Feed] = [:]
  private var random = SystemRandomNumberGenerator()
  private var backedUp: Set<Feed.ID> = []
  /// Asks the feeds, and whatever a push gives reason to ask for.
  private var poller: Poller?
  /// Whether it was told that there is no room to store anything.
  private var isFull = false
  /// Feeds of which something that was pushed is lost, and to be asked for.
  private var missed: Set<Feed.ID> = []
  private let pushes = AsyncStream<HubBook.Push>.makeStream()
  private var waiting = (count: 0, bytes: 0)

  /// Takes up what is stored; hubs reach us below `callback`, an address without a slash at its end.
  ///
  /// - Throws: what the memory throws.
  public init(
    callback: String, memory: HubMemory, client: HTTPClient, userAgent: String,
    logger: Logger = Logger(label: "tidings.hubs"), clock: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    take: @escaping Take
  ) throws {
    book = HubBook(callback: callback, try memory.load())
    (self.memory, self.client, self.userAgent) = (memory, client, userAgent)
    (self.logger, self.clock, self.sleep, self.take) = (logger, clock, sleep, take)
  }

  /// Goes on with what is followed now.
  public func follow(_ feeds: [Feed]) {
    self.feeds = Dictionary(feeds.map { ($0.id, $0) }) { _, last in last }
    book.follow(self.feeds, now: clock())
  }

  /// Takes note of a poll: of the hub that a document names, and of news that should have been pushed.
  public func note(_ outcome: FetchOutcome, _ verdict: Verdict, of feed: Feed) {
    // A poll may end after its feed was left, or moved.
    guard feeds[feed.id]?.url == feed.url else { return }
    if case .notModified = outcome { book.notePoll(of: feed.id, new: 0) }
    guard case .document(let document) = outcome, case .taken(let taken) = verdict else { return }
    book.notePoll(of: feed.id, new: taken.new)
    book.note(
      document.hub.filled(from: taken.hub), of: feed, now: clock(), using: &random)
  }

  /// Answers a call; what it pushes is read later.
  ///
  /// A verification is stored before it is answered, or a crash would leave a hub that pushes to nobody.
  public func answer(_ call: HubCall) -> HubAnswer {
    if call.method == "POST", !hasRoom(for: call) { return HubAnswer(503, retryAfter: 60) }
    let before = book
    let (answer, push) = book.answer(call, now: clock())
    guard let push else {
      if answer.status == 404 || save() { return answer }
      // What its hub hears is that nothing was verified.
      book = before
      return HubAnswer(503, retryAfter: 60)
    }
    waiting = (waiting.count + 1, waiting.bytes + call.body.count)
    pushes.continuation.yield(push)
    return answer
  }

  /// Whether a call with this token is answered at all, so that its body is worth reading.
  public func knows(_ token: String) -> Bool { book.knows(token) }

  private func hasRoom(for call: HubCall) -> Bool {
    waiting.count < Self.waitingPushes && waiting.bytes + call.body.count <= Self.waitingBytes
  }
}

extension Hubs {
  /// Keeps the subscriptions and reads what is pushed, until the task is cancelled.
  ///
  /// `poller` asks the feeds, and keeps the gates of the sites that hubs belong to.
  ///
  /// - Throws: when the task is cancelled.
  public func run(_ poller: Poller) async throws {
    await begin(poller)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.repeatedly { await self.tell(poller) } }
      group.addTask { try await self.repeatedly { await self.ask(poller) } }
      group.addTask { await self.read() }
      try await group.waitForAll()
    }
  }

  /// Has feeds asked at their usual pace again of which pushes may be lost while nobody listened.
  public func begin(_ poller: Poller) async {
    self.poller = poller
    await poller.askUsually(book.feeds)
  }

  /// Does `step` again and again, until the task is cancelled.
  private func repeatedly(_ step: @Sendable () async -> Void) async throws {
    while !Task.isCancelled {
      await step()
      try await sleep(Self.pause)
    }
  }

  /// Sends what is due once it is stored: a hub would ask back for what a crash made unknown.
  ///
  /// It may wait long at the gates of sites.
  private func ask(_ poller: Poller) async {
    let due = book.due(at: clock(), limit: Self.requests)
    if save() { await send(due, poller) }
  }

  /// Tells the poller which feeds need polls only as a backup, and which were not pushed to the end.
  private func tell(_ poller: Poller) async {
    let now = book.backedUp(at: clock())
    let lost = Array(missed)
    missed = []
    if !lost.isEmpty { await poller.hasten(lost) }
    guard now != backedUp else { return }
    backedUp = now
    await poller.backUp(now)
  }

  /// Stores what changed; `false` where there is no room for it now.
  private func save() -> Bool {
    let changes = book.changes
    guard !changes.isEmpty else { return true }
    do {
      try memory.save(changes.kept, changes.dropped)
      book.forget(changes)
      isFull = false
      return true
    } catch {
      // Said once: it is tried again every second.
      if !isFull {
        logger.warning("Subscriptions to hubs are not kept", metadata: ["error": "\(error)"])
      }
      isFull = true
      return false
    }
  }
}

extension Hubs {
  private func send(_ requests: [HubBook.Request], _ poller: Poller) async {
    await withTaskGroup(of: Void.self) { group in
      for request in requests { group.addTask { await self.send(request, poller) } }
    }
  }

  private func send(_ request: HubBook.Request, _ poller: Poller) async {
    do {
      let response = try await post(request, poller)
      guard !(200..<300).contains(response.status) else { return }
      let words = response.body.prefix(200).prefix { $0 != 0x0A }
      let reason = SafeText.line(String(decoding: words, as: UTF8.self))
      let wait = Hints(response.headers, now: clock()).retryAfter
      fail(
        request, "its hub answered \(response.status)" + (reason.isEmpty ? "" : ": \(reason)"), wait
      )
    } catch let error as CurlError {
      fail(request, "its hub cannot be reached: \(SafeText.line(error.message))")
    } catch PollDeferred.closed(let until) {
      let wait = Duration.seconds(until.timeIntervalSince(clock()))
      fail(request, "its hub's site asked to be left alone", wait)
    } catch {
      // The poller ends; so do we.
    }
  }

  private func fail(_ request: HubBook.Request, _ what: String, _ wait: Duration? = nil) {
    book.failed(request.token, what, wait: wait, now: clock())
    logger.info(
      "Hub not subscribed to", metadata: ["feed.id": "\(request.feed)", "why": "\(what)"])
  }

  /// Sends a request through the gates of the sites on its way.
  ///
  /// A hub that moved says so by 307 or 308, which keep method and body; others are no answer to this.
  private func post(_ request: HubBook.Request, _ poller: Poller) async throws -> HTTPResponse {
    var address = try HTTPAddress(request.hub)
    var hops = 0
    while true {
      let place = "hub " + request.token
      try await poller.waitForTurn(of: place, at: address)
      let response: HTTPResponse
      do {
        response = try await client.send(form(request, to: address))
        await poller.endTurn(of: place, at: address, response)
      } catch {
        await poller.endTurn(of: place, at: address, nil)
        throw error
      }
      guard [307, 308].contains(response.status), hops < Self.redirects,
        let location = response.headers["location"]
      else { return response }
      let next = try address.resolving(location)
      // The secret goes along: never from https to http.
      guard next.scheme == "https" || address.scheme == "http" else { return response }
      address = next
      hops += 1
    }
  }

  private func form(_ request: HubBook.Request, to address: HTTPAddress) -> HTTPRequest {
    var post = HTTPRequest("POST", address)
    post.headers.append("User-Agent", userAgent)
    post.headers.append("Content-Type", "application/x-www-form-urlencoded")
    post.body = request.body
    // Only its status counts, and a word of why.
    post.bodyLimit = 4_096
    post.cutsBody = true
    // Of a feed that is followed what holds now; to take leave, what held when it was.
    post.allowsPrivateNetwork =
      feeds[request.feed].map { HubOffer.allowsPrivate(address, for: $0) }
      ?? (request.isPrivate && address.origin == (try? HTTPAddress(request.hub))?.origin)
    return post
  }
}

extension Hubs {
  private func read() async {
    for await push in pushes.stream {
      await read(push)
      waiting = (waiting.count - 1, waiting.bytes - push.call.body.count)
    }
  }

  private func read(_ push: HubBook.Push) async {
    guard book.accepts(push) else { return logDropped(push) }
    guard let feed = feeds[push.feed] else { return }
    let call = push.call
    let document = Document(
      body: call.body, status: 226, address: push.topic, contentType: call.contentType,
      contentLanguage: call.contentLanguage, isFirst: false, hash: BodyHash.hash(call.body))
    do {
      switch try await take(feed, document) {
      case .taken(let taken):
        book.took(push)
        await poller?.notePush(of: feed, new: taken.new, taken.errands)
      case .unchanged: book.took(push)
      case .notAFeed(let why), .unreadable(let why):
        book.drop(push, "a push that cannot be read: \(why)")
        logDropped(push)
      }
    } catch {
      // What cannot be recorded now is asked for when it can be.
      book.drop(push, "a push that could not be recorded")
      missed.insert(push.feed)
      logger.warning(
        "A push was not recorded; the feed is asked instead",
        metadata: ["feed.id": "\(push.feed)", "error": "\(error)"])
    }
  }

  private func logDropped(_ push: HubBook.Push) {
    logger.info(
      "Push dropped",
      metadata: ["feed.id": "\(push.feed)", "why": "\(book[push.feed]?.message ?? "")"])
  }
}

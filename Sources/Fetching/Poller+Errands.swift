internal import Core
internal import Curl
internal import FoundationEssentials
internal import Logging

/// Requests beside the polls: they stand in the same schedule, behind what is due already.
///
/// Each has a place there under a name that no feed can have.
extension Poller {
  /// An errand that waits or is under way.
  struct Placed {
    let errand: Errand
    /// Answers that did not come.
    var unanswered = 0
  }

  /// Gives errands their places, as many as there is room for, and as their sites are asked for in a day.
  func take(_ new: [Errand]) {
    for errand in new where errands.count < Limits.errands {
      guard feeds[errand.feed] != nil, mayAsk(errand) else { continue }
      errandNumber += 1
      let place = Feed.ID("\u{0}errand/\(errandNumber)")
      errands[place] = Placed(errand: errand)
      put(place, due: clock())
    }
  }

  private func mayAsk(_ errand: Errand) -> Bool {
    guard errand.isCounted, let site = siteKey(of: errand.address), !site.isPrivate else {
      return true
    }
    let day = Int((clock().timeIntervalSince1970 / 86_400).rounded(.down))
    if pages.day < day { pages = (day, [:]) }
    guard pages.asked[site, default: 0] < Limits.pagesPerDay else { return false }
    pages.asked[site, default: 0] += 1
    return true
  }

  /// Puts an errand into the schedule; without an address, or where it would have to wait beyond the only
  /// round, it is dropped.
  private func put(_ place: Feed.ID, due: Date) {
    guard let errand = errands[place]?.errand, let site = siteKey(of: errand.address),
      !(isOnce && (isClosed(site) || due > clock()))
    else { return drop(place) }
    let isCutOff = outage != nil && !site.isPrivate
    schedule.add(place, site: site, due: isCutOff ? max(due, clock() + Limits.errandWait) : due)
  }

  /// Takes an errand that may go now; `false` for what is none.
  func depart(_ place: Feed.ID, at now: Date) -> Bool {
    guard let errand = errands[place]?.errand else { return false }
    guard let site = siteKey(of: errand.address), feeds[errand.feed] != nil else {
      drop(place)
      return true
    }
    if isPaused || outage != nil && !site.isPrivate {
      schedule.finished(place)
      put(place, due: now + Limits.errandWait)
    } else {
      _ = begin(errand.address, at: now)
      departing.append(place)
    }
    return true
  }

  /// Sends those that were taken.
  func sendErrands(_ group: inout ThrowingTaskGroup<Event, any Error>) {
    for place in departing {
      guard let errand = errands[place]?.errand, let feed = feeds[errand.feed] else {
        drop(place)
        continue
      }
      send(errand, of: feed, place, &group)
    }
    departing = []
  }

  private func send(
    _ errand: Errand, of feed: Feed, _ place: Feed.ID,
    _ group: inout ThrowingTaskGroup<Event, any Error>
  ) {
    let (now, options) = (clock(), options[feed.id] ?? PollOptions())
    let isPublic = siteKey(of: errand.address)?.isPrivate == false
    let mayTryAgain = (errands[place]?.unanswered ?? 0) < Limits.errandTries
    group.addTask { [ask, visit, room] in
      let share = room.share()
      defer { withExtendedLifetime(share) {} }
      do {
        var question = Question(
          feed, options: options, state: PollState(url: errand.address), now: now,
          pass: { try await self.pass(place, to: $0) }, share: share)
        question.isPage = errand.isPage
        let fetched = try await ask(question)
        // It may be our network that is down.
        if isPublic, mayTryAgain, fetched.isUnanswered { return .unheard(place) }
        return .visited(place, fetched, try await visit(feed, errand, fetched.outcome))
      } catch let pause as PollPaused {
        return .halted(place, until: nil, pause)
      } catch PollDeferred.closed(let until) {
        return .halted(place, until: until, nil)
      } catch PollDeferred.crowded {
        return .halted(place, until: nil, nil)
      } catch is CancellationError {
        return .halted(place, until: .distantFuture, nil)
      }
    }
  }

  /// Puts off an errand that could not be finished; in the distant future, never.
  func halt(_ place: Feed.ID, _ until: Date?, _ pause: PollPaused?) throws {
    schedule.finished(place)
    if let pause {
      if isOnce { throw pause }
      begin(pause)
    }
    guard until != .distantFuture else { return drop(place) }
    put(place, due: until ?? clock() + Limits.errandWait)
  }

  /// Puts off an errand that got no answer.
  func retry(_ place: Feed.ID) {
    schedule.finished(place)
    errands[place]?.unanswered += 1
    put(place, due: clock() + Limits.errandWait)
  }

  /// Notes what an errand's answer says of its site, and takes what it gave reason for.
  func settle(_ place: Feed.ID, _ fetched: Fetched, _ next: [Errand]) {
    let now = clock()
    let errand = errands[place]?.errand
    drop(place)
    guard let errand, let site = siteKey(of: errand.address) else { return }
    noteAnswer(at: site, bytes: fetched.bytes, status: fetched.status, fetched.retryAfter, now)
    logger.debug(
      "Errand done",
      metadata: ["feed.id": "\(errand.feed)", "http.status": "\(fetched.status ?? 0)"])
    take(next)
  }

  /// Forgets the errands of feeds that are followed no more.
  func dropErrands() {
    for (place, placed) in errands where feeds[placed.errand.feed] == nil && isWaiting(place) {
      drop(place)
    }
  }

  /// Forgets the errands to a site, for what is to be done in a single round cannot wait for it.
  func dropErrands(to site: SiteKey) {
    for (place, placed) in errands where siteKey(of: placed.errand.address) == site {
      if isWaiting(place) { drop(place) }
    }
  }

  /// Places all errands anew that wait, as after a clock went back.
  func placeErrands() {
    for place in errands.keys.sorted() where isWaiting(place) { put(place, due: clock()) }
  }

  /// Whether its request has not begun; a redirect that waits for its site has.
  private func isWaiting(_ place: Feed.ID) -> Bool {
    !schedule.isInFlight(place) && hops[place] == nil
  }

  private func drop(_ place: Feed.ID) {
    schedule.finished(place)
    schedule.remove(place)
    errands[place] = nil
  }
}

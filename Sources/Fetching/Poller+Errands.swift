internal import Core
internal import Curl
internal import FoundationEssentials
internal import Logging

/// Requests beside the polls: they stand in the same schedule, behind what is due already.
///
/// Each has a place there under a name that no feed can have.
extension Poller {
  /// Gives errands their places, as many as there is room for.
  func take(_ new: [Errand]) {
    for errand in new where errands.count < Limits.errands && !errands.values.contains(errand) {
      errandNumber += 1
      let place = Feed.ID("\u{0}\(errandNumber)")
      errands[place] = errand
      put(place, due: clock())
    }
  }

  /// Puts an errand into the schedule; without an address, or where it would have to wait beyond the only
  /// round, it is dropped.
  private func put(_ place: Feed.ID, due: Date) {
    guard let errand = errands[place], let site = siteKey(of: errand.address),
      !(isOnce && (isClosed(site) || due > clock()))
    else { return errands[place] = nil }
    schedule.add(place, site: site, due: due)
  }

  /// Takes an errand that may go now; `false` for what is none.
  func depart(_ place: Feed.ID, at now: Date) -> Bool {
    guard let errand = errands[place] else { return false }
    guard let site = siteKey(of: errand.address), feeds[errand.feed] != nil else {
      drop(place)
      return true
    }
    if outage != nil, !site.isPrivate {
      schedule.finished(place)
      put(place, due: now + Limits.errandWait)
    } else if errand.isPage, !site.isPrivate, !mayAskPage(site, now) {
      drop(place)
    } else {
      _ = begin(errand.address, at: now)
      departing.append(place)
    }
    return true
  }

  private func mayAskPage(_ site: SiteKey, _ now: Date) -> Bool {
    let day = Int((now.timeIntervalSince1970 / 86_400).rounded(.down))
    if pages.day != day { pages = (day, [:]) }
    pages.asked[site, default: 0] += 1
    return pages.asked[site, default: 0] <= Limits.pagesPerDay
  }

  /// Sends those that were taken.
  func sendErrands(_ group: inout ThrowingTaskGroup<Event, any Error>) {
    for place in departing {
      guard let errand = errands[place], let feed = feeds[errand.feed] else {
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
    group.addTask { [ask, visit, room] in
      let share = room.share()
      defer { withExtendedLifetime(share) {} }
      do {
        var question = Question(
          feed, options: options, state: PollState(url: errand.address), now: now,
          pass: { try await self.pass(place, to: $0) }, share: share)
        question.isPage = errand.isPage
        let fetched = try await ask(question)
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

  /// Notes what an errand's answer says of its site, and takes what it gave reason for.
  func settle(_ place: Feed.ID, _ fetched: Fetched, _ next: [Errand]) {
    let now = clock()
    let errand = errands[place]
    drop(place)
    guard let errand, let site = siteKey(of: errand.address) else { return }
    note(fetched, at: site, now)
    if fetched.status == 429, !site.isPrivate {
      pause(site, until: now + (fetched.retryAfter?.seconds ?? Limits.errandPause))
    }
    logger.debug(
      "Errand done",
      metadata: ["feed.id": "\(errand.feed)", "http.status": "\(fetched.status ?? 0)"])
    if feeds[errand.feed] != nil { take(next) }
  }

  /// Forgets the errands of feeds that are followed no more.
  func dropErrands() {
    for (place, errand) in errands where feeds[errand.feed] == nil {
      if !schedule.isInFlight(place), hops[place] == nil { drop(place) }
    }
  }

  /// Forgets the errands to a site, for what is to be done in a single round cannot wait for it.
  func dropErrands(to site: SiteKey) {
    for (place, errand) in errands where siteKey(of: errand.address) == site {
      if !schedule.isInFlight(place) { drop(place) }
    }
  }

  /// Places all errands anew that wait, as after a clock went back.
  func placeErrands() {
    for place in errands.keys.sorted() where !schedule.isInFlight(place) && hops[place] == nil {
      put(place, due: clock())
    }
  }

  private func drop(_ place: Feed.ID) {
    schedule.finished(place)
    schedule.remove(place)
    errands[place] = nil
  }
}

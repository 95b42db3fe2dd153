import Core
import FoundationEssentials
import Projections

/// Feeds and how they are, and how politely their sites are asked.
struct FeedsSheet: Sheet {
  let feeds: [FeedStatus]
  let sites: [SiteStatus]
  /// Of all feeds.
  let count: Int
  let skip: Int
  let rows: Int

  var title: String { "Feeds" }
  var section: Route { .feeds }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("feeds")
      json.array(feeds) { $1.write(to: &$0) }
      json.key("sites")
      json.array(sites) { $1.write(to: &$0) }
      json.field("count", count)
    }
  }

  func write(to html: inout HTML) {
    if feeds.isEmpty {
      html.nothing("No feeds here; `tidings feeds add URL` finds one behind a page.")
    }
    html.element("ol", ["class": "feeds"]) { html in
      for feed in feeds { html.feed(feed) }
    }
    html.element("p", ["class": "more"]) { html in
      if skip > 0 { html.link(to: page(max(0, skip - rows)), "Before") }
      if skip + feeds.count < count { html.link(to: page(skip + rows), "Further feeds") }
    }
    guard !sites.isEmpty else { return }
    html.heading("Sites, and how politely they are asked")
    html.table(
      "Sites",
      [
        "Site", "Requests today", "Bytes", "304", "429 ever", "Longest Retry-After",
        "Left alone until",
      ]
    ) { html in
      for site in sites { html.site(site) }
    }
  }

  private func page(_ skip: Int) -> String {
    Route.feeds.address([
      ("skip", String(skip)), ("n", rows == PageLimits.rows ? nil : String(rows)),
    ])
  }
}

extension HTML {
  fileprivate mutating func feed(_ feed: FeedStatus) {
    let id = feed.health.feed.id.rawValue
    element("li", ["id": "feed-\(id)", "class": "feed \(feed.state)"]) { html in
      html.element("p", ["class": "kicker"]) { html in
        html.element("span", ["class": "state \(feed.state)"], feed.state)
        html.outside(feed.site)
      }
      html.element("h3") { html in
        html.link(to: Route.articles.address([("feed", id)]), outside: feed.health.title ?? id)
        if feed.health.title != nil { html.element("span", ["class": "via"], " \(id)") }
      }
      for message in [feed.message].compactMap(\.self) + feed.notes {
        html.element("p", ["class": "note", "dir": "auto"], message)
      }
      html.element("p", ["class": "under"]) { $0.standing(of: feed) }
    }
  }

  private mutating func standing(of feed: FeedStatus) {
    let (health, poll) = (feed.health, feed.poll)
    add("\(health.published) articles")
    if let poll { add(", \((poll.entriesPerDay * 10).rounded() / 10) a day") }
    add(" · last answer ")
    time(poll?.lastSuccess)
    add(" · next ")
    if let due = feed.due { time(due) } else { add("–") }
    if let words = feed.dueWords { add(" (\(words))") }
    if let since = health.failingSince {
      add(" · failing since ")
      time(since)
      add(", \(Self.count(poll?.failures ?? 0, "failure"))")
    }
    add(" · 304: \(feed.share)")
    if let hub = feed.hub { add(" · hub \(hub.state.rawValue)") }
  }

  fileprivate mutating func site(_ site: SiteStatus) {
    let state = site.state
    element("tr") { html in
      html.element("th", ["scope": "row"]) { $0.outside(site.name) }
      html.cell("Requests today", number: "\(state.requests)")
      html.cell("Bytes", number: "\(state.bytes)")
      html.cell("304", number: "\(state.notModified)")
      html.cell("429 ever", number: "\(state.limited)")
      html.cell(
        "Longest Retry-After", number: state.longestRetryAfter.map { DurationText.text($0) } ?? "–")
      html.cell("Left alone until") { $0.time(state.pausedUntil) }
    }
  }
}

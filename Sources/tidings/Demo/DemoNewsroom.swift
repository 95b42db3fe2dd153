import Core
import FoundationEssentials
import Serving

/// The demo's world: invented outlets whose feeds change as time goes by, in three formats.
///
/// A function of time alone: the same moment gives the same documents, so a 304 can be told.
struct DemoNewsroom: Sendable {
  enum Format: Sendable { case rss, atom, json }

  struct Outlet: Sendable {
    let name: String
    let title: String
    let language: String
    let format: Format
  }

  static let outlets = [
    Outlet(name: "kabar-nusa", title: "Kabar Nusa", language: "id", format: .rss),
    Outlet(name: "harian-bahari", title: "Harian Bahari", language: "id", format: .rss),
    Outlet(name: "strait-courier", title: "The Strait Courier", language: "en", format: .atom),
    Outlet(name: "island-wire", title: "Island Wire", language: "en", format: .json),
    Outlet(name: "pelabuhan-kini", title: "Pelabuhan Kini", language: "id", format: .atom),
  ]

  /// When the demo began; dates of entries count from here.
  let start: Date
  /// How long one step takes.
  let step: Duration

  /// The answer to a request at `now`.
  func respond(to question: Question, at now: Date) -> Answer {
    let name = question.path.dropFirst().prefix { $0 != "." }
    guard let outlet = Self.outlets.first(where: { $0.name == name }) else { return Answer(404) }
    let tick = Int(now.timeIntervalSince(start) / step.seconds)
    // One server has a fault for a while, and comes back.
    if outlet.name == "island-wire", (6...8).contains(tick % 40) {
      return Answer(503, [("Content-Type", "text/plain")], Array("overloaded\n".utf8))
    }
    let shown = entries(of: outlet, until: tick)
    let tag = "\"\(outlet.name)-\(shown.count)-\(shown.map(\.revision).reduce(0, +))\""
    let headers: [(name: String, value: String)] = [
      ("ETag", tag), ("Content-Type", outlet.format.type),
    ]
    guard question.headers["if-none-match"] != tag else { return Answer(304, headers) }
    return Answer(200, headers, Array(DemoDocument(outlet, shown).text.utf8))
  }

  /// What an outlet shows at a step: its backlog and what came since, newest first.
  func entries(of outlet: Outlet, until tick: Int) -> [DemoEntry] {
    var shown: [DemoEntry] = []
    for (index, piece) in DemoNews.backlog.enumerated() where piece.outlet == outlet.name {
      let published = start.addingTimeInterval(-7_200 - Double(index) * 600)
      shown.append(
        DemoEntry(piece: piece, id: "\(outlet.name)-b\(index)", published: published, revision: 1))
    }
    for number in 0..<max(0, tick) {
      let round = number / DemoNews.script.count
      let index = number % DemoNews.script.count
      let piece = DemoNews.script[index]
      // The port's paper falls silent after the first round.
      guard piece.outlet == outlet.name, round == 0 || outlet.name != "pelabuhan-kini" else {
        continue
      }
      let isEdited = piece.edit != nil && tick - number > 6
      let published = start.addingTimeInterval(Double(number + 1) * step.seconds)
      shown.append(
        DemoEntry(
          piece: piece.on(round: round, edited: isEdited), id: "\(outlet.name)-\(round)-\(index)",
          published: published, revision: isEdited ? 2 : 1))
    }
    return Array(shown.reversed().prefix(20))
  }
}

extension DemoNewsroom.Format {
  var type: String {
    switch self {
    case .rss: "application/rss+xml"
    case .atom: "application/atom+xml"
    case .json: "application/feed+json"
    }
  }

  var ending: String { self == .json ? "json" : "xml" }
}

/// One entry as a feed shows it.
struct DemoEntry: Sendable {
  let piece: DemoNews.Piece
  let id: String
  let published: Date
  let revision: Int
}

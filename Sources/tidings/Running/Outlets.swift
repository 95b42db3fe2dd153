import Core
import Curl
import EventLog
import FoundationEssentials
import Logging
import Projections
import Sending

/// Makes the outlets of a configuration, and who brings each its lines.
struct Outlets {
  private let configuration: Configuration
  private let file: AlertFile
  private let views: Views
  private let log: GuardedLog
  private let projector: Projector
  private let state: StateStore
  private let vitals: Vitals
  private let client: HTTPClient
  private let mail: MailClient

  init(
    _ configuration: Configuration, views: Views, log: GuardedLog, projector: Projector,
    state: StateStore, vitals: Vitals
  ) throws {
    (self.configuration, self.views) = (configuration, views)
    file = Self.file(configuration)
    (self.log, self.projector) = (log, projector)
    (self.state, self.vitals) = (state, vitals)
    // Apart from the one that polls: addresses of the operator's are trusted more than a feed's.
    client = try HTTPClient()
    mail = try MailClient()
  }

  /// The file that always exists.
  private static func file(_ configuration: Configuration) -> AlertFile {
    let settings = configuration.outlets[0]
    guard case .jsonl(let rotate, let keep) = settings.way else {
      preconditionFailure("the first outlet is the file")
    }
    return AlertFile(
      name: settings.name, path: configuration.paths.alerts, rotateAt: rotate, keep: keep,
      clock: WallClock.now)
  }

  func deliverers(_ logger: Logger) throws -> [Deliverer] {
    try configuration.outlets.map { settings in
      // A receiver may hang for as long as its requests may take, several after each other.
      let bound = Duration.seconds(settings.kind.isLocal ? 60 : 900)
      let pulse = vitals.pulse("outlet \(settings.name)", bound: bound)
      return Deliverer(
        outlet(settings), settings.delivery, logger: logger, clock: WallClock.now,
        trials: try state.trials(of: settings.name), pulse: pulse
      ) { [views] limit in
        try views.due(settings.name, limit: limit).map(AlertLine.init)
      } settle: { [log, projector] delivered, given in
        let now = WallClock.now()
        let events =
          delivered.map { Event(at: now, .alertDelivered($0)) }
          + given.map { Event(at: now, .alertUndeliverable($0)) }
        let range = try await log.append(events, to: .alerts, at: now)
        // Until the views have it, the same lines would be due again.
        try await projector.catchUp(upTo: Position(rawValue: range.upperBound.rawValue - 1))
      } fail: { [log] reason in
        let now = WallClock.now()
        let event = Event(at: now, .outletFailed(settings.name, reason: reason))
        try await log.append([event], to: .daemon, at: now)
      } remember: { [state] trials in
        try state.setTrials(trials, of: settings.name)
      }
    }
  }

  private func outlet(_ settings: OutletSettings) -> any Outlet {
    let name = settings.name
    switch settings.way {
    case .jsonl: return file
    case .journald: return Journal(name: name)
    case .exec(let argv):
      return Exec(
        name: name, argv: argv, folder: configuration.paths.data, timeout: settings.timeout)
    case .email(let server, let sender, let recipients):
      return MailOutlet(name: name, from: sender, to: recipients) { [mail] message, from, to in
        await mail.send(message, from: from, to: to, by: server)
      }
    case .http(let address, let format, let authorities, let allowsLinkLocal):
      return HTTPOutlet(
        name: name, address: address, format: format, timeout: settings.timeout,
        authorities: authorities, allowsLinkLocal: allowsLinkLocal, client: client,
        clock: WallClock.now)
    case .atom(let path, let entries):
      let whole = path.hasPrefix("/") ? path : configuration.paths.data + "/" + path
      return AtomFile(name: name, path: whole, entries: entries) { [views] limit in
        try views.delivered(name, limit: limit).map(AlertLine.init)
      }
    }
  }
}

extension AlertLine {
  fileprivate init(_ placed: PlacedAlert) {
    self.init(placed.alert, cursor: placed.position.rawValue, request: placed.request)
  }
}

import Core
import EventLog
import Logging
import Projections

/// Takes what people left in the inbox into the log.
///
/// A file goes once its fact is recorded. A crash between the two is harmless: the views know the fact's id, so
/// the next look only removes the file.
actor InboxReader {
  private let inbox: Inbox
  private let views: Views
  private let log: any EventLog
  private let projector: Projector
  private let logger: Logger
  private let pulse: Pulse
  /// What could not be moved or removed, told once.
  private var stuck: Set<String> = []

  init(
    _ inbox: Inbox, _ views: Views, log: any EventLog, projector: Projector, logger: Logger,
    pulse: @escaping Pulse = { _ in }
  ) {
    (self.inbox, self.views, self.log) = (inbox, views, log)
    (self.projector, self.logger, self.pulse) = (projector, logger, pulse)
  }

  /// Looks every second.
  func run() async throws {
    while !Task.isCancelled {
      pulse(.step)
      try await take()
      pulse(.rest(atMost: .seconds(1)))
      try await Task.sleep(for: .seconds(1))
    }
  }

  /// Takes what is there; what the log has no room for stays.
  func take() async throws {
    var taken: [(name: String, event: Event)] = []
    for file in try waiting() {
      switch file.content {
      case .success(let event): taken.append((file.name, event))
      case .failure(let refusal as Inbox.Refusal): setAside(file.name, refusal)
      case .failure(let error):
        tell(file.name, "A file of the inbox cannot be read yet", "\(error)")
      }
    }
    guard !taken.isEmpty else { return }
    do {
      try await append(taken.map(\.event))
    } catch let error as EventLogError where error.isPassing {
      return
    } catch ViewsError.full {
      return
    }
    for file in taken { act(on: file.name) { try inbox.remove(file.name) } }
  }

  /// A folder that cannot be read must not end the daemon.
  private func waiting() throws -> [Inbox.Waiting] {
    do {
      return try inbox.waiting()
    } catch {
      tell("", "The inbox cannot be read; look at its owner and rights", "\(error)")
      return []
    }
  }

  private func append(_ events: [Event]) async throws {
    let new = try events.filter { try !views.knows($0.id) }
    for part in new.parts {
      let range = try await log.append(part, to: .people, at: WallClock.now())
      // Until the views have it, the same fact would be taken for a new one.
      try await projector.catchUp(upTo: Position(rawValue: range.upperBound.rawValue - 1))
    }
  }

  private func setAside(_ name: String, _ refusal: Inbox.Refusal) {
    act(on: name) {
      try inbox.setAside(name)
      logger.warning(
        "A file of the inbox is no fact of a person; it is kept aside",
        metadata: ["file": "\(inbox.refused)/\(name)", "reason": "\(refusal)"])
    }
  }

  private func act(on name: String, _ body: () throws -> Void) {
    do {
      try body()
      stuck.remove(name)
    } catch {
      tell(name, "A file of the inbox can neither be moved nor removed", "\(error)")
    }
  }

  private func tell(_ name: String, _ message: Logger.Message, _ error: String) {
    guard stuck.insert(name).inserted else { return }
    logger.warning(message, metadata: ["file": "\(inbox.folder)/\(name)", "error": "\(error)"])
  }
}

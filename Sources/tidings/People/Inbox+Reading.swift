import Core
import Glibc

extension Inbox {
  /// The facts that people may put into the log this way.
  static let kinds: Set<EventKind> = [
    .alertAcknowledged, .alertMarked, .silenceSet, .silenceLifted, .storyMerged, .storySplit,
    .topicJudged, .entityMerged, .entitySplit, .aliasJudged,
  ]

  /// Whom the kernel shows where a user namespace hides the owner (overflowuid, user_namespaces(7)).
  private static let hidden: uid_t = 65_534

  /// The fact in a file; anybody of the folder's group may have written it.
  ///
  /// - Throws: `Refusal` for what is no such fact; `Failure` for what cannot be read now, and may be later.
  func read(_ name: String) throws -> Event {
    // Neither a link nor a pipe may lead or hold the daemon anywhere.
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let file = unsafe open(folder + "/" + name, flags)
    guard file >= 0 else {
      // A link; a pipe or device that nobody serves.
      if [ELOOP, ENXIO, ENODEV].contains(errno) { throw Refusal("is no plain file") }
      throw Failure.of(folder + "/" + name, "open")
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Refusal("is no plain file")
    }
    guard status.st_size <= Self.sizeLimit else {
      throw Refusal("is over \(Self.sizeLimit >> 10) KiB")
    }
    let event = try Self.event(try bytes(of: file, name), named: name)
    try Self.check(event, owner: status.st_uid)
    return event
  }

  private func bytes(of file: Int32, _ name: String) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
    let count = unsafe Glibc.read(file, &bytes, bytes.count)
    guard count >= 0 else { throw Failure.of(folder + "/" + name, "read") }
    guard count <= Self.sizeLimit else { throw Refusal("is over \(Self.sizeLimit >> 10) KiB") }
    return Array(bytes.prefix(count))
  }

  /// The fact that `bytes` hold, which `name` must name.
  static func event(_ bytes: [UInt8], named name: String) throws(Refusal) -> Event {
    let event: Event
    do {
      guard let type = try JSONValue(parsing: bytes)["type"]?.string,
        let kind = EventKind(type: type), kinds.contains(kind)
      else { throw Refusal("is no fact that people may give") }
      event = try Event(kind: kind.rawValue, json: bytes)
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal("\(error)")
    }
    guard Self.name(of: event) == name else { throw Refusal("is not named by its id") }
    return event
  }

  /// Refuses what somebody says in another's name.
  ///
  /// The superuser may (a command under sudo does), the daemon's own user too; where a user namespace hides
  /// the owner, the rights of the folder must do.
  private static func check(_ event: Event, owner: uid_t) throws(Refusal) {
    guard ![0, getuid(), hidden].contains(owner), let by = person(of: event) else { return }
    guard Person.name(of: owner) == by else {
      throw Refusal("speaks for '\(by)' and belongs to '\(Person.name(of: owner))'")
    }
  }

  private static func person(of event: Event) -> String? {
    switch event.fact {
    case .alertAcknowledged(_, let judgement): judgement.by
    case .alertMarked(_, _, let person), .silenceLifted(_, let person): person
    case .silenceSet(let silence): silence.by
    case .storyMerged(_, let judgement), .storySplit(_, _, let judgement),
      .entityMerged(_, let judgement), .entitySplit(_, _, let judgement),
      .topicJudged(_, _, _, let judgement), .aliasJudged(_, _, _, let judgement):
      judgement.by
    default: nil
    }
  }
}

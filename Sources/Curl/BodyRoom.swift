internal import Synchronization

/// Memory for bodies, shared by all transfers that take part.
public final class BodyRoom: Sendable {
  private let limit: Int
  private let taken = Atomic(0)

  /// Creates room for `bytes` of bodies.
  public init(bytes: Int = Limits.allBodiesBytes) {
    limit = bytes
  }

  /// Bytes that are taken.
  public var bytes: Int { taken.load(ordering: .relaxed) }

  /// A share that is empty at first, and given back when nobody holds it any more.
  public func share() -> BodyShare { BodyShare(self) }

  fileprivate func take(_ bytes: Int) -> Bool {
    guard taken.wrappingAdd(bytes, ordering: .relaxed).newValue > limit else { return true }
    give(bytes)
    return false
  }

  fileprivate func give(_ bytes: Int) {
    taken.wrappingSubtract(bytes, ordering: .relaxed)
  }
}

/// What one poll takes of a ``BodyRoom``, over all its hops, until its body is done with.
public final class BodyShare: Sendable {
  private let room: BodyRoom
  private let taken = Atomic(0)

  fileprivate init(_ room: BodyRoom) {
    self.room = room
  }

  deinit {
    room.give(taken.load(ordering: .relaxed))
  }

  /// Takes `bytes` more; `false` if there is no room for them.
  func take(_ bytes: Int) -> Bool {
    guard room.take(bytes) else { return false }
    taken.wrappingAdd(bytes, ordering: .relaxed)
    return true
  }
}

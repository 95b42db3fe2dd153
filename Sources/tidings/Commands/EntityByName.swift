import Core
import Projections

/// Finds the one entity that a person means by an id, a name or an alias.
enum EntityByName {
  static func find(_ name: String, _ views: Views) throws -> Entity.ID {
    guard let id = try views.entityID(name) else {
      throw Failure(
        name, "is no entity", fix: "see `tidings entities`", code: Exit.nothingFound)
    }
    return id
  }
}

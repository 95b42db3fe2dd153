public import EventLog
import GRDB

/// Why views cannot be looked at, or not be folded into.
public enum ViewsError: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(String)
  case otherVersion(String)
  /// Folded from a log with another identity.
  case otherLog(String)
  /// Folded from records that the log does not have: a restored backup.
  case beyondLog(String, folded: Position, end: Position)
  /// Another process folds into the file.
  case inUse(String)
  /// Could not be put in the place of the live views.
  case unmoved(String, errno: Int32)
  /// Nothing was written: there is no room on the disk.
  case full(String)

  public var description: String {
    switch self {
    case .missing(let file):
      "\(file): no views yet; start `tidings run`, or make them with `tidings rebuild`"
    case .otherVersion(let file):
      "\(file): made by another version; start `tidings run`, or make them anew with `tidings rebuild`"
    case .otherLog(let file): "\(file): made from another log; delete it, the log makes it anew"
    case .beyondLog(let file, let folded, let end):
      "\(file): folded up to \(folded), but the log has nothing from \(end) on: it is older than its "
        + "views; delete \(file), the log makes it anew"
    case .inUse(let file): "\(file): another process folds into it; wait until it has ended"
    case .unmoved(let file, let errno):
      "\(file): cannot be renamed (errno \(errno)); check the rights on its folder"
    case .full(let file): "\(file): the disk is full; make room, all goes on by itself"
    }
  }

  /// Runs `body` on a database, and tells a full or busy one from all that is worse.
  static func naming<Value>(_ file: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      throw ViewsError.full(file)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw ViewsError.inUse(file)
    }
  }
}

/// Why a stored event could not be read.
public enum EventFormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A newer version of the program wrote it.
  case unknownKind(UInt16)
  /// A newer version of the program wrote it: of this type only versions up to `known` are read.
  case newerVersion(type: String, version: Int, known: Int)
  case malformed(JSONError)
  /// The field is not there or not of the form it must have.
  case missing(field: String, type: String)

  public var description: String {
    switch self {
    case .unknownKind(let kind):
      "event kind \(kind) is not known; read this log with a newer version of tidings"
    case .newerVersion(let type, let version, let known):
      "\(type) has version \(version), known are those up to \(known); "
        + "read this log with a newer version of tidings"
    case .malformed(let error): "event is not readable JSON: \(error)"
    case .missing(let field, let type): "\(type) has no readable field \(field)"
    }
  }
}

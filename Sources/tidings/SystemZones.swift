import Foundation
import Parsing

/// The zones of the IANA database, as this system has them.
enum SystemZones {
  /// Foundation's, for FoundationEssentials knows no zone by its name.
  static let names: ZoneNames = { name, moment in
    TimeZone(identifier: name)?.secondsFromGMT(for: moment)
  }
}

public import FoundationEssentials
import Core

/// A date as feeds write it: RFC 822, RFC 3339 and what the wild makes of them.
///
/// Read by its shape, token by token; an unknown month gives no date, never an invented one.
public struct FeedDate: Hashable, Sendable {
  /// What a date says of its zone.
  public enum Zone: Hashable, Sendable {
    /// Nothing, or a word that no table knows.
    case open
    /// Seconds east of UTC.
    case offset(Int)
    /// A name of the IANA database, which a function given in knows.
    case named(String)
  }

  /// Bytes that a date may take; a title in its place is no date.
  static let limit = 200

  /// Seconds since 1970 that a clock without a zone would show.
  let clock: Double
  let zone: Zone
  /// Whether a time of day is given, not only a day.
  let hasTime: Bool

  /// Reads a date in any form; nil where it names none, or a day or hour that cannot be.
  ///
  /// Only where the forms of W3C belong may a century be left out, as in `03-12-31`; elsewhere, as in
  /// RSS's `pubDate`, the day stands first.
  public init?(_ text: String, isW3C: Bool = true) {
    guard let tokens = DateTokens(text) else { return nil }
    var reader = DateReader(tokens, isShort: isW3C)
    guard let date = reader.read() else { return nil }
    self = date
  }

  /// Reads a date that stands alone: no word may be in it that dates do not have.
  ///
  /// In an American one `5/6/2024` puts the month first.
  init?(exactly text: String, isAmerican: Bool) {
    guard let tokens = DateTokens(text) else { return nil }
    var reader = DateReader(tokens, isStrict: true, isAmerican: isAmerican, isShort: false)
    guard let date = reader.read() else { return nil }
    self = date
  }

  init(clock: Double, zone: Zone, hasTime: Bool) {
    (self.clock, self.zone, self.hasTime) = (clock, zone, hasTime)
  }

  /// The moment `text` names; without a zone, or with one that only a function would know, it is UTC.
  public static func date(_ text: String) -> Date? {
    FeedDate(text)?.moment(in: .open, nil)
  }

  /// The word that stands where a date without a known zone should name one, for a warning.
  static func unknownZone(in text: String) -> String? {
    guard let tokens = DateTokens(text) else { return nil }
    var reader = DateReader(tokens)
    guard let date = reader.read(), date.zone == .open else { return nil }
    return reader.stranger
  }

  /// The moment it names, in the zone it gives, else in `spare`.
  func moment(in spare: Zone, _ names: ZoneNames?) -> Date {
    offset(zone, names) ?? offset(spare, names) ?? Date(timeIntervalSince1970: clock)
  }

  /// The moment of this clock in `zone`; nil where nothing is known of it.
  private func offset(_ zone: Zone, _ names: ZoneNames?) -> Date? {
    switch zone {
    case .open: return nil
    case .offset(let seconds): return Date(timeIntervalSince1970: clock - Double(seconds))
    case .named(let name):
      // The offset depends on the moment, and the moment on the offset: the second guess holds.
      guard let names, let guess = names(name, Date(timeIntervalSince1970: clock)) else {
        return nil
      }
      let near = Date(timeIntervalSince1970: clock - Double(guess))
      return Date(timeIntervalSince1970: clock - Double(names(name, near) ?? guess))
    }
  }
}

extension FeedDate.Zone {
  /// The zone that an operator names: `+07:00`, `WIB`, `Asia/Jakarta`; nil for what is none.
  init?(_ text: String) {
    guard let date = FeedDate(exactly: "2000-01-01 00:00:00 " + text, isAmerican: false),
      date.zone != .open
    else { return nil }
    self = date.zone
  }

  /// Whether `text` names a zone, by an offset, a short name, or a name that `names` knows.
  public static func isKnown(_ text: String, _ names: ZoneNames) -> Bool {
    switch Self(text) {
    case .named(let name)?: names(name, Date(timeIntervalSince1970: 0)) != nil
    case .offset?: true
    case .open?, nil: false
    }
  }
}

/// The seconds east of UTC of a zone of the IANA database at a moment; nil for a name it lacks.
public typealias ZoneNames = @Sendable (_ name: String, _ moment: Date) -> Int?

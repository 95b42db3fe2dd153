/// What a word does beside names; a word may do several things.
struct WordRole: OptionSet, Hashable, Sendable {
  let rawValue: UInt16

  /// Stands before a person and is no part of the name: Presiden, Mr.
  static let title = WordRole(rawValue: 1 << 0)
  /// Goes on with a title: Luar Negeri behind Menteri.
  static let office = WordRole(rawValue: 1 << 1)
  /// Somebody is said to say something.
  static let speech = WordRole(rawValue: 1 << 2)
  /// Begins, or in English ends, what an organisation is called: Bank, Ministry.
  static let organisationHead = WordRole(rawValue: 1 << 3)
  /// Ends what an organisation is called: Tbk, Inc.
  static let organisationEnd = WordRole(rawValue: 1 << 4)
  /// Part of the name of a place: Laut, Bandara, Street.
  static let placeHead = WordRole(rawValue: 1 << 5)
  /// Stands before a place and is no part of its name: kota, provinsi.
  static let administrative = WordRole(rawValue: 1 << 6)
  /// Often stands before a place: di, in.
  static let locative = WordRole(rawValue: 1 << 7)
  /// Inside of names without a capital: bin, van, of.
  static let particle = WordRole(rawValue: 1 << 8)
  /// A full stop behind it ends no sentence.
  static let abbreviation = WordRole(rawValue: 1 << 9)
  /// A day or a month.
  static let calendar = WordRole(rawValue: 1 << 10)
  /// Common in small letters, so that a capital at the head of a sentence tells nothing.
  static let common = WordRole(rawValue: 1 << 11)
  /// A name that people are given.
  static let given = WordRole(rawValue: 1 << 12)
  /// A name of families.
  static let family = WordRole(rawValue: 1 << 13)
  /// Of the people of a country or of a direction: Indonesian, Barat.
  static let adjective = WordRole(rawValue: 1 << 14)
}

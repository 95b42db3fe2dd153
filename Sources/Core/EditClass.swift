/// What kind of edit leads from one revision of an article to the next; one edit may be of several.
public enum EditClass: String, Hashable, Sendable, CaseIterable {
  /// The words of the title differ.
  case headline
  /// A number, amount or date at the same place differs.
  case number
  /// A name stands in the one state of the article alone.
  case nameAdded = "name_added"
  case nameRemoved = "name_removed"
  /// A quote of four words or more is gone, or says something else.
  case quoteRemoved = "quote_removed"
  case quoteChanged = "quote_changed"
  /// The date of publication moved by more than ten minutes.
  case dateShifted = "date_shifted"
  /// Up to three words, each by a letter or two, and none of the above.
  case typo
  /// Thirty words or more came in, or went, at the border of a paragraph.
  case extended
  case shortened
  /// Less than half of the words remain.
  case rewritten
  /// A notice stands where the text was.
  case retracted
}

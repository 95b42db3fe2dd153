/// Words that stand in dates and say nothing of the day.
enum DateWords {
  /// Whether a word names the second half of the day.
  static let halves: [String: Bool] = [
    "am": false, "pm": true, "오전": false, "오후": true, "上午": false, "下午": true, "ص": false,
    "م": true, "πμ": false, "μμ": true,
  ]

  /// Behind these a time follows, even if it is written with dots.
  static let clocks: Set<String> = ["pukul", "jam", "at", "um", "kl", "om", "à", "ore", "alle"]

  /// Connecting words and endings of numbers.
  static let ignored: Set<String> = clocks.union([
    "de", "del", "di", "of", "the", "on", "a", "las", "às", "as", "le", "st", "nd", "rd", "th",
    "er",
    "ère", "º", "ª", "°", "uhr", "h", "г", "года", "год", "р", "року", "в", "о", "الساعة", "saat",
  ])
}

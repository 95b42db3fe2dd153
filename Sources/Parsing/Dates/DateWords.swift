import Text

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

  /// Whether `word` names a day of the week, whole or short.
  static func isWeekday(_ word: String) -> Bool {
    weekdays.contains(word) || weekdays.contains(Words(word).joined)
  }

  private static let weekdays: Set<String> = {
    let names = """
      monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
      senin selasa rabu kamis jumat sabtu minggu isnin khamis ahad \
      lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim \
      montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
      maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
      lunes martes miércoles jueves viernes sábado domingo \
      segunda terça quarta quinta sexta lunedì martedì mercoledì giovedì venerdì sabato domenica \
      pazartesi salı çarşamba perşembe cuma cumartesi pazar \
      понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс \
      الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
      """
    return Set(names.split { $0 == " " || $0 == "\n" }.map { Words(String($0)).joined })
  }()
}

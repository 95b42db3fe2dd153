import Text

/// Names of months in the languages of feeds, whole or in their usual short forms.
enum MonthNames {
  /// The number of the month that `word` names, after folding; nil for any other word.
  static func month(_ word: String) -> Int64? {
    let folded = Words(word)
    guard folded.words.count == 1 else { return nil }
    return table[folded.text(of: folded.words[0])]
  }

  private static let table: [String: Int64] = {
    var table: [String: Int64] = [:]
    for (index, line) in names.enumerated() {
      for name in line.split(separator: " ") {
        let folded = Words(String(name))
        for word in folded.words { table[folded.text(of: word)] = Int64(index + 1) }
      }
    }
    return table
  }()

  /// A line a month: English, Indonesian and Malay, French, German, Dutch, Spanish, Portuguese, Italian,
  /// Turkish, Russian, Ukrainian, Greek, Arabic.
  private static let names = [
    "january jan januari janvier janv januar janner enero ene janeiro gennaio gen ocak январь января янв січня січ ιαν يناير جانفي",
    "february feb februari pebruari février févr februar febrero fevereiro fev febbraio şubat февраль февраля фев лютого лют φεβ فبراير فيفري شباط",
    "march mar maret mac mars märz maerz maart mrt marzo março mart март марта березня берез μαρ مارس آذار",
    "april apr avril avr abril abr aprile nisan апрель апреля апр квітня квіт απρ أبريل أفريل نيسان",
    "may mei mai mayo maio maggio mag mayıs май мая травня трав μαϊ مايو ماي أيار",
    "june jun juni juin junio junho giugno giu haziran июнь июня июн червня черв ιουν يونيو جوان حزيران",
    "july jul juli julai juillet juil julio julho luglio lug temmuz июль июля июл липня лип ιουλ يوليو جويلية تموز",
    "august aug agustus agu agt ags agst ogos août aout augustus agosto ago ağustos август августа авг серпня серп αυγ أغسطس أوت آب",
    "september sep sept septembre septiembre set setembro settembre eylül сентябрь сентября сен сент вересня верес σεπ سبتمبر أيلول",
    "october oct oktober okt octobre octubre outubro out ottobre ott ekim октябрь октября окт жовтня жовт οκτ أكتوبر",
    "november nov nopember nop novembre noviembre novembro kasım ноябрь ноября ноя листопада листоп νοε نوفمبر",
    "december dec desember des disember dis décembre déc dezember dez diciembre dic dezembro dicembre aralık декабрь декабря дек грудня груд δεκ ديسمبر",
  ]
}

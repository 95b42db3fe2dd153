import Text

/// Names of months in the languages of feeds, whole or in their usual short forms.
enum MonthNames {
  /// The number of the month that `word` names; nil for any other word.
  ///
  /// Case, accents and dots do not count. Of two words, as two Arabic months have, one blank between.
  static func month(_ word: String) -> Int64? {
    if let month = table[word] { return month }
    // Of ASCII there is nothing to fold but case, which the tokens have done.
    guard word.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    return table[Words(word).joined]
  }

  private static let table: [String: Int64] = {
    var table: [String: Int64] = [:]
    for (index, line) in names.enumerated() {
      for name in line.split(separator: " ") {
        // An underscore stands for the blank inside a name.
        let folded = Words(String(name.map { $0 == "_" ? " " : $0 })).joined
        table[folded] = Int64(index + 1)
      }
    }
    return table
  }()

  /// A line a month: English, Indonesian and Malay, French, German, Dutch, Spanish, Portuguese, Italian,
  /// Turkish, Hungarian, Russian, Ukrainian, Greek, and Arabic as in Egypt, the Levant and the Maghreb.
  private static let names = [
    """
    january jan januari janvier janv januar jänner jaenner enero ene janeiro gennaio gen ocak január \
    январь января янв січень січня січ ιανουάριος ιανουαρίου ιαν يناير كانون_الثاني جانفي
    """,
    """
    february feb februari pebruari peb février fevrier fevr févr fév februar feber febrero fevereiro fev \
    febbraio şubat subat február февраль февраля фев февр лютий лютого лют φεβρουάριος φεβρουαρίου φεβ \
    فبراير شباط فيفري
    """,
    """
    march mar maret mac mars märz maerz mrz maart mrt marzo março marco mart március marcius март марта \
    мар березень березня берез бер μάρτιος μαρτίου μαρ مارس آذار
    """,
    """
    april apr avril avr abril abr aprile nisan április aprilis апрель апреля апр квітень квітня квіт \
    απρίλιος απριλίου απρ أبريل إبريل نيسان أفريل
    """,
    """
    may mei mai mayo maio maggio mag mayıs mayis május majus май мая травень травня трав μάϊος μάιος \
    μαΐου μαϊ مايو أيار ماي
    """,
    """
    june jun juni juin junio junho jun giugno giu haziran haz június junius июнь июня июн червень червня \
    черв ιούνιος ιουνίου ιουν ιούν يونيو حزيران جوان
    """,
    """
    july jul juli julai juillet juil julio julho luglio lug temmuz tem július julius июль июля июл липень \
    липня лип ιούλιος ιουλίου ιουλ ιούλ يوليو تموز جويلية
    """,
    """
    august aug agustus agu agt ags agst ogos ogo août aout augustus agosto ago ağustos agustos augusztus \
    август августа авг серпень серпня серп αύγουστος αυγούστου αυγ αύγ أغسطس آب أوت
    """,
    """
    september sep sept septembre septiembre set setembro settembre eylül eylul szeptember сентябрь \
    сентября сен сент вересень вересня верес σεπτέμβριος σεπτεμβρίου σεπ σεπτ سبتمبر أيلول
    """,
    """
    october oct oktober okt octobre octubre outubro out ottobre ott ekim október октябрь октября окт \
    жовтень жовтня жовт οκτώβριος οκτωβρίου οκτ أكتوبر تشرين_الأول
    """,
    """
    november nov nopember nop novembre noviembre novembro kasım kasim ноябрь ноября ноя нояб листопад \
    листопада листоп νοέμβριος νοεμβρίου νοε νοέ نوفمبر تشرين_الثاني
    """,
    """
    december dec desember des disember dis décembre déc dezember dez diciembre dic dezembro dicembre \
    aralık aralik декабрь декабря дек грудень грудня груд δεκέμβριος δεκεμβρίου δεκ ديسمبر \
    كانون_الأول
    """,
  ]
}

import Core
import FoundationEssentials
import Support
import Testing

@testable import Parsing

@Suite("A feed date") struct FeedDateTests {
  @Test(arguments: [
    ("Fri, 28 May 2010 21:03:38 GMT", 1_275_080_618), ("2010-05-28T21:03:38+02:00", 1_275_073_418),
    ("Kamis, 16 Mei 2024 12:27 WIB", 1_715_837_220), ("2020/1/10", 1_578_614_400),
    ("Thu Aug 30 17:26:16 +0200 2012", 1_346_340_376), ("16 May 24 05:27 UT", 1_715_837_220),
    ("2024-05-16T05:27:00.123456789Z", 1_715_837_220), ("2024-05-16 05:27", 1_715_837_220),
    ("Sat, Dec 16 2023 02:02:33 PM", 1_702_735_353), ("16-Mei-2024 12:27:00 GMT+7", 1_715_837_220),
    ("mar., 05 mai 2026 10:00:00 +0000", 1_777_975_200), ("1715837220", 1_715_837_220),
    ("1715837220000", 1_715_837_220), ("16 мая 2024 08:27 MSK", 1_715_837_220),
    ("20240516", 1_715_817_600),
    // The zones of Indonesia, by name, before the year and glued to the time.
    ("Thu, 16 May 2024 13:27:00 WITA", 1_715_837_220),
    ("Thu, 16 May 2024 14:27:00 WIT", 1_715_837_220),
    ("Kamis, 16 Mei 2024 pukul 12.27 WIB", 1_715_837_220),
    ("16/05/2024 12:27WIB", 1_715_837_220), ("Thu May 16 12:27:00 WIB 2024", 1_715_837_220),
    ("Thu May 16 01:27:00 EDT 2024", 1_715_837_220), ("2024-05-16 12:27:00 WIB", 1_715_837_220),
    ("Rabu, 1 Januari 2025 00:00:00 +0700", 1_735_664_400),
    ("Jumat, 28 Pebruari 2025 07:00 WIB", 1_740_700_800),
    ("Senin, 17 Agustus 2026 07:00 WIB", 1_786_924_800), ("17 Agt 2026", 1_786_924_800),
    ("Selasa, 1 Desember 2026 07:00 WIB", 1_796_083_200), ("5 Okt 2026", 1_791_158_400),
    ("Minggu, 1 Maret 2026", 1_772_323_200), ("1 Nopember 2026", 1_793_491_200),
    // RFC 822 and its dialects.
    ("Thu, 16 May 2024 05:27 GMT", 1_715_837_220), ("16 May 2024 05:27:00 Z", 1_715_837_220),
    ("Thu, 16 May 2024 12:27:00 +07:00", 1_715_837_220),
    ("Thu, 16 May 2024 12:27:00 UTC+7", 1_715_837_220),
    ("Thu, 16 May 2024 12:27:00 GMT+0700", 1_715_837_220),
    ("Thu, 16-May-24 05:27:00 GMT", 1_715_837_220), ("Thu May 16 05:27:00 2024", 1_715_837_220),
    ("Thursday, May 16th, 2024 at 5:27 AM", 1_715_837_220),
    ("Thu, 16 May 98 05:27:00 GMT", 895_296_420), ("Thu, 16 May\r\n 2024 05:27 GMT", 1_715_837_220),
    ("Thu, 16 May 2024 24:00:00 GMT", 1_715_904_000),
    ("Thu, 16 May 2024 23:59:60 GMT", 1_715_903_999),
    ("Thu, 16 May 2024 12:05 AM", 1_715_817_900), ("Thu, 16 May 2024 12:05 PM", 1_715_861_100),
    ("Thu, 16 May 2099 05:27:00 GMT", 4_082_592_420), ("29 Feb 2024", 1_709_164_800),
    // RFC 3339 and W3C.
    ("2024-05-16T05:27:00Z", 1_715_837_220), ("2024-05-16T12:27+07:00", 1_715_837_220),
    ("2024-05-16t05:27:00,5z", 1_715_837_220), ("2024-05-16T05:27:00+0000", 1_715_837_220),
    ("2024-05-16T00:27:00-05:00", 1_715_837_220), ("2024-05", 1_714_521_600),
    ("2024", 1_704_067_200), ("2024/05/16 05:27:00", 1_715_837_220),
    ("16 мая 2024 г. 08:27 MSK", 1_715_837_220),
    // Blanks for T, slashes, dots and digits of months with three places.
    ("2006/09/15 08:19:53", 1_158_308_393), ("2003-012-31", 1_072_828_800),
    ("16.05.2024 05:27", 1_715_837_220), ("16.05.24", 1_715_817_600),
    ("2024-05-16T05:27:00,250Z", 1_715_837_220), ("20240516T052700Z", 1_715_837_220),
    ("20240516T0527Z", 1_715_837_220), ("20240516052700", 1_715_837_220),
    ("2024-05-16T24:00:00Z", 1_715_904_000), ("2024-05-16 12:27:00.5 +0700", 1_715_837_220),
    ("2004-05-28T11:23:17.00001-05:00", 1_085_761_397), ("2024-05-16+07:00", 1_715_792_400),
    // ISO 8601: days of the year, and centuries left out.
    ("2003335", 1_070_236_800), ("2003-335", 1_070_236_800), ("03335", 1_070_236_800),
    ("031231", 1_072_828_800), ("03-12-31", 1_072_828_800), ("-0312", 1_070_236_800),
    ("-03-12", 1_070_236_800), ("2024366", 1_735_603_200),
    // RFC 850, asctime and their kin.
    ("Thursday, 16-May-24 05:27:00 GMT", 1_715_837_220),
    ("Sun Jul 15 01:16:00 +0000 2012", 1_342_314_960),
    ("Thu Aug 30 2012 17:26:16 +0200", 1_346_340_376),
    ("Thu Aug 30 2012 17:26:16 GMT+0200 (Central European Summer Time)", 1_346_340_376),
    ("Sun, 15 Jul 2012 01:16:00 +0000 (UTC)", 1_342_314_960),
    ("16 May, 2024 05:27 GMT", 1_715_837_220), ("05-Nov-26", 1_793_836_800),
    ("/Date(1715837220000)/", 1_715_837_220), ("/Date(1715837220000+0700)/", 1_715_837_220),
    ("Thu, 16 May 2024 5:27:00 a.m. UTC", 1_715_837_220), ("16May2024", 1_715_817_600),
    ("01 Sep 26 01:00:00 GMT", 1_788_224_400), ("1 Sep 69 00:00 UT", 3_145_219_200),
    // Articles' own.
    ("May 16th 2024, 12:27 WIB", 1_715_837_220), ("May 16, 2024 at 5:27 AM", 1_715_837_220),
    ("16 Mei 2024, 12:27 WIB", 1_715_837_220), ("Kamis (16/5/2024)", 1_715_817_600),
    ("16/05/2024 12.27 WIB", 1_715_837_220), ("12:27 WIB, 16 Mei 2024", 1_715_837_220),
    ("12.27 WIB, 16 Mei 2024", 1_715_837_220), ("le 16 mai 2024 à 07h27 CEST", 1_715_837_220),
    ("2024年5月16日 05:27", 1_715_837_220), ("2024年5月16日", 1_715_817_600),
    ("2004년 05월 28일 01:31:15", 1_085_675_475), ("2004-05-25 오후 11:23:17", 1_085_527_397),
    // Digits of Arabic and Persian, their comma, and marks of direction.
    ("٢٠٢٤", 1_704_067_200), ("１６ May 2024", 1_715_817_600), ("۲۰۲۴-۰۵-۱۶", 1_715_817_600),
    ("الخميس، ١٦ مايو ٢٠٢٤ ٠٥:٢٧", 1_715_837_220),
    ("\u{200f}16 أيار 2024\u{200f} 05:27", 1_715_837_220),
    // Zones to the minute.
    ("Thu, 16 May 2024 05:07:00 -00:20", 1_715_837_220),
    ("Thu, 16 May 2024 04:26:00 GMT-01:01", 1_715_837_220),
    ("Thu, 16 May 2024 12:27:00 +7", 1_715_837_220), ("16 May 2024 05:27 Etc/GMT", 1_715_837_220),
    ("16 May 2024 11:12 NPT", 1_715_837_220), ("16 May 2024 10:57 IST", 1_715_837_220),
    ("16 May 2024 05:27 NOWHERE", 1_715_837_220),
    ("2004-július-13T9:15-05:00", 1_089_728_100),
    ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", 1_089_565_200),
  ])
  func `is read in every form feeds use`(text: String, seconds: Int) throws {
    let date = try #require(FeedDate.date(text))
    #expect(date.timeIntervalSince1970.rounded(.down) == Double(seconds))
  }

  @Test(arguments: [
    "", "yesterday", "2024-05-32", "2024-13-01", "0000-00-00", "Thu, 16 Foo 2024 12:27:00 GMT",
    "2024-05-16T25:99:00Z", "0100-01-01", "31 Feb 2024", "29 Feb 2023", "Foo 2024",
    "16 May 2024 1:2:3:4", "16 May 2024 05:27:00 +9900", "12:27", "WIB", "-", "+",
    "1969-12-31", "2200-01-01", "99999999999999999999", "1-99999999999999999999-2", "--", "T", "::",
    "16 May 2024 05:61", "May", "2023366", "2023000", "031331",
    "Thu, 16 May 2024 05:27:00 +1500", "Thu, 16 May 2024 05:27:00 +07x0", "16.05.2024.12",
    "1 2 3", "2024 2024", "16 May 2024 May 2025", "The year 2024 was a good one", "99999",
    "/Date()/",
    "16 May 2024 05:27 06:28", "May 16 by 17 in 2024 of 18", "32/13/2024", "00/00/2024",
    "2024-00-10",
    "Thu, 00 May 2024 05:27:00 GMT", "9999999999999", "12345678901234567890123",
  ])
  func `that cannot be gives none`(text: String) {
    #expect(FeedDate.date(text) == nil)
  }

  @Test(arguments: [
    (1, "id", "Januari Jan"), (2, "id ms", "Februari Pebruari Feb"), (3, "id ms", "Maret Mac"),
    (4, "id", "April Apr"), (5, "id", "Mei"), (6, "id", "Juni"), (7, "id ms", "Juli Julai"),
    (8, "id ms", "Agustus Agu Agt Ags Ogos"), (9, "id", "September Sept"),
    (10, "id", "Oktober Okt"), (11, "id", "November Nopember"),
    (12, "id ms", "Desember Disember Des"),
    (1, "fr", "janvier janv. janv"), (2, "fr", "février févr. févr"), (3, "fr", "mars"),
    (4, "fr", "avril avr"), (5, "fr", "mai"), (6, "fr", "juin"), (7, "fr", "juillet juil."),
    (8, "fr", "août AOÛT aout"), (9, "fr", "septembre"), (10, "fr", "octobre"),
    (11, "fr", "novembre"), (12, "fr", "décembre déc."),
    (1, "de nl", "Januar Jänner"), (2, "de", "Februar Feber"), (3, "de nl", "März maart Mrz"),
    (5, "de nl", "Mai mei"), (8, "nl", "augustus"), (10, "de", "Oktober"),
    (12, "de", "Dezember Dez"),
    (1, "es", "enero ene"), (2, "es", "febrero"), (3, "es", "marzo"), (4, "es", "abril abr"),
    (5, "es", "mayo"), (6, "es", "junio"), (7, "es", "julio"), (8, "es", "agosto ago"),
    (9, "es", "septiembre set"), (10, "es", "octubre"), (11, "es", "noviembre"),
    (12, "es", "diciembre dic"), (1, "pt", "janeiro"), (2, "pt", "fevereiro fev"),
    (3, "pt", "março"),
    (5, "pt", "maio"), (6, "pt", "junho"), (7, "pt", "julho"), (9, "pt", "setembro set"),
    (10, "pt", "outubro out"), (11, "pt", "novembro"), (12, "pt", "dezembro dez"),
    (1, "it", "gennaio gen"), (2, "it", "febbraio"), (4, "it", "aprile"), (5, "it", "maggio mag"),
    (6, "it", "giugno giu"), (7, "it", "luglio lug"), (9, "it", "settembre"),
    (10, "it", "ottobre ott"),
    (12, "it", "dicembre"), (1, "tr", "ocak"), (2, "tr", "şubat"), (3, "tr", "mart"),
    (4, "tr", "nisan"),
    (5, "tr", "mayıs MAYIS"), (6, "tr", "haziran"), (7, "tr", "temmuz"), (8, "tr", "ağustos"),
    (9, "tr", "eylül"), (10, "tr", "ekim Ekim"), (11, "tr", "kasım"), (12, "tr", "aralık"),
    (1, "ru uk", "янв января ЯНВ січ січня"), (2, "ru uk", "фев февраля лют"),
    (3, "ru uk", "мар марта берез"), (4, "ru uk", "апр апреля квіт"), (5, "ru uk", "май мая трав"),
    (6, "ru uk", "июн июня черв"), (7, "ru uk", "июл июля лип"), (8, "ru uk", "авг августа серп"),
    (9, "ru uk", "сен сент сентября верес"), (10, "ru uk", "окт октября жовт"),
    (11, "ru uk", "ноя ноября листоп"), (12, "ru uk", "дек декабря груд"),
    (1, "el", "Ιαν"), (2, "el", "Φεβ"), (3, "el", "Μαρ Μάρ"), (4, "el", "Απρ"),
    (5, "el", "Μαϊ Μάϊ"),
    (6, "el", "Ιουν Ιούν"), (7, "el", "Ιουλ Ιούλ"), (8, "el", "Αυγ Αύγ"), (9, "el", "Σεπ"),
    (10, "el", "Οκτ"), (11, "el", "Νοε Νοέ"), (12, "el", "Δεκ"),
    (1, "ar", "يناير|كانون الثاني|جانفي"), (2, "ar", "فبراير|شباط|فيفري"), (3, "ar", "مارس|آذار"),
    (4, "ar", "أبريل|نيسان|أفريل|ابريل"), (5, "ar", "مايو|أيار|ماي"),
    (6, "ar", "يونيو|حزيران|جوان"),
    (7, "ar", "يوليو|تموز|جويلية"), (8, "ar", "أغسطس|آب|أوت"), (9, "ar", "سبتمبر|أيلول"),
    (10, "ar", "أكتوبر|تشرين الأول"), (11, "ar", "نوفمبر|تشرين الثاني"),
    (12, "ar", "ديسمبر|كانون الأول"),
  ])
  func `knows the months of its languages`(month: Int, language: String, names: String) throws {
    let signs: Set<Character> = language == "ar" ? ["|"] : [" "]
    for name in names.split(whereSeparator: signs.contains) {
      let date = try #require(FeedDate.date("x, 7 \(name) 2024 00:00 UTC"), "\(name)")
      let (_, found, day) = Timestamp.civil(days: Int64(date.timeIntervalSince1970) / 86_400)
      #expect(found == Int64(month) && day == 7, "\(name)")
    }
  }

  @Test(arguments: [
    ("wib", 7), ("WITA", 8), ("WIT", 9), ("UT", 0), ("UTC", 0), ("GMT", 0), ("Z", 0), ("EST", -5),
    ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7),
    ("ET", -5), ("CT", -6), ("MT", -7), ("PT", -8), ("AT", -4), ("WET", 0), ("WEST", 1), ("CET", 1),
    ("CEST", 2), ("MET", 1), ("MEST", 2), ("EET", 2), ("EEST", 3), ("BST", 1), ("MSK", 3),
    ("TRT", 3), ("IST", 5.5), ("PKT", 5), ("NPT", 5.75), ("ICT", 7), ("MYT", 8), ("SGT", 8),
    ("PHT", 8), ("HKT", 8), ("AWST", 8), ("ACST", 9.5), ("AEST", 10), ("AEDT", 11), ("JST", 9),
    ("KST", 9), ("NZST", 12), ("NZDT", 13), ("BRT", -3), ("ART", -3), ("CLT", -4), ("SAST", 2),
    ("WAT", 1), ("EAT", 3), ("GST", 4), ("Etc/GMT", 0), ("+07:00", 7), ("GMT+7", 7),
    ("UTC+07:00", 7),
    ("GMT+0700", 7), ("-0330", -3.5), ("+5:45", 5.75), ("UTC-3", -3), ("(WIB)", 7), ("+14:00", 14),
  ])
  func `knows the zones by name and by number`(zone: String, hours: Double) throws {
    let date = try #require(FeedDate("Fri, 17 May 2024 00:00:00 \(zone)"))
    #expect(date.zone == .offset(Int(hours * 3_600)))
    #expect(date.moment(in: .open, nil).timeIntervalSince1970 == 1_715_904_000 - hours * 3_600)
  }

  @Test func `asks the function given in for zones of the IANA database`() throws {
    // Summer time ends at 1,000,000,000 here.
    let names: ZoneNames = { name, moment in
      guard name == "America/Los_Angeles" || name == "Etc/GMT+7" else { return nil }
      return moment.timeIntervalSince1970 < 1_000_000_000 ? -7 * 3_600 : -8 * 3_600
    }
    let date = try #require(FeedDate("2024-05-16 05:27:00 America/Los_Angeles"))
    #expect(date.moment(in: .open, names).timeIntervalSince1970 == 1_715_837_220 + 8 * 3_600)
    #expect(date.moment(in: .open, nil).timeIntervalSince1970 == 1_715_837_220)
    #expect(date.moment(in: .offset(3_600), nil).timeIntervalSince1970 == 1_715_833_620)
    let inverse = try #require(FeedDate("16 May 2024 05:27 Etc/GMT+7"))
    #expect(inverse.zone == .named("Etc/GMT+7"))
    // 01:46:40 UTC is 18:46:40 the evening before; an hour before the change, local time is still summer's.
    let early = try #require(FeedDate("2001-09-08 18:30 America/Los_Angeles"))
    #expect(early.moment(in: .open, names).timeIntervalSince1970 == 999_999_000)
  }

  @Test(arguments: [
    ("03-12-31", "2003-12-31", "2031-12-03"), ("16-05-24", "2016-05-24", "2024-05-16"),
    ("031231", "2003-12-31", "none"),
    ("03335", "2003-12-01", "none"), ("-0312", "2003-12-01", "none"),
    ("-03-12", "2003-12-01", "none"),
    ("2003335", "2003-12-01", "2003-12-01"), ("2024-05-16", "2024-05-16", "2024-05-16"),
  ])
  func `leaves centuries out only where W3C's forms belong`(text: String, w3c: String, mail: String)
  {
    let days = [true, false].map { isW3C in
      FeedDate(text, isW3C: isW3C).map { Timestamp.text($0.moment(in: .open, nil)).prefix(10) }
        ?? "none"
    }
    #expect(days == [Substring(w3c), Substring(mail)])
  }

  @Test func `says whether a zone and a time of day were given`() throws {
    #expect(try #require(FeedDate("2024-05-16")).hasTime == false)
    #expect(try #require(FeedDate("2024-05-16 00:00")).hasTime)
    #expect(try #require(FeedDate("2024-05-16 00:00")).zone == .open)
    #expect(try #require(FeedDate("16 May 2024 05:27 NOWHERE")).zone == .open)
    #expect(try #require(FeedDate("2024-05-16T00:00Z")).zone == .offset(0))
  }

  @Test(arguments: [
    ("16 May 2024 05:27 NOWHERE", "NOWHERE"), ("Thu, 16 May 2024 05:27:00 XYZ", "XYZ"),
    ("16 May 2024 05:27 UTC", nil), ("16 May 2024 05:27", nil), ("16 May 2024", nil),
    ("no date", nil),
  ])
  func `names the word that is no zone it knows`(text: String, word: String?) {
    #expect(FeedDate.unknownZone(in: text) == word)
  }

  @Test(arguments: 0..<50) func `of any pieces lies between 1970 and 2199, or is none`(seed: UInt64)
  {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "2024", "16", "05", "5", "99999", "20240516", "20240516052700", "1715837220", "0", "12", "31",
      "-", "/", ".", ":", ",", "+", " ", " ", " ", "T", "Z", "May", "Mei", "تشرين", "الأول", "年",
      "月", "GMT",
      "WIB", "America/Los_Angeles", "(", ")", "pm", "a.m.", "Thu", "th", "pukul", "٣", "é", "\u{0}",
      "😀",
    ]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 1...14, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      guard let date = FeedDate(text) else { continue }
      // A zone may carry the first and the last day over.
      #expect((-86_400...7_258_118_400).contains(date.clock), "\(text)")
      #expect(FeedDate(text) == date)
    }
  }
}

@Suite("A usual date") struct FastDateTests {
  @Test(arguments: [
    "Thu, 16 May 2024 12:27:00 GMT", "Thu, 16 May 2024 12:27:59 +0000",
    "16 May 2024 12:27:00 -0330",
    "Mon, 01 Jan 2024 00:00:00 +1400", "2024-05-16T12:27:00Z", "2024-05-16T12:27:00+07:00",
    "2024-05-16 12:27:00-05:30", "2199-12-28T23:59:59Z", "Wed, 28 Dec 1970 01:02:03 GMT",
    "Sun, 03 Mar 2024 10:00:00 EST", "Fri, 29 Feb 2024 10:00:00 GMT", "2024-05-16T12:27:00.5Z",
    "2024-13-01T00:00:00Z", "2024-05-16T24:00:00Z", "Thu, 16 Foo 2024 12:27:00 GMT",
    "Thu, 16 May 1024 12:27:00 GMT", "Thu, 16 May 2024 12:27:00 +1500", "2024-05-16T12:27:00",
  ])
  func `is read from its bytes as it is word by word`(text: String) {
    let bytes = Array(text.utf8)
    guard let fast = FeedDate.fast(bytes, bytes.indices) else { return }
    #expect(fast == FeedDate(text))
  }

  @Test(arguments: [
    "Thu, 16 May 2024 12:27:00 GMT", "Thu, 16 May 2024 12:27:00 +0700", "2024-05-16T12:27:00Z",
    "2024-05-16T12:27:00+07:00",
  ])
  func `needs no second reader`(text: String) {
    let bytes = Array(text.utf8)
    #expect(FeedDate.fast(bytes, bytes.indices) != nil)
  }
}

/// What the names of encodings mean.
enum EncodingLabel {
  /// Chinese in ASCII alone (RFC 1843), which iconv does not know.
  static let hz = "HZ-GB-2312"

  /// The name by which iconv knows what `label` means.
  ///
  /// Labels mean what the WHATWG Encoding Standard says, not what they said once. Bytes that carry a
  /// declaration in ASCII are no UTF-16, whatever it says.
  static func canonical(_ label: String) -> String {
    let label = label.lowercased().trimmed
    // Signs between the parts are written in every way, and a year may stand behind.
    let key = bare(label.prefix { $0 != ":" })
    for prefix in ["iso8859", "windows125", "xcp125", "cp125"] where key.hasPrefix(prefix) {
      guard let number = Int(key.dropFirst(prefix.count)) else { continue }
      return prefix == "iso8859" ? latin(number) : "WINDOWS-125\(number)"
    }
    return aliases[key] ?? label.uppercased()
  }

  private static func bare(_ label: some StringProtocol) -> String {
    String(label.filter { $0 != "-" && $0 != "_" })
  }

  private static func latin(_ number: Int) -> String {
    switch number {
    case 1: "WINDOWS-1252"
    case 9: "WINDOWS-1254"
    case 11: "CP874"
    default: "ISO-8859-\(number)"
    }
  }

  private static let aliases: [String: String] = {
    var aliases: [String: String] = [:]
    for (name, labels) in lists {
      for label in labels.split(separator: " ") { aliases[bare(label)] = name }
    }
    return aliases
  }()

  private static let lists: [(name: String, labels: String)] = [
    (
      "UTF-8",
      "utf-8 unicode-1-1-utf-8 unicode11utf8 x-unicode20utf8 utf-16 utf-16le utf-16be utf-7 unicode ucs-2 "
        + "csunicode iso-10646-ucs-2 ucs-4 utf-32"
    ),
    ("WINDOWS-1252", "latin1 l1 us-ascii ascii ansi_x3.4-1968 cp819 ibm819 csisolatin1 iso-ir-100"),
    ("ISO-8859-2", "latin2 l2 csisolatin2 iso-ir-101"),
    ("ISO-8859-5", "cyrillic csisolatincyrillic iso-ir-144"),
    ("ISO-8859-6", "arabic asmo-708 ecma-114 csisolatinarabic iso-8859-6-e iso-8859-6-i"),
    ("ISO-8859-7", "greek greek8 ecma-118 elot_928 csisolatingreek sun_eu_greek"),
    ("ISO-8859-8", "hebrew visual logical csisolatinhebrew iso-8859-8-e iso-8859-8-i"),
    ("WINDOWS-1254", "latin5 l5 csisolatin5 iso-ir-148"), ("ISO-8859-15", "latin9 l9 csisolatin9"),
    ("CP874", "tis-620 windows-874 dos-874"), ("CP866", "cp866 866 ibm866 csibm866"),
    ("KOI8-R", "koi8-r koi koi8 cskoi8r"), ("KOI8-U", "koi8-u koi8-ru"),
    ("MACINTOSH", "macintosh mac x-mac-roman csmacintosh"),
    ("MAC-CYRILLIC", "x-mac-cyrillic x-mac-ukrainian"),
    ("GB18030", "gb2312 gb_2312-80 gbk gb18030 x-gbk chinese csgb2312 csiso58gb231280 iso-ir-58"),
    ("BIG5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),
    ("EUC-JP-MS", "euc-jp x-euc-jp cseucpkdfmtjapanese"),
    ("CP932", "shift_jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis"),
    (
      "CP949",
      "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 korean windows-949 cseuckr csksc56011987 iso-ir-149"
    ),
    (hz, "hz-gb-2312 hz"),
  ]

  /// Whether a byte stands for a character in the set that iconv calls `name`, and ASCII for itself.
  static func isSingleByte(_ name: String) -> Bool {
    if ["KOI8-R", "KOI8-U", "CP874", "CP866", "IBM866", "MACINTOSH"].contains(name) { return true }
    for prefix in ["WINDOWS-125", "CP125", "ISO-8859-"] where name.hasPrefix(prefix) { return true }
    return false
  }

  /// Whether in the set that iconv calls `name` an ASCII byte behind another one is always itself.
  ///
  /// Such a byte may be the second of a character, but then only behind a byte that is no ASCII.
  static func keepsASCII(_ name: String) -> Bool {
    ["GB18030", "CP932", "EUC-JP-MS", "CP949", "BIG5-HKSCS"].contains(name)
  }
}

/// What the names of encodings mean.
enum EncodingLabel {
  /// Chinese in ASCII alone (RFC 1843), which iconv does not know.
  static let hz = "HZ-GB-2312"

  /// The name by which iconv knows what `label` means.
  ///
  /// Labels mean what the WHATWG Encoding Standard says, not what they said once. Bytes that carry a
  /// declaration in ASCII are no UTF-16, whatever it says.
  static func canonical(_ label: String) -> String {
    switch label.lowercased() {
    case "iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252",
      "iso8859-1":
      "WINDOWS-1252"
    case "gb2312", "gbk", "gb18030", "x-gbk": "GB18030"
    case "shift_jis", "shift-jis", "sjis", "x-sjis": "CP932"
    case "euc-jp", "x-euc-jp": "EUC-JP-MS"
    case "ks_c_5601-1987", "euc-kr", "korean": "CP949"
    case "big5", "big5-hkscs": "BIG5-HKSCS"
    case "tis-620", "windows-874": "CP874"
    case hz.lowercased(), "hz": hz
    case "iso-8859-9": "WINDOWS-1254"
    case "utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be", "utf-7", "unicode",
      "ucs-2", "ucs-4", "utf-32":
      "UTF-8"
    default: label.uppercased()
    }
  }

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

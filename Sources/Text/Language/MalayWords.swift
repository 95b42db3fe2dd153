/// Tells Malay from Indonesian, which no title can: by what is declared, else by words of a longer text.
enum MalayWords {
  /// `ms` or `id`; without any evidence `id`.
  static func language(_ words: Words, _ declared: String?, least: Int) -> String {
    if declared == "ms" || declared == "id", let declared { return declared }
    guard words.words.count > least else { return "id" }
    let malay = words.words.count { Self.malay.contains($0.hash) }
    let indonesian = words.words.count { Self.indonesian.contains($0.hash) }
    return malay > indonesian ? "ms" : "id"
  }

  private static let malay = Set(
    Words(
      """
      kerana ialah pejabat wang ogos polis mac disember november berkata sahaja beliau kereta hospital \
      lapan bahawa manakala kementerian mesyuarat esok pukul sekiranya syarikat perkhidmatan tahun ini
      """
    ).words.map(\.hash)
  ).subtracting(Words("tahun ini kementerian november pukul beliau bahawa").words.map(\.hash))

  private static let indonesian = Set(
    Words(
      """
      karena adalah kantor uang agustus polisi maret desember ujarnya katanya saja mobil rumah sakit \
      delapan bahwa sedangkan rapat besok jam jika perusahaan layanan
      """
    ).words.map(\.hash)
  ).subtracting(Words("rumah sakit jam jika").words.map(\.hash))
}

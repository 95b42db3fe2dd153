/// The zones of countries that have one, and of Indonesia, where the capital's is meant.
enum CountryZones {
  /// The zone of a feed's country: by the region of its language, then by the end of its host.
  static func zone(language: String?, host: String?) -> FeedDate.Zone? {
    let parts = language?.uppercased().split { $0 == "-" || $0 == "_" } ?? []
    if let region = parts.dropFirst().first(where: { $0.utf8.count == 2 }) {
      return zones[String(region)].map { .named($0) }
    }
    if parts.first == "ID" { return .named("Asia/Jakarta") }
    guard let end = host?.uppercased().split(separator: ".").last else { return nil }
    return zones[end == "UK" ? "GB" : String(end)].map { .named($0) }
  }

  /// By ISO 3166; names of the IANA database, which knows summer time.
  private static let zones: [String: String] = {
    let names = """
      ID Asia/Jakarta MY Asia/Kuala_Lumpur SG Asia/Singapore TH Asia/Bangkok VN Asia/Ho_Chi_Minh \
      PH Asia/Manila LA Asia/Vientiane KH Asia/Phnom_Penh MM Asia/Yangon BN Asia/Brunei TL Asia/Dili \
      JP Asia/Tokyo KR Asia/Seoul KP Asia/Pyongyang CN Asia/Shanghai TW Asia/Taipei HK Asia/Hong_Kong \
      MO Asia/Macau IN Asia/Kolkata PK Asia/Karachi BD Asia/Dhaka LK Asia/Colombo NP Asia/Kathmandu \
      AF Asia/Kabul IR Asia/Tehran IQ Asia/Baghdad SA Asia/Riyadh AE Asia/Dubai KW Asia/Kuwait \
      QA Asia/Qatar OM Asia/Muscat YE Asia/Aden BH Asia/Bahrain JO Asia/Amman LB Asia/Beirut \
      SY Asia/Damascus IL Asia/Jerusalem TR Europe/Istanbul AM Asia/Yerevan AZ Asia/Baku GE Asia/Tbilisi \
      UZ Asia/Tashkent EG Africa/Cairo LY Africa/Tripoli TN Africa/Tunis DZ Africa/Algiers \
      MA Africa/Casablanca SD Africa/Khartoum NG Africa/Lagos GH Africa/Accra KE Africa/Nairobi \
      ET Africa/Addis_Ababa TZ Africa/Dar_es_Salaam UG Africa/Kampala ZA Africa/Johannesburg \
      SN Africa/Dakar DE Europe/Berlin AT Europe/Vienna CH Europe/Zurich FR Europe/Paris \
      NL Europe/Amsterdam BE Europe/Brussels LU Europe/Luxembourg IT Europe/Rome PL Europe/Warsaw \
      CZ Europe/Prague SK Europe/Bratislava HU Europe/Budapest RO Europe/Bucharest BG Europe/Sofia \
      GR Europe/Athens RS Europe/Belgrade HR Europe/Zagreb SI Europe/Ljubljana BA Europe/Sarajevo \
      AL Europe/Tirane UA Europe/Kyiv BY Europe/Minsk MD Europe/Chisinau EE Europe/Tallinn \
      LV Europe/Riga LT Europe/Vilnius FI Europe/Helsinki SE Europe/Stockholm NO Europe/Oslo \
      DK Europe/Copenhagen IS Atlantic/Reykjavik IE Europe/Dublin GB Europe/London MT Europe/Malta \
      CY Asia/Nicosia AR America/Argentina/Buenos_Aires UY America/Montevideo PY America/Asuncion \
      BO America/La_Paz PE America/Lima CO America/Bogota VE America/Caracas CU America/Havana \
      PA America/Panama CR America/Costa_Rica GT America/Guatemala
      """
    let words = names.split { $0 == " " || $0 == "\n" }.map(String.init)
    return Dictionary(
      uniqueKeysWithValues: stride(from: 0, to: words.count - 1, by: 2).map {
        (words[$0], words[$0 + 1])
      })
  }()
}

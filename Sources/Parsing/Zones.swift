/// The zone names that feeds use, in seconds east of UTC.
enum Zones {
  static func offset(_ name: String) -> Int64? {
    hours[name].map { Int64($0 * 3_600) }
  }

  private static let hours: [String: Double] = [
    "WIB": 7, "WITA": 8, "WIT": 9, "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "ETC/GMT": 0, "EST": -5,
    "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "ET": -5, "CT": -6,
    "MT": -7, "PT": -8, "AT": -4, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MET": 1, "MEST": 2,
    "EET": 2,
    "EEST": 3, "BST": 1, "MSK": 3, "TRT": 3, "IST": 5.5, "PKT": 5, "NPT": 5.75, "ICT": 7, "MYT": 8,
    "SGT": 8,
    "PHT": 8, "HKT": 8, "AWST": 8, "ACST": 9.5, "AEST": 10, "AEDT": 11, "JST": 9, "KST": 9,
    "NZST": 12,
    "NZDT": 13, "BRT": -3, "ART": -3, "CLT": -4, "SAST": 2, "WAT": 1, "EAT": 3, "GST": 4,
  ]
}

/// The zone names that feeds use, in seconds east of UTC.
enum Zones {
  /// The offset of a zone's short name, in lower case; nil for any other word.
  static func offset(_ name: String) -> Int? {
    hours[name].map { Int($0 * 3_600) }
  }

  private static let hours: [String: Double] = [
    "wib": 7, "wita": 8, "wit": 9, "ut": 0, "utc": 0, "gmt": 0, "z": 0,
    // North America: RFC 822 §5.1, and what papers write.
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "et": -5, "ct": -6, "mt": -7, "pt": -8, "at": -4, "brt": -3, "art": -3, "clt": -4,
    // Europe and Africa.
    "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3,
    "msk": 3, "trt": 3, "wat": 1, "sast": 2, "eat": 3,
    // Asia and the Pacific.
    "gst": 4, "pkt": 5, "ist": 5.5, "npt": 5.75, "ict": 7, "myt": 8, "sgt": 8, "pht": 8, "hkt": 8,
    "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
  ]
}

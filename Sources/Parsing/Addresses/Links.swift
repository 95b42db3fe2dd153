/// Makes the addresses of one document absolute, and minds how long they become.
///
/// A base of 8 KiB before each of a million short references would be gigabytes.
final class Links {
  private(set) var excess = Excess()
  private var room = ParseLimits.addresses

  /// The absolute address of `reference`, which stands at `place` of the document; nil for none, and
  /// for what would run in a reader's browser.
  func link(_ reference: String, against base: String?, at place: Int) -> String? {
    kept(Address.link(reference, against: base), reference, base, place)
  }

  /// The same for an address of any scheme.
  func resolve(_ reference: String, against base: String?, at place: Int) -> String? {
    kept(Address.resolve(reference, against: base), reference, base, place)
  }

  private func kept(
    _ address: String?, _ reference: String, _ base: String?, _ place: Int
  ) -> String? {
    let length = reference.utf8.count
    guard let address else {
      if length + (base?.utf8.count ?? 0) > ParseLimits.address { excess.note(.address, at: place) }
      return nil
    }
    room -= max(0, address.utf8.count - length)
    guard room >= 0 else {
      excess.note(.addresses, at: place)
      return nil
    }
    return address
  }
}

/// The limits that a document goes beyond, each with the place where it does so first.
struct Excess {
  enum Limit: String {
    case nesting = "nested deeper than 4096 levels; what is deeper counts as text"
    case attributes = "more than 256 attributes; the rest is left out"
    case name = "the name of an attribute is longer than 256 bytes; it is left out"
    case value = "an attribute longer than 64 KiB; it is left out"
    case parts = "more than 10000 elements in one entry; the rest is left out"
    case address = "an address longer than 8 KiB; it is left out"
    case addresses = "relative addresses come to more than 64 MiB; the rest is left out"
  }

  private(set) var list: [(limit: Limit, place: Int)] = []

  mutating func note(_ limit: Limit, at place: Int) {
    if !list.contains(where: { $0.limit == limit }) { list.append((limit, place)) }
  }
}

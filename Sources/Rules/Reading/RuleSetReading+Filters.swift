import Core

extension RuleSetReading {
  mutating func takeFilters(_ node: ConfigNode) {
    for item in list(node) {
      guard let filter = filter(item) else { continue }
      if set.filters.contains(where: { $0.id == filter.id }) {
        reader.fault(
          item.place, "filter '\(filter.id)' is given twice", fix: "rename one", code: "E205")
      }
      set.filters.append(filter)
    }
  }

  private mutating func filter(_ node: ConfigNode) -> Filter? {
    let text = String(decoding: node.json, as: UTF8.self)
    var filter = Filter(id: "", rules: ["*"], except: [], exclude: .all([]), text: text)
    var exclude: Query?
    for entry in reader.entries(node, known: ["id", "rules", "except", "exclude", "until"]) {
      switch entry.key {
      case "id": filter.id = reader.text(entry.value) ?? ""
      case "rules": filter.rules = reader.texts(entry.value)
      case "except": filter.except = reader.texts(entry.value)
      case "until": filter.until = moment(entry.value)
      default: exclude = query(entry.value, mayBeAbsent: true)
      }
    }
    for key in ["id", "exclude"] where node.entries != nil && node[key] == nil {
      reader.fault(node.place, "a filter without \(key)", fix: "add `\(key):`")
    }
    guard let exclude else { return nil }
    filter.exclude = exclude
    if let until = filter.until {
      set.expiring.append(
        Expiring(
          place: node.place, what: "filter '\(filter.id)'", owner: ["filter": filter.id],
          until: until
        ))
    }
    return filter
  }
}

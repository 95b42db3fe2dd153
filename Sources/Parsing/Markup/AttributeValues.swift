import Text

extension MarkupScanner {
  /// The attributes of an element by their names in lower case, references decoded; of doubled ones the first.
  func values(of attributes: [Attribute]) -> [String: String] {
    var values: [String: String] = [:]
    for attribute in attributes {
      let name = PlainText.name(bytes[attribute.name])
      if values[name] != nil { continue }
      let isAddress = name == "href" || name.hasSuffix("url")
      values[name] = CharacterReference.decode(bytes[attribute.value], inAddress: isAddress)
    }
    return values
  }
}

import Testing
import Text

@Suite("Two names") struct ComparedNameTests {
  private static func evidence(_ a: String, _ b: String) -> ComparedName.Evidence? {
    let (a, b) = (ComparedName(a), ComparedName(b))
    // Whoever looks for likely pairs only meets those that share a key.
    guard !Set(a.keys).isDisjoint(with: b.keys) else { return nil }
    return a.likeness(to: b)?.evidence
  }

  @Test(arguments: [
    ("Vladimir Putin", "Владимир Путин"), ("Emmanuel Macron", "Эмманюэль Макрон"),
    ("Donald J. Trump", "Дональд Трамп"), ("Antony Blinken", "Энтони Блинкен"),
    ("Sergei Lavrov", "Sergej Lawrow"),
  ]) func `that sound alike may be of one`(a: String, b: String) {
    #expect(Self.evidence(a, b) == .skeleton)
    #expect(Self.evidence(b, a) == .skeleton)
  }

  @Test(arguments: [
    ("KPK", "Komisi Pemberantasan Korupsi"), ("SBY", "Susilo Bambang Yudhoyono"),
    ("WHO", "World Health Organization"), ("FAO", "Food and Agriculture Organization"),
  ]) func `of which one gives the letters of the other may be of one`(a: String, b: String) {
    #expect(Self.evidence(a, b) == .initialism)
    #expect(Self.evidence(b, a) == .initialism)
  }

  @Test func `of which one is shortened may be of one`() {
    #expect(Self.evidence("B.J. Habibie", "Bacharuddin Jusuf Habibie") == .initials)
  }

  /// Father and son, brothers, banks, countries of one name.
  @Test(arguments: [
    ("Hun Sen", "Hun Manet"), ("Kim Jong Un", "Kim Jong Il"), ("Kim Jong Un", "Kim Yo Jong"),
    ("Agus Harimurti Yudhoyono", "Edhie Baskoro Yudhoyono"), ("Joko Widodo", "Joko Anwar"),
    ("Bank Indonesia", "Bank Rakyat Indonesia"), ("Hillary Clinton", "Bill Clinton"),
    ("Bank Negara Indonesia", "Bank Negara Malaysia"), ("Korsel", "Korut"), ("Niger", "Nigeria"),
    ("Mahkamah Agung", "Mahkamah Konstitusi"), ("George W. Bush", "George H. W. Bush Senior"),
    ("Mohammed bin Salman", "Mohammed bin Zayed"), ("Papua", "Papua Nugini"), ("AS", "as"),
    ("Дмитрий Медведев", "Даниил Медведев"), ("BI", "Bank Rakyat Indonesia"), ("", ""),
  ]) func `of others are not`(a: String, b: String) {
    #expect(Self.evidence(a, b) == nil)
  }
}

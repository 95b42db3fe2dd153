import Testing
import Text

@Suite("A skeleton") struct SkeletonTests {
  static func words(_ name: String) -> [String] {
    let words = Words(name)
    return words.words.map(words.text)
  }

  @Test(
    arguments: [
      (["Putin", "Poutine", "Путін", "पुतिन"], "ptn"), (["Lavrov", "Lawrow", "Лавров"], "lvrv"),
      (["Belousov", "Beloussow", "Белоусов"], "blsv"), (["Blinken", "Блинкен"], "blnkn"),
      (["Shoigu", "Schoigu", "Шойгу"], "sg"), (["Netanyahu", "نتنياهو"], "ntnh"),
      (["Macron", "Макрон"], "mkrn"), (["プーチン"], "pcn"),
    ])
  func `is the same however a name is written by ear`(names: [String], skeleton: String) {
    #expect(names.map { Skeleton.of(Self.words($0).joined()) } == names.map { _ in skeleton })
  }

  @Test func `is nothing where a script cannot be heard`() {
    #expect(Skeleton.of("普京") == "")
    #expect(Skeleton.of("ทักษิณ") == "")
  }

  @Test(
    arguments: [
      ("Vladimir Putin", "Владимир Путин", true), ("Donald J. Trump", "Дональд Трамп", true),
      ("Emmanuel Macron", "Эмманюэль Макрон", true), ("Hillary Clinton", "Bill Clinton", false),
      ("Mohammed bin Salman", "Mohammed bin Zayed", false), ("Hun Sen", "Hun Sen", false),
      ("Putin", "Путин", false),
    ])
  func `joins full names of enough consonants only`(one: String, two: String, isSame: Bool) {
    let (a, b) = (Skeleton.of(name: Self.words(one)), Skeleton.of(name: Self.words(two)))
    #expect((a != nil && a == b) == isSame)
  }

  @Test func `links a person whose name no list has in this spelling`() {
    let names = NameSample.names("Bundeskanzler Merz traf Emmanuel Makron gestern.", "de")
    let found = names.first { $0.text.hasSuffix("Makron") }
    #expect(found?.entity == "Q3052772")
    #expect(found?.via == "skeleton")
  }
}

import Testing

@testable import Text

@Suite("A story sorter") struct StorySorterTests {
  private let sorter = StorySorter()
  private let store = MemoryStories()

  private static let quake = """
    Gempa bermagnitudo 5,6 mengguncang Cianjur pada Senin siang dan merusak ratusan rumah warga. BMKG mencatat \
    pusat gempa berada di darat pada kedalaman sepuluh kilometer, tanpa potensi tsunami. Petugas BPBD masih \
    mendata korban luka yang dirawat di rumah sakit setempat serta membuka posko pengungsian di lapangan.
    """
  private static let follow = """
    Korban gempa Cianjur bertambah menjadi dua belas orang luka, kata BPBD pada Senin malam. Ratusan rumah rusak \
    dan warga mengungsi ke posko di lapangan sambil menunggu bantuan. BMKG meminta warga waspada gempa susulan.
    """
  private static let match = """
    Persija mengalahkan Persib dua gol tanpa balas pada laga pekan kesepuluh liga di Jakarta, Minggu malam. Kedua \
    gol dicetak pada babak kedua oleh penyerang muda yang baru kembali dari cedera panjang musim lalu.
    """

  /// Puts an article in; `hour` is when it came, and was published if nothing else is said.
  @discardableResult
  private func place(
    _ number: Int64, _ title: String, _ text: String, hour: Double = 0, published: Double? = nil,
    language: String = "id"
  ) throws -> StoryPlacement {
    try sorter.place(
      StoryPiece(
        number: number, seen: hour * 3_600, published: (published ?? hour) * 3_600,
        language: language, title: title, text: text), in: store)
  }

  @Test func `forgets after a month what can be met no more, and nothing else`() throws {
    let month = 30.0 * 24
    try place(1, "Gempa Guncang Cianjur, Ratusan Rumah Rusak", Self.quake)
    try place(2, "Persija Kalahkan Persib 2-0", Self.match, hour: 20)
    try place(3, "Korban Gempa Cianjur Bertambah", Self.follow, hour: 21)
    let whole = try #require(store.print(of: 1))
    #expect(store.forget(before: month * 3_600) == [1, 2, 3])
    // The story goes on; its first article is no more.
    #expect(store.forget(before: (month + 10) * 3_600) == [1, 2, 3])
    #expect(store.print(of: 1) == nil && store.standing(of: 1) != nil)
    #expect(store.sharers(of: MinHash.bands(of: whole.fingerprint), limit: 9) == [])
    #expect(store.forget(before: (month + 20.5) * 3_600) == [1, 3])
    #expect(store.standing(of: 2) == nil)
    #expect(store.forget(before: (month + 22) * 3_600).isEmpty)
    #expect(store.holdsNothing)
    #expect(
      try place(4, "Gempa Guncang Cianjur, Ratusan Rumah Rusak", Self.quake, hour: 800).story == 4)
  }

  @Test func `joins what tells one happening, and parts what does not`() throws {
    #expect(try place(1, "Gempa Guncang Cianjur, Ratusan Rumah Rusak", Self.quake).story == 1)
    #expect(try place(2, "Persija Kalahkan Persib 2-0", Self.match).story == 2)
    let third = try place(3, "Korban Gempa Cianjur Bertambah", Self.follow)
    #expect(third == StoryPlacement(story: 1, continues: nil, original: nil))
  }

  @Test func `parts titles without text that share what happens, not where`() throws {
    #expect(try place(1, "Gempa di Palu", "").story == 1)
    #expect(try place(2, "Gempa di Solo", "").story == 2)
    #expect(try place(3, "Gempa di Palu", "").story == 1)
  }

  @Test func `parts what shares a title alone`() throws {
    try place(1, "Kabar Hari Ini", Self.quake)
    #expect(try place(2, "Kabar Hari Ini", Self.match).story == 2)
  }

  @Test func `joins over languages by names`() throws {
    try place(
      1, "Putin dan Xi Jinping Bertemu di Beijing", "Vladimir Putin dan Xi Jinping di Beijing.")
    let english = try place(
      2, "Putin, Xi Jinping meet in Beijing", "Vladimir Putin met Xi Jinping in Beijing.",
      language: "en")
    #expect(english.story == 1)
  }

  @Test func `takes the first published for the original, whatever came first`() throws {
    let cut = String(Self.quake.prefix(220))
    try place(1, "Gempa", Self.quake, hour: 5)
    #expect(try place(2, "Gempa Cianjur", cut, hour: 6).original == 1)
    let first = try place(3, "Gempa di Cianjur", Self.quake, hour: 7, published: 1)
    #expect(first == StoryPlacement(story: 1, continues: nil, original: nil))
    #expect([1, 2, 3].map { store.print(of: $0)?.original } == [3, 3, 3])
    #expect(try place(4, "Gempa", Self.quake, hour: 8).original == 3)
  }

  @Test func `of equal times takes the earlier position`() throws {
    try place(1, "Gempa", Self.quake)
    #expect(try place(2, "Gempa", Self.quake).original == 1)
  }

  @Test func `goes on in a new story after two weeks, and knows nothing after a month`() throws {
    let day = 24.0
    try place(1, "Gempa Guncang Cianjur, Ratusan Rumah Rusak", Self.quake)
    let title = "Korban Gempa Cianjur Bertambah"
    #expect(try place(2, title, Self.follow, hour: 14 * day).story == 1)
    let later = try place(
      3, "Gempa Cianjur: Korban Bertambah Lagi", Self.follow + " Lagi.", hour: 60 * day)
    #expect(later == StoryPlacement(story: 3, continues: nil, original: nil))
  }

  @Test func `names the story that a new one goes on with`() throws {
    let day = 24.0
    try place(1, "Gempa Guncang Cianjur, Ratusan Rumah Rusak", Self.quake)
    let later = try place(2, "Korban Gempa Cianjur Bertambah", Self.follow, hour: 15 * day)
    #expect(later == StoryPlacement(story: 2, continues: 1, original: nil))
    // What fits both goes on in the one that is open.
    let third = """
      Korban gempa Cianjur bertambah, kata BPBD. Ratusan rumah rusak dan warga mengungsi ke posko di lapangan.
      """
    #expect(try place(3, "Gempa Cianjur", third, hour: 16 * day).story == 2)
  }

  @Test func `lets a copy join a story that is closed`() throws {
    try place(1, "Gempa", Self.quake)
    let copy = try place(2, "Gempa", Self.quake, hour: 20 * 24)
    #expect(copy == StoryPlacement(story: 1, continues: nil, original: 1))
    #expect(try place(3, "Gempa", Self.quake, hour: 51 * 24).story == 3)
  }

  @Test func `opens a story for an article without words`() throws {
    #expect(try place(1, "", "").story == 1)
    #expect(try place(2, "", "").story == 2)
  }

  @Test func `decides the same again`() throws {
    func all() throws -> [StoryPlacement] {
      let store = MemoryStories()
      return try [Self.quake, Self.match, Self.follow, Self.quake].enumerated().map { place, text in
        try sorter.place(
          StoryPiece(
            number: Int64(place), seen: 0, published: 0, language: "id", title: "Berita",
            text: text), in: store)
      }
    }
    #expect(try all() == all())
  }
}

import Testing

@testable import Text

@Suite("Seeds of topics") struct TopicSeedsTests {
  private static func topics(
    _ title: String, _ text: String, _ language: String? = "id"
  ) -> [BuiltInTopic] {
    TopicSeeds.scores(title: Words(title), text: Words(text), language: language).map(\.topic)
  }

  @Test(
    arguments: [
      (
        "Gempa M 5,6 Guncang Cianjur", "BPBD mendata korban luka dan rumah yang ambruk.", "id",
        .disaster
      ),
      (
        "Persib Juara Liga 1", "Gol di babak kedua membawa pelatih dan pemain merayakan juara.",
        "id", .sport
      ),
      (
        "BI Rate Naik", "Bank Indonesia menaikkan suku bunga untuk menahan inflasi dan rupiah.",
        "id", .economy
      ),
      ("KPK Tahan Bupati", "Tersangka korupsi itu ditahan penyidik usai diperiksa.", "id", .crime),
      (
        "Court jails former minister", "The judge sentenced him to prison for bribery.", "en",
        .crime
      ),
      ("Storm brings heavy rain", "Forecasters expect gusts and snow.", "en", .weather),
      ("Vaccine reaches clinics", "Doctors hope the outbreak of measles ends.", "en", .health),
    ] as [(String, String, String, BuiltInTopic)])
  func `say what an article is about`(
    title: String, text: String, language: String, topic: BuiltInTopic
  ) {
    #expect(Self.topics(title, text, language).first == topic)
  }

  @Test func `want two words in the beginning or four in all`() {
    #expect(Self.topics("Gempa", "Tidak ada apa-apa.") == [])
    #expect(Self.topics("Gempa", "Gempa, kata warga. Gempa lagi.") == [])
    #expect(Self.topics("Gempa", "Rumah ambruk.") == [.disaster])
    let far = String(repeating: "biasa saja ", count: 60)
    #expect(Self.topics("Kabar", "\(far) gempa, longsor, banjir.") == [])
    #expect(Self.topics("Kabar", "\(far) gempa, longsor, banjir, tsunami.") == [.disaster])
  }

  @Test func `are three at most, the strongest first`() {
    let scores = TopicSeeds.scores(
      title: Words("Gempa, banjir, longsor, tsunami"),
      text: Words("Polisi, jaksa. Hujan, badai. Guru, siswa."), language: "id")
    #expect(scores.first == TopicSeeds.Score(topic: .disaster, score: 1))
    #expect(scores.count <= 3)
    #expect(scores.allSatisfy { $0.score >= 0.5 })
  }

  @Test func `say nothing in a language that has none`() {
    #expect(Self.topics("Gempa", "Rumah ambruk.", "fr") == [])
    #expect(Self.topics("Gempa", "Rumah ambruk.", nil) == [])
  }

  @Test func `are there for every topic, thirty of each, and none twice`() {
    for seeds in [TopicSeeds.indonesian, TopicSeeds.english] {
      #expect(seeds.map(\.topic) == BuiltInTopic.allCases)
      for (topic, words) in seeds {
        let list = words.split(separator: ",").map { Words(String($0)).joined }
        #expect(list.count >= 25, "\(topic)")
        #expect(Set(list).count == list.count, "\(topic)")
        #expect(list.allSatisfy { (1...3).contains($0.split(separator: " ").count) }, "\(topic)")
      }
    }
  }
}

/// Words that hold sentences together, by language: few, and more telling than any run of letters.
enum FunctionWords {
  /// The languages that a word, by its hash, holds sentences together in.
  static func languages(of word: UInt64) -> [String] { table[word] ?? [] }

  private static let table: [UInt64: [String]] = {
    var table: [UInt64: [String]] = [:]
    for (language, words) in lists {
      for word in Set(Words(words).words.map(\.hash)) { table[word, default: []].append(language) }
    }
    return table
  }()

  private static let lists: [(language: String, words: String)] = [
    (
      "id",
      """
      tiba naik turun lagi bulan tahun hari orang warga polisi presiden menteri pemerintah negara harga kota korban \
      baru buka tutup minta jalan bertemu sebut gelar siap siapkan tangkap kasus anak rumah dua tiga empat besar kerja \
      masih mulai belum sebagai antara kepada hanya sangat dapat harus secara serta namun tetapi mereka kami kita saya \
      dia ia ketua anggota pasar uang pekan malam pagi siang wilayah pulau laut selatan utara timur barat
      """
    ),
    (
      "id",
      "yang dan di untuk dengan dari pada dalam ini itu oleh akan telah juga karena tidak adalah ke saat usai para bisa jadi agar tak lebih hingga kata sudah ada soal jelang bakal"
    ),
    (
      "en",
      "the of and to in for with that is was by from on has are were which this at as after over says new his her will be it not have an how what why who more than about into out against"
    ),
    (
      "es",
      "el la los las de del y en un una por para con que se su al como más pero sin sobre entre tras este esta contra hasta según desde es fue son ha sus lo le no ya"
    ),
    (
      "pt",
      "o a os as de do da dos das e em no na nos nas um uma por para com que se seu sua ao à mais mas sem sobre entre após este esta contra até segundo desde é foi são não pelo pela diz"
    ),
    (
      "it",
      "il lo la i gli le di del della dei delle e in un una per con che si suo sua al alla nel nella più ma senza su tra dopo questo questa contro fino secondo da è sono non dal dalla anche ha ecco"
    ),
    (
      "fr",
      "le la les de du des et en un une pour par avec que qui se son sa ses au aux plus mais sans sur entre après ce cette contre selon depuis est sont dans ne pas il elle leur été a"
    ),
    (
      "de",
      "der die das den dem des und in ein eine einen einem für von mit ist im auf nicht zu sich auch als an nach bei aus wie über vor gegen will wird werden hat sind noch nur am um zum zur"
    ),
    (
      "nl",
      "de het een en van in op te voor met dat is zijn niet aan bij als naar uit ook om door over tegen na wordt worden heeft meer nog dan maar er wil tot nieuwe die geen"
    ),
    (
      "sv",
      "och i att det som en ett på är av för med den till inte har de om var från efter ska vid mot nya kan men så under sig han hon blir"
    ),
    (
      "da",
      "og i at det som en et på er af for med den til ikke har de om var fra efter skal ved mod nye kan men så under sig han hun bliver ud"
    ),
    (
      "nb",
      "og i at det som en et på er av for med den til ikke har de om var fra etter skal ved mot nye kan men så under seg han hun blir ut"
    ),
    ("fi", "ja on ei se että oli joka mutta kun myös ovat hän kuin sekä vuoden jo nyt tai ole"),
    (
      "pl",
      "i w na z do że się nie jest o po od za przez dla jak to przed ale są już ma być oraz czy przy nad tym co"
    ),
    (
      "cs",
      "a v na se je z do že s o po od za pro jak to před ale jsou už má být k u by při nad si ve podle i"
    ),
    (
      "sk",
      "a v na sa je z do že s o po od za pre ako to pred ale sú už má byť k u by pri nad si vo podľa aj"
    ),
    (
      "hu",
      "a az és hogy nem is egy van meg ez de már csak volt el mint után még lesz szerint ki be"
    ),
    (
      "ro",
      "și în de la pe cu din o un a care să este nu pentru mai au fost după prin sunt ce al ale se va cum despre"
    ),
    (
      "tr",
      "ve bir bu için ile de da olarak çok daha sonra gibi olan kadar göre ne yeni var değil ise oldu en"
    ),
    ("az", "və bir bu üçün ilə də da olan daha sonra kimi edib olub ki ən yeni görə"),
    (
      "vi",
      "và của là có cho các trong với được không một những tại từ khi đã người về ở này sẽ bị ra vào"
    ),
    ("tl", "ang ng sa mga na at ay si ni kay para hindi may ito nang ng dahil mula sa kung"),
    (
      "ca",
      "el la els les de del i en un una per amb que es seu al com més però sense sobre entre aquest aquesta contra fins segons des és són no dels als ha pel"
    ),
    (
      "hr", "i u na se je za da od su s o iz kao po koji što ali nije će bi te nakon kod prije zbog"
    ),
    (
      "ru",
      "и в на не что по с из за от к как это его для о до но у при после будет был она они во со об уже"
    ),
    (
      "uk",
      "і в на не що по з із за від до як це його для про але у при після буде був вона вони та та й у чи щодо під"
    ),
    ("bg", "и в на не че по с от за до как това се си да са е при след ще беше но или към през"),
    ("be", "і ў на не што па з за ад да як гэта яго для пра але пры пасля будзе быў яна яны"),
    ("sr", "и у на се је за да од су с о из као по који што али није ће би те након код"),
    ("mk", "и во на се е за да од со не по како што но ќе би тоа го"),
    ("ar", "في من على الى ان عن التي هذا الذي مع هذه بعد قبل خلال بين لا ما"),
    ("fa", "در از به که و را با این است برای آن بر می شد تا یک کرد های هم"),
    ("hi", "के की का में से है को और पर ने हैं यह एक नहीं भी तो कर"),
  ]
}

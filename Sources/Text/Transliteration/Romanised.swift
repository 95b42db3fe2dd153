/// Names of other scripts in Latin letters, as news writes them, roughly: to compare by, never to print.
enum Romanised {
  /// `text`, folded, in Latin letters; characters that no table has are left out.
  static func text(_ folded: String) -> String {
    var result = ""
    for scalar in folded.unicodeScalars {
      if scalar.value < 0x80 {
        result.unicodeScalars.append(scalar)
      } else if (0xAC00...0xD7A3).contains(scalar.value) {
        result += hangul(scalar.value - 0xAC00)
      } else if let letters = table[scalar] {
        result += letters
      }
    }
    return result
  }

  /// Whether names of this script cannot be matched by sound: Han and Thai.
  static func isMute(_ folded: String) -> Bool {
    folded.unicodeScalars.contains {
      (0x3400...0x9FFF).contains($0.value) || (0xE00...0xE7F).contains($0.value)
    }
  }

  /// A syllable of Hangul, by arithmetic (Unicode 15, section 3.12).
  private static func hangul(_ place: UInt32) -> String {
    initials[Int(place / 588)] + vowels[Int(place % 588 / 28)] + finals[Int(place % 28)]
  }

  private static let initials = words("g kk n d tt r m b pp s ss - j jj ch k t p h")
  private static let vowels = words("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
  private static let finals = words(
    "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map { $0 == "-" ? "" : String($0) }
  }

  private static let table: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [:]
    for pairs in [cyrillic, greek, arabic, hebrew, devanagari, kana, georgian, armenian] {
      for pair in pairs.split(separator: " ") {
        let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let scalar = parts[0].unicodeScalars.first else { continue }
        table[scalar] = String(parts[1])
      }
    }
    return table
  }()

  private static let cyrillic = """
    а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh \
    щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=i є=e ґ=g ў=u ђ=dj ј=y љ=l њ=n ћ=c џ=dz ѓ=g ќ=k ѕ=dz
    """
  private static let greek = """
    α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=h ψ=ps ω=o
    """
  private static let arabic = """
    ا=a ب=b ت=t ث=th ج=g ح=h خ=kh د=d ذ=dh ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع= غ=g ف=f ق=g ك=k ل=l م=m ن=n \
    ه=h و=u ي=i ء= پ=p چ=ch ژ=zh گ=g ڤ=v ٹ=t ڈ=d ڑ=r ے=e ہ=h ھ=h ں=n
    """
  private static let hebrew = """
    א= ב=v ג=g ד=d ה=h ו=u ז=z ח=h ט=t י=i כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע= פ=p ף=f צ=ts ץ=ts ק=k ר=r ש=sh ת=t
    """
  private static let devanagari = """
    अ=a आ=a इ=i ई=i उ=u ऊ=u ए=e ऐ=ai ओ=o औ=au क=k ख=kh ग=g घ=gh च=ch छ=ch ज=j झ=jh ट=t ठ=th ड=d ढ=dh ण=n त=t \
    थ=th द=d ध=dh न=n प=p फ=ph ब=b भ=bh म=m य=y र=r ल=l व=v श=sh ष=sh स=s ह=h ा=a ि=i ी=i ु=u ू=u े=e ै=ai \
    ो=o ौ=au ं=n
    """
  private static let kana = """
    ア=a イ=i ウ=u エ=e オ=o カ=ka キ=ki ク=ku ケ=ke コ=ko サ=sa シ=shi ス=su セ=se ソ=so タ=ta チ=chi ツ=tsu テ=te \
    ト=to ナ=na ニ=ni ヌ=nu ネ=ne ノ=no ハ=ha ヒ=hi フ=fu ヘ=he ホ=ho マ=ma ミ=mi ム=mu メ=me モ=mo ヤ=ya ユ=yu ヨ=yo \
    ラ=ra リ=ri ル=ru レ=re ロ=ro ワ=wa ヲ=o ン=n ガ=ga ギ=gi グ=gu ゲ=ge ゴ=go ザ=za ジ=ji ズ=zu ゼ=ze ゾ=zo ダ=da \
    ヂ=ji ヅ=zu デ=de ド=do バ=ba ビ=bi ブ=bu ベ=be ボ=bo パ=pa ピ=pi プ=pu ペ=pe ポ=po ヴ=vu ァ=a ィ=i ゥ=u ェ=e ォ=o \
    ャ=ya ュ=yu ョ=yo ッ= ー=
    """
  private static let georgian = """
    ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=gh ყ=q შ=sh ჩ=ch \
    ც=ts ძ=dz წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h
    """
  private static let armenian = """
    ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y ն=n շ=sh ո=o չ=ch \
    պ=p ջ=j ռ=r ս=s վ=v տ=t ր=r ց=ts ւ=v փ=p ք=k օ=o ֆ=f
    """
}

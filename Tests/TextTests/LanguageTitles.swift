/// Titles of six words or so, written for these tests; Indonesian stands for Malay too.
enum LanguageTitles {
  static let all: [(language: String, titles: [String])] = [
    (
      "id",
      [
        "Harga beras naik lagi jelang Lebaran", "Pemerintah siapkan bantuan bagi korban banjir",
        "Polisi tangkap pelaku pencurian di kantor", "Presiden bertemu pengusaha muda di Surabaya",
        "Gempa guncang wilayah selatan Pulau Jawa",
      ]
    ),
    (
      "en",
      [
        "Rice prices rise again before holiday", "Government prepares aid for flood victims",
        "Police arrest suspect in office burglary", "President meets young business leaders today",
        "Strong earthquake shakes southern coast overnight",
      ]
    ),
    (
      "es",
      [
        "Sube otra vez el precio del arroz", "El gobierno prepara ayuda para las víctimas",
        "La policía detiene a un sospechoso", "Fuerte terremoto sacude la costa sur",
        "Miles de personas protestan en Madrid",
      ]
    ),
    (
      "pt",
      [
        "Preço do arroz volta a subir", "Governo prepara ajuda para as vítimas",
        "Polícia prende suspeito de furto em escritório", "Forte sismo abala a costa sul",
        "Milhares de pessoas protestam em Lisboa",
      ]
    ),
    (
      "it",
      [
        "Il prezzo del riso sale ancora", "Il governo prepara aiuti per le vittime",
        "La polizia arresta un uomo sospetto", "Forte terremoto scuote la costa meridionale",
        "Migliaia di persone protestano a Roma",
      ]
    ),
    (
      "fr",
      [
        "Le prix du riz augmente encore", "Le gouvernement prépare une aide aux victimes",
        "La police arrête un homme suspect", "Un fort séisme secoue la côte sud",
        "Des milliers de personnes manifestent à Paris",
      ]
    ),
    (
      "de",
      [
        "Der Preis für Reis steigt wieder", "Regierung bereitet Hilfe für Opfer vor",
        "Polizei nimmt Verdächtigen nach Einbruch fest",
        "Starkes Erdbeben erschüttert die Südküste",
        "Tausende Menschen demonstrieren heute in Berlin",
      ]
    ),
    (
      "nl",
      [
        "Prijs van rijst stijgt opnieuw sterk", "Regering bereidt hulp voor slachtoffers voor",
        "Politie houdt verdachte aan na inbraak", "Zware aardbeving schudt de zuidkust wakker",
        "Duizenden mensen betogen in Den Haag",
      ]
    ),
    (
      "sv",
      [
        "Priset på ris stiger igen kraftigt", "Regeringen förbereder hjälp till de drabbade",
        "Polisen griper misstänkt man efter inbrott", "Kraftig jordbävning skakar den södra kusten",
        "Tusentals människor demonstrerar i Stockholm",
      ]
    ),
    (
      "pl",
      [
        "Cena ryżu znowu idzie w górę", "Rząd przygotowuje pomoc dla ofiar powodzi",
        "Policja zatrzymała podejrzanego o włamanie", "Silne trzęsienie ziemi na południu kraju",
        "Tysiące ludzi protestują dziś w Warszawie",
      ]
    ),
    (
      "tr",
      [
        "Pirinç fiyatları bayramdan önce yine arttı",
        "Hükümet sel mağdurları için yardım hazırlıyor",
        "Polis hırsızlık şüphelisini gözaltına aldı",
        "Güney kıyısında şiddetli deprem meydana geldi",
        "Binlerce kişi Ankara'da protesto gösterisi yaptı",
      ]
    ),
    (
      "vi",
      [
        "Giá gạo lại tăng trước ngày lễ", "Chính phủ chuẩn bị hỗ trợ nạn nhân",
        "Công an bắt giữ nghi phạm trộm", "Động đất mạnh rung chuyển bờ biển",
        "Hàng nghìn người biểu tình ở Hà Nội",
      ]
    ),
    (
      "ru",
      [
        "Цены на рис снова выросли перед праздником",
        "Правительство готовит помощь пострадавшим от наводнения",
        "Полиция задержала подозреваемого в краже", "Сильное землетрясение произошло на юге страны",
        "Тысячи людей вышли на протест сегодня",
      ]
    ),
    (
      "uk",
      [
        "Ціни на рис знову зросли перед святом", "Уряд готує допомогу постраждалим від повені",
        "Поліція затримала підозрюваного у крадіжці", "Сильний землетрус стався на півдні країни",
        "Тисячі людей вийшли на протест сьогодні",
      ]
    ),
    (
      "ar",
      [
        "ارتفاع أسعار الأرز مرة أخرى قبل العيد", "الحكومة تستعد لمساعدة ضحايا الفيضانات",
        "الشرطة تعتقل مشتبها به في السرقة", "زلزال قوي يضرب الساحل الجنوبي",
        "آلاف الأشخاص يتظاهرون في القاهرة",
      ]
    ),
    (
      "fa",
      [
        "قیمت برنج دوباره افزایش یافت", "دولت کمک به سیل زدگان را آغاز کرد",
        "پلیس مظنون به سرقت را دستگیر کرد", "زلزله شدید سواحل جنوبی را لرزاند",
        "هزاران نفر در تهران تظاهرات کردند",
      ]
    ),
    (
      "hi",
      [
        "चावल की कीमतें फिर बढ़ीं", "सरकार बाढ़ पीड़ितों की मदद करेगी", "पुलिस ने चोरी के आरोपी को पकड़ा",
        "दक्षिणी तट पर तेज भूकंप आया", "दिल्ली में हजारों लोगों का प्रदर्शन",
      ]
    ),
    ("zh", ["米价在节日前再次上涨", "政府准备援助洪水灾民", "警方逮捕盗窃嫌疑人", "强烈地震袭击南部海岸", "数千人在首都抗议"]),
    ("ja", ["米の価格が再び上昇した", "政府は洪水の被災者を支援へ", "警察が窃盗容疑の男を逮捕", "南部沿岸で強い地震が発生", "首都で数千人が抗議デモ"]),
    (
      "ko",
      [
        "쌀값이 명절을 앞두고 다시 올랐다", "정부가 수해 피해자 지원을 준비한다", "경찰이 절도 용의자를 체포했다",
        "남부 해안에 강한 지진이 발생했다", "수천 명이 서울에서 시위를 벌였다",
      ]
    ),
  ]
}

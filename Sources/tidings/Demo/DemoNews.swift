/// The news of the demo, all of it invented.
enum DemoNews {
  /// What an outlet prints, and how it edits it later without a word.
  struct Piece: Sendable {
    let outlet: String
    let title: String
    let text: String
    var edit: (old: String, new: String)?

    /// The piece as it stands in a later round of the script, or after its edit.
    func on(round: Int, edited: Bool) -> Piece {
      let mark = round == 0 ? "" : " (\(round + 1))"
      guard edited, let edit else { return Piece(outlet: outlet, title: title + mark, text: text) }
      return Piece(
        outlet: outlet, title: title + mark,
        text: text.split(separator: edit.old, omittingEmptySubsequences: false).joined(
          separator: edit.new))
    }
  }

  static let backlog = [
    Piece(
      outlet: "kabar-nusa", title: "Pasar ikan Teluk Biru dibuka kembali",
      text: "Pasar ikan di Teluk Biru kembali ramai setelah perbaikan dermaga selama tiga bulan."),
    Piece(
      outlet: "kabar-nusa", title: "Gempa kecil terasa di Pulau Serai",
      text: "Gempa kecil terasa semalam di Pulau Serai, tanpa laporan kerusakan."),
    Piece(
      outlet: "harian-bahari", title: "Nelayan menunggu cuaca tenang",
      text: "Nelayan di pesisir barat menunggu ombak reda sebelum melaut."),
    Piece(
      outlet: "strait-courier", title: "Ferry timetable changes next week",
      text: "The morning ferry will leave half an hour earlier from Monday."),
    Piece(
      outlet: "island-wire", title: "Flood drill held at two schools",
      text: "Pupils practised leaving their classrooms in four minutes."),
    Piece(
      outlet: "pelabuhan-kini", title: "Derek baru tiba di dermaga utara",
      text: "Dua derek peti kemas tiba dan akan dipasang bulan depan."),
  ]

  /// One piece a step, over and over.
  static let script = [
    Piece(
      outlet: "kabar-nusa", title: "Gempa magnitudo 6,1 mengguncang Teluk Biru",
      text:
        "Gempa magnitudo 6,1 mengguncang Teluk Biru pagi ini. BMKG menyatakan tidak ada ancaman tsunami. Sedikitnya 12 orang terluka dan tim penyelamat sudah berangkat.",
      edit: ("12 orang", "21 orang")),
    Piece(
      outlet: "strait-courier", title: "Strong earthquake shakes Teluk Biru",
      text:
        "A magnitude 6.1 earthquake shook Teluk Biru this morning. A rescue team is on its way, officials said."
    ),
    Piece(
      outlet: "harian-bahari", title: "Warga Teluk Biru mengungsi usai gempa",
      text:
        "Warga mengungsi ke bukit setelah gempa pagi ini. BNPB membuka tiga posko dan dapur umum."),
    Piece(
      outlet: "island-wire", title: "Foreign minister of China arrives for summit",
      text:
        "The foreign minister of China arrived on Thursday for a summit on trade. Talks with ASEAN envoys follow on Friday."
    ),
    Piece(
      outlet: "pelabuhan-kini", title: "Kapal tanker kandas di Selat Melintang",
      text:
        "Sebuah kapal tanker kandas di Selat Melintang semalam; lalu lintas kapal dialihkan dan tidak ada tumpahan minyak."
    ),
    Piece(
      outlet: "kabar-nusa", title: "Tiongkok dan AS bahas aturan ekspor baru",
      text:
        "Perwakilan Tiongkok dan AS bertemu di Jakarta untuk membahas aturan ekspor semikonduktor."),
    Piece(
      outlet: "strait-courier", title: "Oil price climbs after strait closure",
      text:
        "The oil price rose by three percent after the strait was closed to large vessels. Energy ministers will meet next week."
    ),
    Piece(
      outlet: "harian-bahari", title: "Harga listrik rumah tangga tetap",
      text: "Harga listrik rumah tangga tidak berubah sampai akhir tahun, kata kementerian energi."),
    Piece(
      outlet: "island-wire", title: "Choir festival draws record crowd",
      text: "More than two thousand singers filled the harbour square on Saturday evening."),
    Piece(
      outlet: "harian-bahari", title: "Banjir merendam dua kecamatan",
      text:
        "Banjir setinggi lutut merendam dua kecamatan setelah hujan semalaman. Perahu karet dikirim ke lokasi."
    ),
    Piece(
      outlet: "kabar-nusa", title: "Perdana menteri Jepang akan berkunjung ke Jakarta",
      text:
        "Kunjungan perdana menteri Jepang dijadwalkan pekan depan dengan agenda energi dan pelabuhan."
    ),
    Piece(
      outlet: "pelabuhan-kini", title: "Dermaga utara kembali beroperasi",
      text: "Dermaga utara dibuka lagi setelah pemeriksaan keselamatan selesai."),
    Piece(
      outlet: "strait-courier", title: "Museum of maps opens on the quay",
      text:
        "A small museum of sea charts opened on the old quay, free of charge until the end of the month."
    ),
    Piece(
      outlet: "island-wire", title: "Floods close coastal road",
      text: "Floods closed the coastal road for a second day; buses take the hill route."),
    Piece(
      outlet: "kabar-nusa", title: "Lomba perahu naga berlangsung meriah",
      text: "Dua puluh regu mengikuti lomba perahu naga tahunan di muara."),
    Piece(
      outlet: "harian-bahari", title: "Simulasi gempa di tiga sekolah",
      text: "Tiga sekolah berlatih menghadapi gempa bersama petugas."),
  ]
}

extension TopicSeeds {
  /// Words that tell of a topic in Indonesian and Malay, with the forms that news write.
  static let indonesian: [(topic: BuiltInTopic, words: String)] = [
    (
      .arts,
      """
      film, bioskop, aktor, aktris, sutradara, sinetron, drama, konser, musik, musisi, penyanyi, lagu, album, \
      band, seni, seniman, pameran seni, lukisan, pelukis, galeri, museum, teater, tari, penari, budaya, \
      kebudayaan, novel, novelis, sastra, penulis, festival film, selebriti, artis, netflix, serial, wayang, \
      batik, sinema, penggemar, grammy, oscar, televisi, trailer, box office, fotografi, komik, animasi
      """
    ),
    (
      .crime,
      """
      polisi, kepolisian, polda, polres, polsek, tersangka, terdakwa, terpidana, korupsi, suap, gratifikasi, \
      pencurian, perampokan, pembunuhan, dibunuh, penipuan, penganiayaan, pemerkosaan, narkoba, sabu, ganja, \
      ditangkap, penangkapan, ditahan, penyidik, penyidikan, penyelidikan, jaksa, kejaksaan, kejagung, hakim, \
      pengadilan, sidang, vonis, divonis, dakwaan, didakwa, tuntutan, hukuman, penjara, pelaku, kasus hukum, \
      kpk, bareskrim, mahkamah agung, gugatan, pengacara, kuasa hukum, peretas, peretasan, kebocoran data, \
      pidana, perdata, saksi, barang bukti, buron, sindikat, tppu
      """
    ),
    (
      .disaster,
      """
      gempa, gempa bumi, tsunami, banjir, banjir bandang, longsor, tanah longsor, erupsi, gunung meletus, letusan, \
      kebakaran, terbakar, kecelakaan, tabrakan, menabrak, tenggelam, karam, jatuh, tewas, korban, korban jiwa, \
      luka, mengungsi, pengungsi, pengungsian, bnpb, bpbd, basarnas, tim sar, evakuasi, dievakuasi, bencana, \
      tanggap darurat, ledakan, meledak, runtuh, ambruk, hilang kontak, pesawat jatuh, magnitudo, bermagnitudo, \
      skala richter, bmkg, damkar, pemadam, penyelamatan, selamat, angin puting beliung, kekeringan, awan panas
      """
    ),
    (
      .economy,
      """
      ekonomi, perekonomian, inflasi, rupiah, dolar, kurs, nilai tukar, saham, bursa, ihsg, investasi, investor, \
      bank, perbankan, bank indonesia, suku bunga, kredit, utang, anggaran, apbn, pajak, ekspor, impor, \
      perdagangan, pasar, harga, harga minyak, bbm, minyak, gas, batu bara, nikel, sawit, perusahaan, emiten, laba, \
      rugi, pendapatan, penjualan, akuisisi, merger, industri, manufaktur, umkm, bumn, ojk, bps, pertumbuhan, \
      resesi, subsidi, tarif, pinjaman, obligasi, dividen, startup, beras, pangan, pupuk, properti
      """
    ),
    (
      .education,
      """
      sekolah, siswa, murid, pelajar, guru, dosen, mahasiswa, kampus, universitas, perguruan tinggi, rektor, \
      kurikulum, ujian, ujian nasional, pendidikan, beasiswa, kuliah, sarjana, wisuda, sma, smp, sd, smk, paud, \
      pesantren, madrasah, ppdb, snbp, utbk, kemendikbud, kemendikdasmen, pembelajaran, kelas, akademik, skripsi, \
      ijazah, tk, kepala sekolah, literasi, asrama
      """
    ),
    (
      .environment,
      """
      lingkungan, lingkungan hidup, iklim, perubahan iklim, emisi, karbon, polusi, polusi udara, pencemaran, limbah, \
      sampah, plastik, hutan, deforestasi, kebakaran hutan, karhutla, konservasi, satwa, satwa liar, harimau, \
      orangutan, gajah, badak, terumbu karang, mangrove, sungai, laut, ekosistem, keanekaragaman hayati, spesies, \
      energi terbarukan, panel surya, gas rumah kaca, pemanasan global, kualitas udara, walhi, greenpeace, klhk, \
      daur ulang, tambang, reklamasi, gambut, penangkaran
      """
    ),
    (
      .health,
      """
      kesehatan, rumah sakit, rsud, puskesmas, dokter, perawat, pasien, penyakit, virus, wabah, pandemi, epidemi, \
      vaksin, vaksinasi, imunisasi, obat, obat-obatan, bpom, kemenkes, menkes, covid, demam berdarah, dbd, malaria, \
      tbc, hiv, kanker, diabetes, jantung, stroke, gizi, stunting, klinik, operasi, gejala, infeksi, terinfeksi, \
      campak, flu burung, influenza, bakteri, bpjs kesehatan, keracunan, rawat inap, medis, terapi, kesehatan jiwa, \
      kehamilan, bayi, who, mpox
      """
    ),
    (
      .humanInterest,
      """
      viral, warganet, netizen, kisah, unik, langka, rekor dunia, rekor muri, penghargaan, mengharukan, inspiratif, \
      kucing, anjing, hewan peliharaan, kembar, ulang tahun, tertua, terpanjang, terbesar di dunia, keluarga kerajaan, \
      raja charles, pangeran, putri, kolektor, hobi, aksi heroik, pahlawan, dermawan, lotre, \
      kejutan, menikah, pernikahan
      """
    ),
    (
      .labour,
      """
      buruh, pekerja, karyawan, upah, upah minimum, ump, umk, gaji, phk, pemutusan hubungan kerja, mogok, mogok kerja, \
      serikat pekerja, serikat buruh, tenaga kerja, ketenagakerjaan, kemnaker, menaker, pengangguran, lowongan kerja, \
      lapangan kerja, pekerja migran, pmi, tki, outsourcing, kontrak kerja, thr, tunjangan, jam kerja, pensiun, \
      pensiunan, hari buruh, apindo, kspi, jamsostek, bpjs ketenagakerjaan, magang, rekrutmen, cpns, pppk
      """
    ),
    (
      .lifestyle,
      """
      wisata, wisatawan, pariwisata, turis, liburan, libur, destinasi, hotel, kuliner, restoran, resep, makanan, \
      minuman, kopi, masakan, mode, busana, fesyen, kecantikan, skincare, kosmetik, diet, gaya hidup, pantai, \
      pendakian, pendaki, traveling, mudik, festival kuliner, kafe, perawatan, parfum, tren, dekorasi, taman hiburan, \
      gim, permainan, otomotif, mobil listrik, motor
      """
    ),
    (
      .politics,
      """
      presiden, wakil presiden, menteri, kabinet, pemerintah, pemerintahan, dpr, dpd, mpr, parlemen, legislatif, \
      anggota dewan, partai, partai politik, pemilu, pilpres, pilkada, pileg, kpu, bawaslu, kandidat, calon, \
      capres, cawapres, caleg, koalisi, oposisi, kampanye, politik, politikus, politisi, undang-undang, ruu, \
      rancangan undang-undang, gubernur, bupati, wali kota, diplomasi, diplomat, duta besar, kedutaan, kunjungan \
      kenegaraan, bilateral, ktt, kemlu, menlu, perdana menteri, parlemen eropa, mahkamah konstitusi, kremlin, \
      gedung putih, istana, referendum, reshuffle, unjuk rasa, demonstrasi, kebijakan, pbb, asean, kanselir
      """
    ),
    (
      .religion,
      """
      agama, umat, islam, muslim, kristen, katolik, hindu, buddha, masjid, gereja, pura, vihara, paus, vatikan, \
      ulama, ustaz, kiai, pendeta, uskup, kardinal, mui, nu, pbnu, muhammadiyah, kemenag, menag, haji, umrah, \
      jemaah, ramadan, puasa, lebaran, idul fitri, idul adha, natal, paskah, nyepi, waisak, zakat, kurban, salat, \
      doa, ibadah, toleransi, fatwa, halal, al-quran, alkitab, ziarah, khotbah, pengajian
      """
    ),
    (
      .science,
      """
      teknologi, sains, ilmuwan, peneliti, penelitian, riset, brin, kecerdasan buatan, ai, robot, satelit, roket, \
      antariksa, nasa, astronot, bulan, mars, planet, teleskop, internet, aplikasi, ponsel, smartphone, iphone, \
      android, google, apple, microsoft, meta, openai, chatgpt, chip, semikonduktor, komputer, siber, keamanan siber, \
      data pribadi, digital, komdigi, jaringan, 5g, starlink, spacex, fosil, arkeolog, fisika, kimia, biologi, \
      genetika, laboratorium, inovasi, perangkat lunak, pengguna, platform, gerhana, meteor
      """
    ),
    (
      .society,
      """
      masyarakat, sosial, kemiskinan, miskin, bansos, bantuan sosial, pkh, kemensos, penduduk, kependudukan, sensus, \
      migrasi, imigran, perempuan, kdrt, anak, lansia, disabilitas, difabel, adat, \
      masyarakat adat, suku, diskriminasi, rasisme, kesetaraan, gender, perumahan, tunawisma, gotong royong, relawan, \
      yayasan, keluarga, perceraian, perkawinan anak, kelahiran, hak asasi manusia, komnas ham, komnas perempuan, kpai
      """
    ),
    (
      .sport,
      """
      sepak bola, sepakbola, liga, liga 1, liga champions, piala dunia, piala aff, piala asia, timnas, pemain, pelatih, \
      gol, skor, babak, laga, pertandingan, kontra, klub, stadion, suporter, wasit, penalti, bulu tangkis, bulutangkis, \
      ganda putra, tunggal putra, tunggal putri, badminton, tenis, basket, voli, tinju, petinju, motogp, formula 1, \
      pebalap, balapan, olimpiade, asian games, sea games, medali, medali emas, juara, kejuaraan, final, semifinal, \
      perempat final, turnamen, atlet, pssi, fifa, uefa, persib, persija, kemenpora, maraton, renang, gelandang, striker
      """
    ),
    (
      .conflict,
      """
      perang, militer, tentara, tni, serangan, menyerang, diserang, rudal, roket, bom, pengeboman, dibom, drone, \
      pasukan, gencatan senjata, senjata, invasi, konflik, pertempuran, tempur, pemberontak, kelompok bersenjata, \
      kkb, teroris, terorisme, sandera, pertahanan, jet tempur, kapal perang, nuklir, hamas, hizbullah, israel, \
      gaza, palestina, ukraina, perdamaian, perundingan damai, penembakan, baku tembak, kudeta, milisi, pengungsi \
      perang, blokade, sanksi, nato, genosida, tank, artileri, mobilisasi, garis depan, serangan udara
      """
    ),
    (
      .weather,
      """
      cuaca, prakiraan cuaca, cuaca ekstrem, hujan, hujan lebat, hujan deras, hujan ringan, badai, siklon, siklon \
      tropis, topan, angin kencang, musim hujan, musim kemarau, kemarau, el nino, la nina, suhu, suhu udara, \
      panas ekstrem, gelombang panas, gelombang tinggi, petir, kabut, bmkg, cerah, berawan, mendung, celsius, \
      kelembapan, curah hujan, puting beliung, salju, badai salju, peringatan dini
      """
    ),
  ]
}

/// The words of closed kinds that stand beside names, in the languages that are read closely.
enum ClosedWords {
  static let all: [(role: WordRole, words: String)] = [
    (.title, titles), (.office, offices), (.speech, speech),
    (.organisationHead, organisationHeads), (.organisationEnd, organisationEnds),
    (.placeHead, placeHeads), (.administrative, administrative), (.locative, locatives),
    (.particle, particles), (.abbreviation, abbreviations), (.calendar, calendar),
    (.adjective, adjectives), (.common, functionWords),
  ]

  private static let titles = """
    presiden wapres wakil perdana pm menteri menlu menhan menkeu mendagri menko menkes mensos menag \
    menaker menteri mendag menperin mentan menpora mendikbud menkominfo menhub menkumham mensesneg seskab \
    gubernur wagub bupati wabup walikota wali ketua waketum ketum sekjen sekretaris direktur dirut dirjen \
    jaksa kajari kajati kapolri kapolda kapolres kapolsek kasat kabareskrim kabid kadiv kombes akbp akp \
    kompol iptu ipda aiptu aipda bripka brigadir briptu bripda irjen komjen brigjen jenderal jendral \
    mayjen letjen kolonel letkol mayor kapten lettu letda sersan kopral laksamana marsekal panglima \
    pangdam danrem dandim kasad kasal kasau ustaz ustad ustadz habib kiai kyai kh dr drs dra prof profesor \
    ir h hj haji hajah tuan nyonya bapak pak ibu bu bang mas mbak mbah kang cak gus tgb ning raja ratu \
    pangeran putri sultan kaisar paus kardinal uskup pastor pendeta hakim pengacara pengamat peneliti \
    pelatih striker kiper bek gelandang penyerang aktor aktris artis penyanyi musisi sutradara pedangdut \
    komedian presenter aktivis politikus politisi anggota juru jubir bendahara kepala rektor dekan camat \
    lurah kades komisaris komisioner deputi duta dubes konsul senator capres cawapres cagub cawagub \
    tersangka terdakwa ny jendral almarhum almarhumah mantan eks calon plt plh pj ceo vokalis gitaris legenda \
    president vice prime minister chancellor king queen prince princess emperor pope cardinal bishop \
    archbishop reverend rev father sir lord lady dame mr mrs ms miss mister dr professor doctor judge \
    justice senator sen representative rep congressman congresswoman governor gov mayor secretary \
    general gen colonel col major maj captain capt lieutenant lt sergeant sgt admiral marshal commander \
    ambassador spokesman spokeswoman spokesperson chairman chairwoman chairperson chief director \
    executive founder analyst coach striker goalkeeper midfielder defender actor actress singer author \
    attorney lawyer sheriff officer deputy premier leader speaker former acting \
    президент премьер министр глава генерал губернатор министра президента президентом mme monsieur herr frau señor señora presidente \
    premier ministre bundeskanzler kanzler
    """

  private static let offices = """
    luar negeri dalam pertahanan keuangan pertanian perdagangan perindustrian kesehatan pendidikan \
    kebudayaan agama sosial perhubungan hukum ham keamanan politik ekonomi koordinator bidang energi sumber \
    daya mineral pariwisata pemuda olahraga ketenagakerjaan kehutanan lingkungan hidup kelautan perikanan \
    komunikasi informatika digital investasi bumn pu pupr agraria negara agung umum jenderal utama kota \
    presiden gubernur bupati menteri ketua eksekutif staf kepresidenan pelaksana harian tugas bicara besar foreign defense \
    defence finance interior state treasury home executive of affairs health education energy trade
    """

  private static let speech = """
    kata ujar tutur jelas ucap ungkap tegas papar terang sebut imbuh tambah kata katanya ujarnya tuturnya \
    menurut jelasnya ucapnya tegasnya pungkas pungkasnya sambung beber bebernya cetus tandas kisah \
    mengatakan menyebut menegaskan menjelaskan menyatakan mengungkapkan menuturkan menambahkan \
    said says told added tweeted stated explained according сказал сказала заявил заявила قال قالت dijo sagte
    """

  private static let organisationHeads = """
    bank universitas institut politeknik akademi kementerian kemenko partai pt cv ud yayasan lembaga badan \
    dewan komisi majelis mahkamah pengadilan kejaksaan kepolisian polda polres polresta polrestabes polsek \
    polisi kodam kodim korem koramil kantor dinas direktorat ditjen biro pusat asosiasi ikatan persatuan \
    perhimpunan himpunan gabungan federasi konfederasi serikat forum front gerakan organisasi koalisi \
    komite panitia satgas tim klub persatuan fakultas sekolah sma smk smp sd sdn smpn sman smkn mts man \
    pesantren ponpes rs rsud rsup puskesmas klinik rutan lapas perusahaan pemprov pemkab pemkot \
    pemerintah dpd dpw dpc dprd dpr fraksi panwaslu bawaslu kpu kpud bpbd koperasi grup maskapai \
    fc psm persib persija persebaya \
    ministry department university institute college school council committee commission agency bureau \
    office party federation association union organisation organization company corporation group court \
    parliament congress senate assembly foundation hospital bank airlines airways united city club \
    министерство партия банк университет вزارة وزارة حزب جامعة بنك
    """

  private static let organisationEnds = """
    tbk persero inc ltd llc plc corp corporation co gmbh ag sa nv fc afc cf sc university college ministry \
    department institute agency committee commission council party bank group union association \
    organization organisation court parliament foundation airlines hospital times post news tv
    """

  private static let placeHeads = """
    laut pulau kepulauan selat teluk tanjung gunung danau sungai kali jalan jl jln gang bandara pelabuhan \
    stasiun terminal pasar kilang istana lapangan stadion gedung masjid gereja pura candi taman pantai \
    jembatan tol gua hutan waduk bendungan lembah bukit monumen tugu museum plaza mal mall hotel apartemen \
    perumahan kampung kawasan kompleks gelora jalur semenanjung samudra samudera benua \
    sea island islands strait bay gulf mount mountain lake river street avenue road square airport \
    port station stadium palace bridge park beach valley cape peninsula ocean desert
    """

  private static let administrative = """
    kota kabupaten kab provinsi prov desa kecamatan kec kelurahan kel negara distrik dusun dukuh nagari \
    wilayah daerah ibukota ibu kotamadya rt rw city town village province regency district state county
    """

  private static let locatives = """
    di ke dari asal menuju tiba hingga sekitar dekat seluruh se in at near from to across throughout \
    outside inside around toward towards в из на от em en à aus nach
    """

  private static let particles = """
    bin binti al el ibn abu van der den de da di dos del la le von zu af of the and dan bint ben
    """

  private static let abbreviations = """
    dr drs dra prof h hj jl jln tgl no mr mrs ms st ir kh kab kec kel prov pt cv gen col maj capt lt sgt gov \
    sen rep rev jr sr vs dll dsb hlm inc ltd co corp tbk bp rp am pm
    """

  private static let calendar = """
    senin selasa rabu kamis jumat jum'at sabtu minggu ahad januari februari maret april mei juni juli agustus \
    september oktober november desember monday tuesday wednesday thursday friday saturday sunday january \
    february march may june july august october december wib wita wit gmt
    """

  private static let adjectives = """
    barat timur utara selatan tengah tenggara tenggara western eastern northern southern west east north \
    south indonesian american british french german russian chinese japanese korean indian australian \
    israeli iranian iraqi syrian ukrainian european asian african italian spanish dutch turkish saudi \
    egyptian pakistani afghan malaysian thai vietnamese filipino brazilian mexican canadian polish \
    palestinian lebanese greek swiss swedish norwegian danish finnish irish scottish welsh english \
    muslim islam islamic christian jewish buddhist hindu republican democrat democratic republicans \
    democrats
    """

  private static let functionWords = """
    yang dan di ke dari untuk pada dengan oleh atau dalam bagi ini itu adalah akan telah sudah tidak juga karena \
    saat setelah sebelum namun tetapi tapi sementara menurut sedangkan selain kami kita mereka saya aku dia ia \
    beliau para seorang sebuah ada bisa dapat harus jika kalau bila ketika hal tersebut lalu kemudian meski \
    meskipun walaupun bahkan sejak hingga sampai antara sekitar hari tahun bulan minggu jam pukul kunjungan \
    kedatangan pembicaraan berdasarkan terkait sebelumnya sejumlah beberapa semua banyak lebih \
    the a an of and to in for with that is was by from on at as it its this these those he she they we you i but \
    or not are were be been has have had will would can could should may might there here when where who what \
    which how why if then than so no yes after before over under about into out up down more most new
    """
}

/// The sample configuration: the very text of the files in the folder Config/sample.
///
/// The installed program has no folder to read them from; a test holds both against each other.
enum SampleConfiguration {
  static let rules = #"""
    # A desk's rules. AND and OR are upper case and never mixed without parentheses.
    lists:
      summit-words: {"id": [kunjung~id, temu~id, lawatan], "en": [summit, "state visit", talks], "zh": [访问, 会晤]}
    rules:
      - id: quake
        match: (gempa~id OR earthquake OR 地震) AND NOT title:(simulasi OR drill)
        severity: critical
        note: every quake that is reported; exercises are left out
      - id: state-visit
        match: |
          (entity:Q148 OR entity:Q17 OR entity:Q408)
          AND list:summit-words
        severity: notice
      - id: china-us
        match: entity:Q148 NEAR/12 entity:Q30
        severity: warning
      - id: energy-prices
        match: topic:energy AND (harga OR price*)
        severity: notice
        cooldown: 10m
        by: []
      - id: floods
        match: title:(banjir~id OR flood*)
        severity: warning
      - id: rescue
        match: '"tim penyelamat" OR "rescue team" OR =BNPB'
      - id: shipping
        match: (kapal~id OR ship OR vessel) NEAR/8 (selat OR strait)
        severity: notice

    """#

  static let entities = #"""
    # Who and what a desk follows that reads Indonesian and English news. The ids are Wikidata's where there is
    # one. An alias with = must stand exactly so: AS is a country, "as" a word.
    entities:
      Q252: {name: Indonesia, type: place, aliases: [RI, Republik Indonesia, "=RI"]}
      Q148: {name: China, type: place, aliases: {any: [Tiongkok, Cina, People's Republic of China], "zh": [中国, 中國], "ru": [Китай, Китая, Китаем], "ar": [الصين]}}
      Q30: {name: United States, type: place, aliases: {any: ["=AS", Amerika Serikat, "=US", "=U.S."], "ru": [США], "zh": [美国], "ar": [الولايات المتحدة]}}
      Q159: {name: Russia, type: place, aliases: {any: [Rusia], "ru": [Россия, России], "zh": [俄罗斯], "ar": [روسيا]}}
      Q17: {name: Japan, type: place, aliases: {any: [Jepang], "zh": [日本], "ja": [日本]}}
      Q884: {name: South Korea, type: place, aliases: [Korea Selatan, Korsel]}
      Q408: {name: Australia, type: place, aliases: [Australia]}
      Q833: {name: Malaysia, type: place, aliases: [Malaysia]}
      Q1065: {name: United Nations, type: organisation, aliases: ["=PBB", Perserikatan Bangsa-Bangsa, "=UN"]}
      Q7768: {name: ASEAN, type: organisation, aliases: [Association of Southeast Asian Nations]}
      x-bnpb: {name: Badan Nasional Penanggulangan Bencana, type: organisation, aliases: ["=BNPB"]}
      x-bmkg: {name: Badan Meteorologi Klimatologi dan Geofisika, type: organisation, aliases: ["=BMKG"]}
      x-pertamina: {name: Pertamina, type: organisation, aliases: [PT Pertamina]}

    """#

  static let topics = #"""
    # Standing subjects; an article belongs to each whose query it meets.
    topics:
      diplomacy: {name: Diplomacy, match: "diplomat* OR diplomasi OR kunjung~id OR summit OR bilateral OR \"kerja sama\" OR 会晤"}
      energy: {name: Energy, match: "energi OR energy OR minyak OR listrik OR \"oil price\" OR solar OR gas"}
      disaster: {name: Disaster, match: "gempa~id OR earthquake OR banjir~id OR flood* OR tsunami OR erupsi OR 地震"}

    """#
}

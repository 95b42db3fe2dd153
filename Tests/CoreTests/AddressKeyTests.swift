import Testing

@testable import Core

@Suite("An address key") struct AddressKeyTests {
  @Test(arguments: [
    // Scheme, host, port, user.
    ("https://www.N.example/A/b/", "n.example/A/b"), ("HTTP://n.example:80/A/b", "n.example/A/b"),
    ("http://rina:x@n.example:8443/a", "n.example/a"), ("http://[::1]:8080/a", "[::1]/a"),
    ("//m.n.example/a", "n.example/a"), ("https://mobile.n.example/a", "n.example/a"),
    ("https://amp.n.example:443/A/b", "n.example/A/b"), ("https://m.com/a", "m.com/a"),
    ("https://www.m.n.example./a", "n.example/a"), ("n.example", "n.example"),
    // Punycode, also where a writer escaped it.
    ("https://Bücher.example/a", "xn--bcher-kva.example/a"),
    ("https://b%C3%BCcher.example/a", "xn--bcher-kva.example/a"),
    ("https://www.新闻。example/a", "xn--efvy88h.example/a"),
    ("https://xn--bcher-kva.example/a", "xn--bcher-kva.example/a"),
    // Caches of AMP pages.
    ("https://n-example.cdn.ampproject.org/c/s/n.example/a/b?x=1", "n.example/a/b?x=1"),
    (
      "https://n-example.cdn.ampproject.org/v/www.n.example/a/amp/?amp_js_v=1",
      "n.example/a?amp_js_v=1"
    ),
    ("https://www.google.com/amp/s/amp.n.example/a.html", "n.example/a.html"),
    ("https://www.google.com/amp/notes", "google.com/amp/notes"),
    ("https://cdn.ampproject.org/about/s/n.example", "cdn.ampproject.org/about/s/n.example"),
    // Path.
    ("https://n.example/a/../b/./c", "n.example/b/c"),
    ("https://n.example//a///b//", "n.example/a/b"),
    ("https://n.example/a/amp", "n.example/a"), ("https://n.example/a/amp/", "n.example/a"),
    ("https://n.example/a/index.html", "n.example/a"),
    ("https://n.example/index.php?p=7", "n.example?p=7"),
    ("https://n.example/index.php/a", "n.example/index.php/a"),
    ("https://n.example/camp", "n.example/camp"),
    ("https://n.example/Straße/地震//", "n.example/Straße/地震"), ("https://n.example/", "n.example"),
    // Fragment.
    ("https://n.example/a#part", "n.example/a"), ("https://n.example/a#!/b", "n.example/a#!/b"),
    ("https://n.example/#/news/7", "n.example#/news/7"),
    ("https://n.example?id=1#x", "n.example?id=1"),
    // Query.
    ("https://n.example/a?b=2&a=1&b=1", "n.example/a?a=1&b=1&b=2"),
    ("https://n.example/?id", "n.example?id"),
    ("https://n.example/a?", "n.example/a"), ("https://n.example/a?outputType=amp", "n.example/a"),
    ("https://n.example/a?outputType=pdf", "n.example/a?outputType=pdf"),
    // No address of the web.
    ("mailto:a", "mailto:a"), ("urn:uuid:A", "urn:uuid:A"), ("", ""),
  ]) func `leaves out what makes no other article`(url: String, key: String) {
    #expect(AddressKey.of(url) == key)
  }

  @Test(arguments: [
    "utm_source=x", "UTM_medium=y", "fbclid=1", "gclid=1", "dclid=1", "gbraid=1", "wbraid=1",
    "msclkid=1", "yclid=1", "twclid=1", "ttclid=1", "igshid=1", "mc_cid=1", "mc_eid=1", "mkt_tok=1",
    "_hsenc=1", "_hsmi=1", "ocid=1", "cmp=1", "cmpid=1", "CMP=1", "ito=1", "ncid=1", "ICID=1",
    "smid=1",
    "xtor=1", "wt_mc=1", "at_medium=1", "at_campaign=1", "at_custom3=1", "ns_mchannel=1",
    "pk_kwd=1",
    "piwik_x=1", "matomo_x=1", "oly_enc_id=1", "vero_id=1", "spm=1", "guccounter=1",
    "guce_referrer=1",
    "soc_src=1", "soc_trk=1", "sref=1", "traffic_source=1", "__twitter_impression=true", "amp=1",
    "ref=home", "source=top-bar", "from=homepage_top", "rss=yes", "share=mail", "ref=",
  ]) func `leaves out a parameter of tracking`(parameter: String) {
    #expect(AddressKey.of("https://n.example/a?id=7&\(parameter)") == "n.example/a?id=7")
    #expect(
      TrackingParameter.removed(from: "https://n.example/a?\(parameter)&id=7#x")
        == "https://n.example/a?id=7#x")
    #expect(
      TrackingParameter.removed(from: "https://n.example/a?\(parameter)") == "https://n.example/a")
  }

  @Test(arguments: [
    "ref=123", "source=a1", "from=2024-05-16", "share=https://x", "rss=7", "amplitude=1",
  ])
  func `keeps a parameter that may name the page`(parameter: String) {
    #expect(AddressKey.of("https://n.example/a?\(parameter)") == "n.example/a?\(parameter)")
    let url = "https://N.example/a?b&\(parameter)&a="
    #expect(TrackingParameter.removed(from: url) == url)
  }
}

@Suite("Punycode") struct PunycodeTests {
  /// From RFC 3492 §7.1 and the registries.
  @Test(arguments: [
    ("bücher", "bcher-kva"), ("münchen", "mnchen-3ya"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
    ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"), ("例え", "r8jz45g"),
    ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
  ]) func `is as the standard has it`(label: String, coded: String) {
    #expect(Punycode.encoded(label) == coded)
  }

  @Test func `refuses what no label may be`() {
    #expect(Punycode.encoded(String(repeating: "é", count: 64)) == nil)
  }
}

/// Small feeds of every family that hold what readers stumble over: what tests and `make fuzz` damage.
public enum FeedSample {
  public static let all: [[UInt8]] = [
    """
    <?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]>
    <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:base="/b/"><channel><title>T</title>
    <!-- c --><item><title>A &amp; <![CDATA[<b>b</b>]]></title><link>/a?x=1&y=2</link><guid>g&#8230;1</guid>
    <pubDate>Kamis, 16 Mei 2024 12:27 WIB</pubDate><dc:creator>R (a@n.example)</dc:creator><category>x</category>
    <description>&lt;p onclick="x()"&gt;a&lt;a href="/b" srcset="/c 1x, d 2x"&gt;b&lt;/a&gt;</description></item>
    <item><title>B</title><enclosure url="/m" length="12" type="audio/mpeg"/></item></channel></rss>
    """,
    """
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id"><title type="html">T</title><entry><id>urn:1</id>
    <title type="xhtml"><x:div>A</x:div></title><link rel="alternate" href="x"/><updated>2024-05-16T05:27:00Z</updated>
    <content type="application/octet-stream">PGI+eDwvYj4=</content><author><name>R</name></author></entry></feed>
    """,
    """
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>
    <item rdf:about="https://n.example/1"><title>\u{41f}\u{443}\u{442}\u{438}\u{43d} \u{4e2d}\u{56fd}</title></item></rdf:RDF>
    """,
    """
    {"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":7,"title":"A \\ud83d\\ude00 \\n",
    "content_text":"a < b","date_published":"2024-05-16T05:27:00Z","tags":["x"],"attachments":[{"url":"m"}]}]}
    """,
  ].map { Array($0.utf8) }
}

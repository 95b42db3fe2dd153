/// The local names of elements that say something to a reader of feeds, whatever their vocabulary.
enum ElementName: String, CaseIterable {
  // Roots, and what holds the rest.
  case rss, rdf, feed, entry, channel, item, urlset, sitemapindex, sitemap, url
  // What an entry or a feed says of itself.
  case title, link, id, guid, description, summary, subtitle, tagline, abstract, content, encoded
  case body, fullitem, language, publisher, source
  case origLink = "origlink"
  case loc, news, publication, keywords, tags, subject, category
  // When to ask again.
  case ttl
  case skipHours = "skiphours"
  case skipDays = "skipdays"
  case updatePeriod = "updateperiod"
  case updateFrequency = "updatefrequency"
  // People.
  case author, creator, name, email, credit
  // Dates.
  case pubDate = "pubdate"
  case publicationDate = "publication_date"
  case lastBuildDate = "lastbuilddate"
  case lastmod, published, issued, created, updated, modified, date
  // Media.
  case enclosure, group, thumbnail, image
  case alternateEnclosure = "alternateenclosure"
  case deletedEntry = "deleted-entry"

  static let table = NameTable(allCases.map { ($0.rawValue, $0) })

  /// The roots by which a feed is known.
  static let roots: [ElementName] = [
    .rss, .rdf, .feed, .entry, .channel, .urlset, .sitemapindex,
  ]
}

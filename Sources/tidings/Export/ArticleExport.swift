import Core

/// Articles in the forms that newsrooms and search engines read.
enum ArticleExport {
  /// ninjs 3.1 (IPTC): `uri` is the article's name, its address a rendition.
  static func ninjs(_ article: Article) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("uri", "urn:tidings:article:" + article.id.rawValue)
      writer.field("type", "text")
      writer.field("version", String(article.revision))
      writer.field(
        "standard",
        object: {
          $0.field("name", "ninjs")
          $0.field("version", "3.1")
        })
      writer.field("language", article.language)
      writer.field("firstCreated", article.published ?? article.seen)
      writer.field("versionCreated", article.updated ?? article.seen)
      writer.field("by", article.authors.isEmpty ? nil : article.authors.joined(separator: ", "))
      writer.texts("headlines", article.title)
      writer.texts("descriptions", article.summary ?? "")
      writer.texts("bodies", article.text)
      writer.objects("renditions", article.url.map { [$0] } ?? []) { writer, url in
        writer.field("name", "web")
        writer.field("href", url)
        writer.field("contentType", "text/html")
      }
      writer.objects("infoSources", infoSources(article)) { writer, source in
        writer.field("name", source.name)
        writer.field("role", source.role)
      }
      writer.objects("subjects", article.categories) { writer, category in
        writer.field("name", category)
        writer.field("rel", "category")
      }
      writer.objects("associations", media(article)) { writer, media in
        writer.field("name", media.url)
        writer.field("type", media.type?.hasPrefix("image/") == false ? "composite" : "picture")
        writer.objects("renditions", [media]) { writer, media in
          writer.field("name", "original")
          writer.field("href", media.url)
          writer.field("contentType", media.type)
          writer.field("sizeInBytes", media.length)
        }
      }
    }
    return writer.bytes
  }

  private static func infoSources(_ article: Article) -> [(name: String, role: String)] {
    article.authors.map { ($0, "author") }
      + (article.publisher.map { [($0, "publisher")] } ?? [])
      + [(article.feed.rawValue, "feed")]
  }

  /// A `NewsArticle` of schema.org, as JSON-LD.
  static func schemaOrg(_ article: Article) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("@context", "https://schema.org")
      writer.field("@type", "NewsArticle")
      writer.field("@id", "urn:tidings:article:" + article.id.rawValue)
      writer.field("version", article.revision)
      writer.field("url", article.url)
      writer.field("headline", article.title)
      writer.field("description", article.summary)
      writer.field("articleBody", article.text)
      writer.field("inLanguage", article.language)
      writer.field("datePublished", article.published ?? article.seen)
      writer.field("dateModified", article.updated)
      writer.objects("author", article.authors) { writer, author in
        writer.field("@type", "Person")
        writer.field("name", author)
      }
      if let publisher = article.publisher {
        writer.field(
          "publisher",
          object: {
            $0.field("@type", "Organization")
            $0.field("name", publisher)
          })
      }
      writer.field(
        "isPartOf",
        object: {
          $0.field("@type", "DataFeed")
          $0.field("name", article.feed.rawValue)
        })
      if !article.categories.isEmpty { writer.field("articleSection", article.categories) }
      writer.field("image", article.image)
      writer.objects("associatedMedia", article.enclosures) { writer, media in
        writer.field("@type", "MediaObject")
        writer.field("contentUrl", media.url)
        writer.field("encodingFormat", media.type)
        writer.field("contentSize", media.length.map { "\($0) B" })
      }
    }
    return writer.bytes
  }

  /// The picture first, then what is attached.
  private static func media(_ article: Article) -> [Enclosure] {
    (article.image.map { [Enclosure(url: $0, type: "image/*")] } ?? [])
      + article.enclosures.filter { $0.url != article.image }
  }
}

extension JSONWriter {
  /// A list of objects; none where it is empty.
  fileprivate mutating func objects<Value>(
    _ name: String, _ values: [Value], _ fields: (inout JSONWriter, Value) -> Void
  ) {
    guard !values.isEmpty else { return }
    key(name)
    array(values) { writer, value in writer.object { fields(&$0, value) } }
  }

  /// ninjs writes texts as lists of values with a role.
  fileprivate mutating func texts(_ name: String, _ text: String) {
    guard !text.isEmpty else { return }
    objects(name, [text]) { writer, text in
      writer.field("role", "main")
      writer.field("contentType", "text/plain")
      writer.field("value", text)
    }
  }
}

import Core
import Foundation
import Testing

@testable import Projections

@Suite("An edit") struct EditTests {
  static let base = """
    Polisi menangkap Budi Santoso di Palu kemarin malam. 12 orang terluka dalam kejadian itu.

    "Kami akan terus mencari pelaku lain," kata kepala polisi kota itu kepada wartawan.
    """

  static func article(_ title: String = "Polisi bertindak", _ text: String = base) -> Article {
    Article(
      id: Article.ID("a"), feed: Feed.ID("wire"), url: "https://n.example/a", title: title,
      text: text,
      published: Archived.now, updated: Archived.now, seen: Archived.now, dateSource: .feed,
      image: "https://n.example/a.jpg?w=300", contentHash: title + text)
  }

  static func edited(_ change: (inout Article) -> Void) -> Article {
    var article = article()
    change(&article)
    return article
  }

  static func replacing(_ old: String, _ new: String) -> Article {
    edited { $0.text = $0.text.replacing(old, with: new) }
  }

  static let paragraph = "\n\n" + (1...35).map { "kata\($0)" }.joined(separator: " ") + "."

  @Test(
    arguments: [
      (edited { $0.title = "Polisi bergerak" }, ["headline"]),
      (replacing("12 orang", "21 orang"), ["number"]),
      (edited { $0.title = "Polisi bertindak, 3 tewas" }, ["headline"]),
      (replacing("Budi Santoso", "Budi Hartono"), ["name_added", "name_removed"]),
      (replacing(" di Palu", ""), ["name_removed"]),
      (replacing("kejadian itu.", "kejadian itu, kata Rina Hasan."), ["name_added"]),
      (replacing("Polisi menangkap Budi", "Polisi menangkap Tuan Budi"), []),
      (
        replacing("terus mencari pelaku lain", "terus mencari semua pelaku lain"), ["quote_changed"]
      ),
      (replacing("terus mencari pelaku lain", "terus memburu pelaku lain"), ["quote_changed"]),
      (replacing("\"Kami akan terus mencari pelaku lain,\" kata", "Demikian"), ["quote_removed"]),
      (edited { $0.published = Archived.now + 1_200 }, ["date_shifted"]),
      (replacing("wartawan", "wartwan"), ["typo"]), (replacing("kejadian", "kejadain"), ["typo"]),
      (replacing("wartawan", "kami"), []), (replacing("terluka", "terluka parah"), []),
      (edited { $0.text += paragraph }, ["extended"]),
      (edited { $0.authors = ["Rina"] }, []), (edited { $0.image = "https://n.example/b.jpg" }, []),
      (
        edited { $0.text = "Semua tidak benar, kata mereka" },
        ["name_removed", "quote_removed", "rewritten"]
      ),
      (
        edited { $0.text = "This article has been removed." },
        ["name_removed", "quote_removed", "rewritten", "retracted"]
      ),
    ] as [(Article, [String])])
  func `is of classes`(new: Article, classes: [String]) throws {
    let edit = try #require(Edit(from: Self.article(), to: new))
    #expect(edit.classes.map(\.rawValue) == classes)
  }

  /// Quotes of these words, each of `count`, from `start` on.
  static func quotes(_ count: Int, of word: String, from start: Int = 0) -> String {
    (0..<100).map { quote in
      "\"" + (start..<start + count).map { "\(word)\(quote * 1_000 + $0)" }.joined(separator: " ")
        + "\""
    }.joined(separator: " kata\n\n")
  }

  /// Half of a quote's words, in whichever other one, make it the same quote changed.
  @Test(
    arguments: [
      (quotes(100, of: "x"), [.quoteRemoved, .rewritten]),
      (quotes(100, of: "w", from: 51), [.quoteRemoved, .rewritten]),
      (quotes(100, of: "w", from: 50), [.quoteChanged, .rewritten]),
      (quotes(100, of: "w"), []),
    ] as [(String, [EditClass])])
  func `of a text of nothing but quotes compares each with all`(
    text: String, classes: [EditClass]
  ) {
    let edit = Edit(
      from: Self.article("T", Self.quotes(100, of: "w")), to: Self.article("T", text))
    #expect(edit?.classes ?? [] == classes)
  }

  @Test func `shortens what another extends`() throws {
    let short = Self.edited { $0.text += "\n\n" + $0.text }
    let long = Self.edited {
      $0.text = short.text.replacing("itu.\n", with: "itu.\(Self.paragraph)\n", maxReplacements: 1)
    }
    #expect(Edit(from: long, to: short)?.classes == [.shortened])
    #expect(Edit(from: short, to: long)?.classes == [.extended])
  }

  @Test(arguments: [
    edited { _ in }, edited { $0.title = "POLISI BERTINDAK!" },
    edited { $0.image = "https://n.example/a.jpg?w=900" },
    edited { $0.text += "\n\n12 komentar" }, edited { $0.text += "\n\nBaca juga: Gempa di Palu" },
    edited { $0.url = "http://www.n.example/a/?utm_source=x" },
    edited { $0.published = Archived.now + 60 },
    edited { $0.updated = Archived.now + 86_400 },
    edited { $0.text = $0.text.replacing(" ", with: "  ") },
  ])
  func `is none where nothing counts`(new: Article) {
    #expect(Edit(from: Self.article(), to: new) == nil)
  }

  @Test(
    arguments: [
      (
        edited {
          $0.title = "A"; $0.updated = Archived.now + 60
        }, true
      ), (edited { $0.title = "A" }, false),
      (
        edited {
          $0.title = "A"; $0.updated = Archived.now - 60
        }, false
      ),
      (edited { $0.text += "\n\nKoreksi: jumlah korban 12 orang." }, true),
      (edited { $0.title = "UPDATE: Polisi bertindak" }, true),
      (edited { $0.text += " An update will follow." }, false),
      (edited { $0.text += "\n\n更正：人数有误。" }, true),
      (edited { $0.text += "\n\nتصحيح: العدد" }, true),
    ] as [(Article, Bool)])
  func `is declared where the publisher says so`(new: Article, isDeclared: Bool) throws {
    #expect(try #require(Edit(from: Self.article(), to: new)).isDeclared == isDeclared)
  }

  @Test func `knows entities where a script has no capitals`() throws {
    let reader = Archived.makeReader(["entities": "{}"])
    let (old, new) = (Self.article("地震", "今天发生地震"), Self.article("putin 地震", "普京今天谈地震"))
    #expect(Edit(from: old, to: new)?.classes.contains(.nameAdded) == false)
    #expect(try #require(Edit(from: old, to: new, reader: reader)).classes.contains(.nameAdded))
    #expect(try #require(Edit(from: new, to: old, reader: reader)).classes.contains(.nameRemoved))
  }

  @Test func `names the fields that differ`() throws {
    let new = Self.edited {
      ($0.title, $0.text, $0.summary) = ("A", "B", "C")
      ($0.authors, $0.url, $0.image) = (["D"], "https://n.example/b", nil)
      ($0.published, $0.updated) = (Archived.now + 3_600, Archived.now + 3_600)
      $0.enclosures = [Enclosure(url: "https://n.example/a.mp3")]
    }
    let edit = try #require(Edit(from: Self.article(), to: new))
    #expect(
      edit.changed == [
        "title", "text", "summary", "authors", "published", "url", "image", "enclosures", "updated",
      ])
    let moved = try #require(
      Edit(from: Self.article(), to: Self.edited { $0.url = "https://n.example/b" }))
    #expect(moved.without("url") == nil && moved.without("title") != nil)
  }
}

import Core
import Foundation
import Testing

@testable import Rules

@Suite("A query") struct QueryTests {
  static func node(_ text: String) -> ConfigNode {
    ConfigNode(
      .scalar(ConfigNode.Scalar(text: text, isQuoted: false)),
      at: Place(file: "r", line: 3, column: 5))
  }

  @Test(arguments: [
    ("(a AND b", "r:3:12: ( opened at 3:5 is not closed; add ) [E101]"),
    (
      "a AND b OR c",
      "r:3:13: AND and OR mixed without parentheses; write (a AND b) OR c or a AND (b OR c) [E102]"
    ),
    ("titel:gempa", "r:3:5: unknown field 'titel'; did you mean title [E103]"),
    ("a NEAR b", "r:3:7: NEAR needs a number from 1 to 99; write NEAR/8 [E104]"),
    ("a AND NOT NOT b", "r:3:15: NOT NOT; remove both [E105]"),
    ("=AS*", "r:3:5: = together with ~ or *; choose one [E107]"),
    ("a AND ...", "r:3:11: nothing is left after folding; write letters or digits [E108]"),
    ("ab*", "r:3:5: fewer than 3 letters before *; lengthen it [E110]"),
    ("Путин~ru", "r:3:5: no affix table for 'ru'; write Путин* [E111]"),
    ("a b", "r:3:7: two words without an operator; write \"a b\" or a AND b [E112]"),
    ("a AND", "r:3:7: AND without a right side; complete it or remove AND [E113]"),
    ("\"a b", "r:3:5: quote opened here is not closed; add \" [E115]"),
    ("a AND -gaza", "r:3:11: a leading - is no operator; write NOT gaza [E116]"),
    ("/ga.a/", "r:3:5: regular expressions are not supported; use word*, a list or NEAR [E117]"),
    ("a NEAR/5 b NEAR/5 c", "r:3:16: NEAR is not chained; write (a NEAR/5 b) NEAR/5 c [E118]"),
    ("tag:(a b)", "r:3:12: values without OR between; write tag:(a OR b) [E112]"),
    ("tag:(a AND b)", "r:3:12: values without OR between; write tag:(a OR b) [E112]"),
    ("tag:(OR a)", "r:3:10: expected a value; write (a OR b) [E113]"),
    ("tag:(a OR", "r:3:12: expected a value; write (a OR b) [E113]"),
    ("tag:(a", "r:3:9: ( opened here is not closed; add ) [E101]"),
    (
      "title:(a AND lang:id)",
      "r:3:5: a filter other than entity: inside title:( ); put it outside [E120]"
    ),
  ])
  func `that is wrong says where, what, and what to do`(text: String, fault: String) {
    #expect {
      try Query(Self.node(text))
    } throws: { error in
      #expect((error as? Fault)?.description == fault)
      return true
    }
  }

  @Test(arguments: [
    "gempa", "a AND b AND c", "a OR b", "NOT a AND b", "(a AND b) OR NOT c",
    "\"bank sentral\" NEAR/5 x",
    "title:(a OR b)", "title:gempa", "=AS AND =\"Partai Ummat\"", "lang:id",
    "entity:\"Xi Jinping\"",
    "feed:(a OR b)", "tag:(\"OR\" OR \"# x\")", "ATLEAST/3(a OR b)", "kunjung~id",
    "kunjung* SAME/sentence b", "list:summit",
  ])
  func `prints as the query that it is`(text: String) throws {
    let query = try Query(Self.node(text))
    #expect(try Query(Self.node(query.description)) == query)
  }

  @Test func `knows where the words of each term stand`() throws {
    let text =
      #"title:"gempa or xin" OR title:="yin" OR "zin" OR ="vin" OR title:=win OR (title:tin OR title:("sin" OR =rin))"#
    let words = ["gempa", "yin", "zin", "vin", "win", "tin", "sin", "rin"]
    let places = try words.map { word in
      let range = try #require(text.range(of: word))
      return text.distance(from: text.startIndex, to: range.lowerBound)
    }
    #expect(try Query.read(Self.node(text)).offsets == places)
  }

  @Test(arguments: [
    String(repeating: "(", count: 5_000) + "a" + String(repeating: ")", count: 5_000),
    String(repeating: "title:", count: 10_000) + "a",
    String(repeating: "ATLEAST/2(", count: 5_000) + "a",
  ])
  func `nested too deep is refused`(text: String) {
    #expect(throws: Fault.self) { try Query(Self.node(text)) }
  }
}

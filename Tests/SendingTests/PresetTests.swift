import Core
import Foundation
import Testing

@testable import Sending

@Suite("A preset") struct PresetTests {
  static let all: [(name: String, chat: ChatTemplate)] = [
    ("ntfy", Preset.ntfy(topic: "t", token: "tk")), ("slack", Preset.slack),
    ("mattermost", Preset.mattermost), ("matrix", Preset.matrix(room: "!abc:example", token: "tk")),
    ("telegram", Preset.telegram(chat: "-100", token: "1:A")), ("discord", Preset.discord),
  ]
  static let recorded: [(name: String, request: String)] = [
    (
      "ntfy",
      #"POST  {"topic":"t","title":"warning quake: Gempa & \"tsunami\"","message":"wire · 2024-05-16T05:27:00Z\nhttps://n.example/","priority":4,"tags":["warning"],"click":"https://n.example/"}"#
    ),
    (
      "slack",
      #"POST  {"text":"warning quake: Gempa &amp; \"tsunami\"","mrkdwn":false,"unfurl_links":false,"blocks":[{"type":"section","text":{"type":"plain_text","text":"Gempa &amp; \"tsunami\"","emoji":false}},{"type":"context","elements":[{"type":"plain_text","text":"warning quake · wire","emoji":false},{"type":"mrkdwn","text":"2024-05-16T05:27:00Z · <https://n.example/|open>"}]}]}"#
    ),
    (
      "mattermost",
      #"POST  {"text":"warning quake\n**Gempa &amp; \\\"tsunami\\\"**\nwire · 2024\\-05\\-16T05\\:27\\:00Z\nhttps://n.example/"}"#
    ),
    (
      "matrix",
      #"PUT /_matrix/client/v3/rooms/%21abc%3Aexample/send/m.room.message/alert-7-7 {"msgtype":"m.text","body":"warning quake\nGempa & \"tsunami\"\nwire · 2024-05-16T05:27:00Z\nhttps://n.example/","format":"org.matrix.custom.html","formatted_body":"warning quake<br><strong>Gempa &amp; &quot;tsunami&quot;</strong><br>wire · 2024-05-16T05:27:00Z<br><a href=\"https://n.example/\">https://n.example/</a>","m.mentions":{}}"#
    ),
    (
      "telegram",
      #"POST /bot1:A/sendMessage {"chat_id":"-100","text":"warning quake\nGempa & \"tsunami\"\nwire · 2024-05-16T05:27:00Z\nhttps://n.example/","entities":[{"type":"bold","offset":0,"length":31}],"link_preview_options":{"is_disabled":true}}"#
    ),
    (
      "discord",
      #"POST ?wait=true {"content":"warning quake\n**Gempa \\& \\\"tsunami\\\"**\nwire · 2024\\-05\\-16T05\\:27\\:00Z\nhttps://n.example/","allowed_mentions":{"parse":[]},"flags":4}"#
    ),
  ]

  func strings(_ value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let values): values.flatMap(strings)
    case .object(let fields): fields.flatMap { strings($0.value) }
    default: []
    }
  }

  /// The keys and kinds of a value, without its words.
  func shape(_ value: JSONValue) -> String {
    switch value {
    case .string: "s"
    case .array(let values): "[" + values.map(shape).joined(separator: ",") + "]"
    case .object(let fields):
      "{" + fields.map { "\($0.key):\(shape($0.value))" }.joined(separator: ",") + "}"
    default: "v"
    }
  }

  @Test(arguments: recorded) func `sends what was recorded`(name: String, request: String) throws {
    let chat = try #require(Self.all.first { $0.name == name }).chat
    let line = AlertFileTests.line(7, title: "Gempa & \"tsunami\"")
    let envelope = chat.envelope(Bundle([line], for: "o"))
    let body = String(decoding: envelope.body, as: UTF8.self)
    #expect("\(envelope.method) \(envelope.path) \(body)" == request)
    #expect(envelope.headers.contains { $0.name == "content-type" })
    let isAuthorized = envelope.headers.contains(.init("authorization", "Bearer tk"))
    #expect(isAuthorized == (name == "ntfy" || name == "matrix"))
  }

  @Test(arguments: all.map(\.name)) func `begins later states with the state`(name: String) throws {
    let chat = try #require(Self.all.first { $0.name == name }).chat
    var alert = AlertFileTests.line(7).alert
    alert.state = .amended
    let body = chat.envelope(Bundle([AlertLine(alert, cursor: 8)], for: "o")).body
    #expect(strings(try JSONValue(parsing: body)).contains { $0.hasPrefix("amended: ") })
  }

  @Test(arguments: all.map(\.name)) func `lists ten lines of a digest`(name: String) throws {
    let chat = try #require(Self.all.first { $0.name == name }).chat
    let lines = (1...37).map { AlertFileTests.line($0, title: "Judul\($0)") }
    let body = chat.envelope(Bundle(lines, for: "o")).body
    let text = strings(try JSONValue(parsing: body)).joined(separator: "\n")
    #expect(text.contains("37 alerts"))
    #expect(text.contains("Judul10") && !text.contains("Judul11"))
    #expect(text.contains("and 27 more"))
  }

  @Test(arguments: all.map(\.name), Hostile.titles)
  func `takes nothing from a title but text`(name: String, title: String) throws {
    let chat = try #require(Self.all.first { $0.name == name }).chat
    let calm = chat.envelope(Bundle([Hostile.line("calm")], for: "o"))
    let envelope = chat.envelope(Bundle([Hostile.line(title)], for: "o"))
    #expect(
      envelope.path
        == calm.path.replacing("ujs6-7", with: Bundle([Hostile.line(title)], for: "o").key))
    #expect(envelope.headers == calm.headers)
    #expect(!envelope.body.contains { $0 < 0x20 || $0 == 0x7F })
    let value = try JSONValue(parsing: envelope.body)
    #expect(shape(value) == shape(try JSONValue(parsing: calm.body)))
    for text in strings(value) {
      #expect(
        !text.unicodeScalars.contains { $0 != "\n" && SafeText.isUnsafe($0) && $0 != "\u{200b}" })
      #expect(text.utf16.count <= 16_400)
      #expect(!text.contains("ujs6"), "a template in a title was filled in")
    }
    #expect(
      strings(value).filter { $0.contains("\n") }.allSatisfy { $0.split(separator: "\n").count < 8 }
    )
  }

  @Test(arguments: ["slack", "mattermost", "discord"], Hostile.titles)
  func `gives a title no mark, mention or link`(name: String, title: String) throws {
    let chat = try #require(Self.all.first { $0.name == name }).chat
    let body = try JSONValue(parsing: chat.envelope(Bundle([Hostile.line(title)], for: "o")).body)
    for text in strings(body) {
      for word in ["@everyone", "@here", "@channel", "@room", "<!", "<https://evil"] {
        #expect(!text.replacing("\\<", with: "").contains(word))
      }
      guard name != "slack" else { continue }
      #expect(!text.contains("](http"))
      // Every mark of ours stands in pairs around the title; one from the feed has its backslash.
      let marks = text.replacing("\\\\", with: "").replacing("\\*", with: "").filter { $0 == "*" }
      #expect(marks.count == 4)
      #expect(!text.replacing("\\\\", with: "").replacing("\\`", with: "").contains("`"))
      #expect(!text.replacing("\\\\", with: "").replacing("\\|", with: "").contains("|"))
    }
  }

  @Test(arguments: Hostile.titles) func `gives Matrix no element`(title: String) throws {
    let chat = Preset.matrix(room: "!a:b", token: "t")
    let body = try JSONValue(parsing: chat.envelope(Bundle([Hostile.line(title)], for: "o")).body)
    let html = try #require(body["formatted_body"]?.string)
    let tags = html.split(separator: "<").dropFirst(html.first == "<" ? 0 : 1)
      .map { $0.prefix { $0 != ">" } }
    #expect(tags.allSatisfy { ["br", "strong", "/strong"].contains($0) })
  }
}

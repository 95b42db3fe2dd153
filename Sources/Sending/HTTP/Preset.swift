import Core

/// The six chats: each is a value of what `kind: template` builds, and all their numbers stand here.
public enum Preset {
  /// ntfy: JSON to the server's root, for its headers are not UTF-8.
  public static func ntfy(topic: String, token: String?) -> ChatTemplate {
    let headers = token.map { [bearer($0)] } ?? []
    return ChatTemplate(
      path: fixed(""), headers: headers,
      body: .object([
        .init("topic", .fixed(.string(topic))),
        .init("title", .text(.init(fixed("\(head): {{title}}"), .plain, .scalars(250)))),
        .init("message", .text(.init(fixed(rest), .plain, .utf8(4_096)))),
        .init("priority", .bySeverity([2, 3, 4, 5])),
        .init("tags", .array([.text(.init(fixed("{{severity}}"), .plain, .scalars(20)))])),
        .init("click", .text(.init(fixed("{{url}}"), .plain, .scalars(2_048)))),
      ]))
  }

  /// Slack: text from feeds goes into `plain_text` only, which knows no marks and no mentions.
  public static let slack = ChatTemplate(
    path: fixed(""),
    body: .object([
      .init("text", .text(.init(fixed("\(head): {{title}}"), .slack, slackLimit))),
      .init("mrkdwn", .fixed(.bool(false))), .init("unfurl_links", .fixed(.bool(false))),
      .init(
        "blocks",
        .array([
          slackBlock("section", "text", plainText("{{title}}{{#list}}\n{{list}}{{/list}}")),
          slackBlock(
            "context", "elements",
            .array([
              plainText(
                "\(head){{#source}} · {{source}}{{/source}}{{#why}}\nbecause {{why}}{{/why}}"),
              slackText("mrkdwn", "{{at}}{{#url}} · <{{url}}|open>{{/url}}", []),
            ])),
        ])),
    ]))

  public static let mattermost = ChatTemplate(
    path: fixed(""),
    body: .object([
      .init(
        "text", .text(.init(fixed("\(head)\n**{{title}}**\n\(rest)"), .markdown, .scalars(16_383))))
    ]))

  /// Matrix: the key is the transaction's id, so a repeat is known there.
  public static func matrix(room: String, token: String) -> ChatTemplate {
    let path = "/_matrix/client/v3/rooms/\(SafeAddress.percent(room))/send/m.room.message/{{id}}"
    return ChatTemplate(
      method: "PUT", path: fixed(path), headers: [bearer(token)],
      body: .object([
        .init("msgtype", .fixed(.string("m.text"))),
        .init("body", .text(.init(fixed("\(head)\n{{title}}\n\(rest)"), .plain, .utf8(16_000)))),
        .init("format", .fixed(.string("org.matrix.custom.html"))),
        .init("formatted_body", .text(.init(fixed(html), .html, .utf8(16_000)))),
        .init("m.mentions", .fixed(.object([]))),
      ]), retryAfter: .init("retry_after_ms", unit: 0.001))
  }

  /// Telegram: marks by offsets instead of in the text, hence nothing to escape.
  public static func telegram(chat: String, token: String) -> ChatTemplate {
    let limit = TextLimit.utf16(4_096)
    let bold = ChatTemplate.Text(fixed("\(head)\n{{title}}"), .plain, limit)
    return ChatTemplate(
      path: fixed("/bot\(token)/sendMessage"),
      body: .object([
        .init("chat_id", .fixed(.string(chat))),
        .init("text", .text(.init(fixed("\(head)\n{{title}}\n\(rest)"), .plain, limit))),
        .init(
          "entities",
          .array([
            .object([
              .init("type", .fixed(.string("bold"))), .init("offset", .fixed(.number(0))),
              .init("length", .utf16Length(bold)),
            ])
          ])),
        .init("link_preview_options", .fixed(.object([.init("is_disabled", .bool(true))]))),
      ]), retryAfter: .init("parameters.retry_after"))
  }

  public static let discord = ChatTemplate(
    path: fixed("?wait=true"),
    body: .object([
      .init(
        "content", .text(.init(fixed("\(head)\n**{{title}}**\n\(rest)"), .discord, .utf16(2_000)))),
      .init("allowed_mentions", .fixed(.object([.init("parse", .array([]))]))),
      // No previews of links.
      .init("flags", .fixed(.number(4))),
    ]), retryAfter: .init("retry_after"))

  // MARK: Their words

  private static let head = "{{#later}}{{later}}: {{/later}}{{severity}} {{rule}}"
  private static let rest = """
    {{#source}}{{source}} · {{/source}}{{at}}{{#url}}
    {{url}}{{/url}}{{#why}}
    because {{why}}{{/why}}{{#list}}
    {{list}}{{/list}}
    """
  private static let html = """
    \(head)<br><strong>{{title}}</strong><br>{{#source}}{{source}} · {{/source}}{{at}}\
    {{#url}}<br><a href="{{url}}">{{url}}</a>{{/url}}{{#why}}<br>because {{why}}{{/why}}\
    {{#list}}<br>{{list}}{{/list}}
    """

  private static let slackLimit = TextLimit.scalars(3_000)

  private static func slackBlock(
    _ type: String, _ key: String, _ inside: ChatTemplate.Body
  ) -> ChatTemplate.Body {
    .object([.init("type", .fixed(.string(type))), .init(key, inside)])
  }

  private static func plainText(_ words: String) -> ChatTemplate.Body {
    slackText("plain_text", words, [.init("emoji", .fixed(.bool(false)))])
  }

  private static func slackText(
    _ type: String, _ words: String, _ more: [ChatTemplate.Body.Field]
  ) -> ChatTemplate.Body {
    .object(
      [
        .init("type", .fixed(.string(type))),
        .init("text", .text(.init(fixed(words), .slack, slackLimit))),
      ] + more)
  }

  private static func bearer(_ token: String) -> ChatTemplate.Header {
    .init("authorization", fixed("Bearer \(token)"))
  }

  /// A template of this file, or of a checked setting.
  private static func fixed(_ text: String) -> Template {
    do {
      return try Template(text)
    } catch {
      preconditionFailure("a preset is no template: \(error.what)")
    }
  }
}

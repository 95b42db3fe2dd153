/// What HTML's elements are, as far as reading them needs it.
enum HTMLNames {
  /// Never have an end tag.
  static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
  ]

  /// Go with everything inside.
  static let dropped: Set<String> = [
    "script", "style", "template", "iframe", "object", "embed", "applet", "form", "button",
    "select",
    "input", "textarea", "svg", "math", "noscript", "head", "title",
  ]

  /// Stay, with the attributes listed in `attributes`.
  static let kept: Set<String> = [
    "a", "abbr", "audio", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div",
    "dl",
    "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
    "li",
    "mark", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "small", "source", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
    "video",
  ]

  static let attributes: Set<String> = [
    "href", "src", "srcset", "alt", "title", "width", "height", "datetime", "cite", "lang", "dir",
    "colspan", "rowspan", "start", "poster", "type",
  ]

  /// Whose `type` says what media it is; that of a list or a link says how it looks or what it promises.
  static let media: Set<String> = ["audio", "video", "source"]

  /// Attributes that hold an address.
  static let addresses: Set<String> = ["href", "src", "poster", "cite"]

  /// Separate paragraphs.
  static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr",
    "main", "nav", "ol", "p", "pre", "section", "table", "ul", "body", "html",
  ]

  /// Begin a line of their own.
  static let lines: Set<String> = ["br", "li", "tr"]

  /// Every element that HTML knows, in all its ages.
  static let known: Set<String> = kept.union(dropped).union(void).union(blocks).union([
    "acronym", "big", "body", "dfn", "font", "html", "kbd", "label", "legend", "option", "samp",
    "strike", "tt", "var", "bdo", "bdi", "data", "summary", "marquee", "blink", "nobr", "o:p",
    "center",
  ])
}

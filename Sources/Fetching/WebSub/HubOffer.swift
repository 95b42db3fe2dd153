internal import Core
internal import Curl

/// Where a feed says that its news can be had without asking: a hub, and the name it has there.
public struct HubOffer: Hashable, Sendable {
  /// An absolute address.
  public var hub: String?

  /// An absolute address, as it was written.
  public var topic: String?

  /// Creates an offer, half of which may be missing.
  public init(hub: String? = nil, topic: String? = nil) {
    self.hub = hub
    self.topic = topic
  }

  /// What the `Link` fields of an answer from `address` say.
  init(_ headers: HTTPHeaders, from address: HTTPAddress) {
    let links = LinkField.links(headers)
    hub = Self.first("hub", links, address)
    topic = Self.first("self", links, address)
  }

  /// This offer, and where it is silent the other: headers stand above the document (WebSub §4).
  public func filled(from other: HubOffer) -> HubOffer {
    HubOffer(hub: hub ?? other.hub, topic: topic ?? other.topic)
  }

  private static func first(
    _ relation: String, _ links: [LinkField], _ address: HTTPAddress
  ) -> String? {
    links.lazy.filter { $0.relations.contains(relation) }
      .compactMap { absolute($0.target, from: address) }.first
  }

  /// A topic is a name, which its hub compares letter by letter: one that is whole stays as it is.
  private static func absolute(_ target: [UInt8], from address: HTTPAddress) -> String? {
    guard let resolved = try? address.resolving(target) else { return nil }
    let text = String(decoding: target, as: UTF8.self)
    return (try? HTTPAddress(text)) != nil ? text : resolved.text
  }
}

extension HubOffer {
  /// The hub and topic that may be asked on behalf of `feed`; `nil` if there are none.
  ///
  /// What a feed is read by over TLS is not pushed without it: the secret would go in clear. A hub on a private network
  /// is asked only where it is the feed's own origin, and that was allowed.
  func usable(for feed: Feed) -> (hub: HTTPAddress, topic: String)? {
    guard let hub = hub.flatMap({ try? HTTPAddress($0) }), let topic,
      topic.utf8.count <= Curl.Limits.addressBytes, (try? HTTPAddress(topic)) != nil,
      hub.scheme == "https" || feed.url.lowercased().hasPrefix("http:"),
      !SiteKey(hub).isPrivate || HubOffer.allowsPrivate(hub, for: feed)
    else { return nil }
    return (hub, topic)
  }

  /// Whether `hub` may lie on a private network.
  static func allowsPrivate(_ hub: HTTPAddress, for feed: Feed) -> Bool {
    feed.privateNetwork && hub.origin == (try? HTTPAddress(feed.url))?.origin
  }
}

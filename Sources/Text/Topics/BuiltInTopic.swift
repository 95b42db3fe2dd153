/// The top of the IPTC Media Topics (iptc.org/standards/media-topics, CC BY 4.0): the subjects of all news.
public enum BuiltInTopic: String, Hashable, Sendable, CaseIterable {
  case arts = "medtop:01000000"
  case crime = "medtop:02000000"
  case disaster = "medtop:03000000"
  case economy = "medtop:04000000"
  case education = "medtop:05000000"
  case environment = "medtop:06000000"
  case health = "medtop:07000000"
  case humanInterest = "medtop:08000000"
  case labour = "medtop:09000000"
  case lifestyle = "medtop:10000000"
  case politics = "medtop:11000000"
  case religion = "medtop:12000000"
  case science = "medtop:13000000"
  case society = "medtop:14000000"
  case sport = "medtop:15000000"
  case conflict = "medtop:16000000"
  case weather = "medtop:17000000"

  public var id: String { rawValue }

  public var name: String {
    switch self {
    case .arts: "arts, culture, entertainment and media"
    case .crime: "crime, law and justice"
    case .disaster: "disaster, accident and emergency incident"
    case .economy: "economy, business and finance"
    case .education: "education"
    case .environment: "environment"
    case .health: "health"
    case .humanInterest: "human interest"
    case .labour: "labour"
    case .lifestyle: "lifestyle and leisure"
    case .politics: "politics"
    case .religion: "religion"
    case .science: "science and technology"
    case .society: "society"
    case .sport: "sport"
    case .conflict: "conflict, war and peace"
    case .weather: "weather"
    }
  }
}

extension Alert {
  /// Why a line was not written: the names of the rules' order of judgement.
  public enum Hold: String, Hashable, Sendable, CaseIterable {
    case cooldown
    case sameStory = "same_story"
    /// The condition of an open alert goes on.
    case sameGroup = "same_group"
    case inhibited
    /// By a person.
    case silence
    case rate
    case surge
    case catchup
    case flapping
    case shadow
  }

  /// How many lines of the group were held since its last one, by reason.
  public struct Held: Hashable, Sendable {
    private var counts: [Hold: Int] = [:]

    public init(cooldown: Int = 0, sameStory: Int = 0, silence: Int = 0) {
      self[.cooldown] = cooldown
      self[.sameStory] = sameStory
      self[.silence] = silence
    }

    public subscript(hold: Hold) -> Int {
      get { counts[hold] ?? 0 }
      set { counts[hold] = newValue == 0 ? nil : newValue }
    }

    public mutating func add(_ other: Held) {
      for (hold, count) in other.counts { self[hold] += count }
    }

    public var isEmpty: Bool { counts.isEmpty }
    public var all: Int { counts.values.reduce(0, +) }

    public var cooldown: Int {
      get { self[.cooldown] }
      set { self[.cooldown] = newValue }
    }

    public var sameStory: Int {
      get { self[.sameStory] }
      set { self[.sameStory] = newValue }
    }

    public var silence: Int {
      get { self[.silence] }
      set { self[.silence] = newValue }
    }
  }

  /// What a rule measured when it took a state.
  public struct Measure: Hashable, Sendable {
    public var value: Double
    public var threshold: Double
    /// As operators write durations.
    public var window: String?
    /// What is usual.
    public var baseline: Double?

    public init(value: Double, threshold: Double, window: String? = nil, baseline: Double? = nil) {
      self.value = value
      self.threshold = threshold
      self.window = window
      self.baseline = baseline
    }
  }
}

// MARK: - The stored form

extension Alert.Held {
  /// Writes the fields of its object; the two fixed ones always where `all`, the others where they count something.
  public func write(to writer: inout JSONWriter, all: Bool = true) {
    for hold in Alert.Hold.allCases {
      let isFixed = all && (hold == .cooldown || hold == .sameStory)
      if isFixed || self[hold] > 0 { writer.field(hold.rawValue, self[hold]) }
    }
  }

  /// Reads what `write` wrote; what it does not know is passed over.
  public init(_ value: JSONValue) {
    self.init()
    for hold in Alert.Hold.allCases { self[hold] = Int(value[hold.rawValue]?.number ?? 0) }
  }
}

extension Alert.Measure {
  func write(to writer: inout JSONWriter) {
    writer.field("value", number: value)
    writer.field("threshold", number: threshold)
    writer.field("window", window)
    writer.field("baseline", number: baseline)
  }

  init(_ json: JSONValue) {
    self.init(
      value: json["value"]?.number ?? 0, threshold: json["threshold"]?.number ?? 0,
      window: json["window"]?.string, baseline: json["baseline"]?.number)
  }
}

public import Core
import FoundationEssentials

/// What the rules remember of time itself: when nothing was recorded, and when the network was away.
public struct LogClock: Hashable, Sendable {
  /// Of the last record.
  public var last: Double?
  /// Spans of over an hour without a record, the last ones.
  var gaps: [GroupState.Pause] = []
  /// When no feed could be reached.
  var outages: [GroupState.Pause] = []
  /// Of silences that end when they are idle: when they last held a line, or were set.
  var heeded: [Heeded] = []

  struct Heeded: Hashable, Sendable {
    var silence: String
    var at: Double
    var until: Double
  }

  /// Notes that a silence was set, or held a line; those that are over are forgotten.
  mutating func heed(_ silence: Silence, at time: Double) {
    guard silence.expireIfIdle != nil else { return }
    heeded.removeAll { $0.silence == silence.id.rawValue || $0.until <= time }
    heeded.append(
      Heeded(
        silence: silence.id.rawValue, at: time, until: silence.until.timeIntervalSince1970))
  }

  /// When a silence that ends when it is idle last held a line, or was set; nil where that is not known.
  public func heeded(_ silence: Silence) -> Double? {
    heeded.first { $0.silence == silence.id.rawValue }?.at
  }

  /// Whether a silence has held nothing for too long.
  public func isIdle(_ silence: Silence, at time: Double) -> Bool {
    guard let idle = silence.expireIfIdle, let last = heeded(silence) else { return false }
    return time - last >= idle.seconds
  }

  /// When what is long over was last forgotten.
  var pruned: Double?

  public init() {}

  /// Takes a record's time; notes a gap before it.
  mutating func move(to time: Double) {
    if let last, time - last > Limits.gap {
      gaps = (gaps + [GroupState.Pause(from: last, to: time)]).suffix(Limits.pauses)
    }
    last = max(last ?? time, time)
  }

  /// What it was right before `start`, as far as is known of it now; `last`: the time of the last record by then.
  ///
  /// What silences did since is none of it.
  public func before(_ start: Double, last: Double?) -> LogClock {
    var clock = LogClock()
    clock.last = last
    clock.gaps = gaps.filter { $0.to.map { $0 < start } ?? false }
    clock.outages = outages.filter { $0.from < start }.map { outage in
      GroupState.Pause(from: outage.from, to: outage.to.flatMap { $0 < start ? $0 : nil })
    }
    return clock
  }

  /// When the last gap ended.
  var resumed: Double? { gaps.last?.to }
}

extension LogClock {
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("last", number: last)
      writer.objects("gaps", gaps) { $1.write(to: &$0) }
      writer.objects("outages", outages) { $1.write(to: &$0) }
      writer.field("pruned", number: pruned)
      writer.objects("heeded", heeded) { writer, heeded in
        writer.field("silence", heeded.silence)
        writer.field("at", number: heeded.at)
        writer.field("until", number: heeded.until)
      }
    }
    return writer.bytes
  }

  /// Reads what `json` wrote.
  public init(json: [UInt8]) throws(JSONError) {
    let value = try JSONValue(parsing: json)
    last = value["last"]?.number
    gaps = value.objects("gaps").map(GroupState.Pause.init)
    outages = value.objects("outages").map(GroupState.Pause.init)
    pruned = value["pruned"]?.number
    heeded = value.objects("heeded").map { value in
      Heeded(
        silence: value["silence"]?.string ?? "", at: value["at"]?.number ?? 0,
        until: value["until"]?.number ?? 0)
    }
  }
}

extension [GroupState.Pause] {
  /// Begins a pause, unless one is open.
  mutating func begin(at time: Double) {
    guard last?.to != nil || isEmpty else { return }
    self = (self + [GroupState.Pause(from: time, to: nil)]).suffix(Limits.pauses)
  }

  /// Ends the open pause, if there is one.
  mutating func end(at time: Double) {
    guard let index = indices.last, self[index].to == nil else { return }
    self[index].to = time
  }

  /// Seconds between two times that lie in any of these.
  func covering(from start: Double, to end: Double) -> Double {
    var covered = 0.0
    var reached = start
    for pause in sorted(by: { ($0.from, $0.to ?? .infinity) < ($1.from, $1.to ?? .infinity) }) {
      let from = Swift.max(reached, pause.from)
      let to = Swift.min(end, pause.to ?? .infinity)
      guard from < to else { continue }
      covered += to - from
      reached = to
    }
    return covered
  }
}

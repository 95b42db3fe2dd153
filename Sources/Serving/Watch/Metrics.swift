/// Figures at one moment, in the text form of Prometheus (exposition format 0.0.4).
public struct Metrics: Sendable {
  /// Names and values, in the order in which they are written.
  public typealias Labels = [(name: String, value: String)]

  private var samples: [Metric: [(labels: String, value: Double)]] = [:]
  private var histograms: [Metric: Histogram] = [:]

  public init() {}

  /// Adds a sample of a gauge or counter.
  public mutating func add(_ metric: Metric, _ value: Double, _ labels: Labels = []) {
    samples[metric, default: []].append((Self.text(labels), value))
  }

  public mutating func add(_ metric: Metric, _ histogram: Histogram) {
    histograms[metric] = histogram
  }

  /// The document, in the order of ``Metric``; what has no sample is left out.
  public var text: String {
    var text = ""
    for metric in Metric.allCases {
      let lines = lines(metric)
      guard !lines.isEmpty else { continue }
      text += "# HELP \(metric.rawValue) \(metric.help)\n# TYPE \(metric.rawValue) \(metric.kind)\n"
      for line in lines { text += line + "\n" }
    }
    return text
  }

  private func lines(_ metric: Metric) -> [String] {
    if let histogram = histograms[metric] { return Self.lines(metric.rawValue, histogram) }
    return (samples[metric] ?? []).sorted { $0.labels < $1.labels }.map { sample in
      "\(metric.rawValue)\(sample.labels) \(Self.text(sample.value))"
    }
  }

  /// Buckets hold what is below their bound, those before them included.
  private static func lines(_ name: String, _ histogram: Histogram) -> [String] {
    var count: UInt64 = 0
    var lines: [String] = []
    for (bound, more) in zip(histogram.bounds.map(text) + ["+Inf"], histogram.counts) {
      count += more
      lines.append("\(name)_bucket{le=\"\(bound)\"} \(count)")
    }
    return lines + ["\(name)_sum \(text(histogram.sum))", "\(name)_count \(count)"]
  }

  private static func text(_ labels: Labels) -> String {
    guard !labels.isEmpty else { return "" }
    let pairs = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
    return "{" + pairs.joined(separator: ",") + "}"
  }

  /// The three characters that the form escapes.
  private static func escaped(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// A number without an empty fraction.
  private static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && abs(value) < 9e15 ? String(Int64(value)) : "\(value)"
  }
}

import Core
import Testing

@testable import Serving

@Suite("Metrics") struct MetricsTests {
  @Test func `are written with help and kind, samples in order, names escaped`() {
    var metrics = Metrics()
    metrics.add(.outletState, 1, [("outlet", "z")])
    metrics.add(.outletState, 0, [("outlet", "a\"b\\c\nd")])
    metrics.add(.pollLag, 0.25)
    #expect(
      metrics.text == """
        # HELP tidings_poll_lag_seconds How long the feed that is due longest has waited
        # TYPE tidings_poll_lag_seconds gauge
        tidings_poll_lag_seconds 0.25
        # HELP tidings_outlet_state 1 while an outlet takes lines, 0 while it fails
        # TYPE tidings_outlet_state gauge
        tidings_outlet_state{outlet="a\\"b\\\\c\\nd"} 0
        tidings_outlet_state{outlet="z"} 1

        """)
  }

  @Test func `hold histograms whose buckets add up`() {
    var histogram = Histogram([0.5, 1])
    for value in [0.5, 0.6, 7] { histogram.observe(value) }
    var metrics = Metrics()
    metrics.add(.appendDuration, histogram)
    #expect(
      metrics.text == """
        # HELP tidings_log_append_duration_seconds How long appends to the log took, sync included
        # TYPE tidings_log_append_duration_seconds histogram
        tidings_log_append_duration_seconds_bucket{le="0.5"} 1
        tidings_log_append_duration_seconds_bucket{le="1"} 2
        tidings_log_append_duration_seconds_bucket{le="+Inf"} 3
        tidings_log_append_duration_seconds_sum 8.1
        tidings_log_append_duration_seconds_count 3

        """)
  }

  @Test(
    arguments: [
      (0, "0"), (1e15, "1000000000000000"), (1e17, "1e+17"), (-1, "-1"),
      (1_800_000_000.5, "1800000000.5"), (.infinity, "+Inf"),
      (-.infinity, "-Inf"), (.nan, "NaN"),
    ] as [(Double, String)])
  func `are numbers as the form has them`(value: Double, text: String) {
    var metrics = Metrics()
    metrics.add(.pollLag, value)
    #expect(metrics.text.hasSuffix("\ntidings_poll_lag_seconds \(text)\n"))
  }

  @Test func `have names by the rules of their kind`() {
    for metric in Metric.allCases {
      let name = metric.rawValue
      #expect(name.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0 == 0x5F }, "\(name)")
      #expect((metric.kind == "counter") == name.hasSuffix("_total"), "\(name)")
    }
  }
}

@Suite("The watch") struct WatchTests {
  static func watch(_ fault: String?) -> Watch {
    Watch {
      Metrics()
    } healthy: {
      [Check("loops", fault: nil)]
    } ready: {
      [Check("loops", fault: nil), Check("log", fault: fault)]
    }
  }

  static func ask(_ path: String, _ method: String = "GET", fault: String? = nil) async -> Answer? {
    await watch(fault).respond(to: Question(method: method, path: path, headers: [:]))
  }

  @Test func `says what holds, and with 503 what does not`() async {
    let well = await Self.ask("/readyz")
    #expect(well?.status == 200)
    #expect(
      String(decoding: well?.body ?? [], as: UTF8.self)
        == "{\"status\":\"ok\",\"checks\":{\"loops\":\"ok\",\"log\":\"ok\"}}\n")
    let full = await Self.ask("/readyz", fault: "no \"room\"")
    #expect(full?.status == 503)
    #expect(
      String(decoding: full?.body ?? [], as: UTF8.self)
        == "{\"status\":\"failing\",\"checks\":{\"loops\":\"ok\",\"log\":\"no \\\"room\\\"\"}}\n")
    #expect(await Self.ask("/healthz", fault: "no room")?.status == 200)
  }

  @Test func `leaves to others what is theirs, and is only read`() async {
    #expect(await Self.ask("/") == nil)
    #expect(await Self.ask("/metrics/x") == nil)
    #expect(await Self.ask("/metrics", "POST")?.status == 405)
    #expect(await Self.ask("/metrics", "HEAD")?.status == 200)
  }

  @Test func `says that figures cannot be read, and nothing of why`() async {
    struct Broken: Error {}
    let watch = Watch {
      throw Broken()
    } healthy: {
      []
    } ready: {
      []
    }
    let answer = await watch.respond(
      to: Question(method: "GET", path: "/metrics", headers: [:]))
    #expect(answer?.status == 503)
    #expect(String(decoding: answer?.body ?? [], as: UTF8.self) == "the figures cannot be read\n")
  }
}

/// Every figure that `/metrics` tells; names and labels are fixed, for dashboards and alerts build on them.
///
/// Units are seconds and bytes. No figure is kept by feed or article, of which there may be ten thousand.
public enum Metric: String, CaseIterable, Sendable {
  case build = "tidings_build_info"
  case start = "tidings_start_time_seconds"
  case feeds = "tidings_feeds"
  case polls = "tidings_polls_total"
  case pollFailures = "tidings_poll_failures_total"
  case pollDuration = "tidings_poll_duration_seconds"
  case detectionDelay = "tidings_detection_delay_seconds"
  case fetchBytes = "tidings_fetch_bytes_total"
  case pollsDue = "tidings_polls_due"
  case pollsInFlight = "tidings_polls_in_flight"
  case pollLag = "tidings_poll_lag_seconds"
  case sitesPaused = "tidings_sites_paused"
  case networkUp = "tidings_network_up"
  case gaps = "tidings_gaps_suspected_total"
  case articles = "tidings_articles_total"
  case logRecords = "tidings_log_records"
  case logBytes = "tidings_log_bytes"
  case logDamage = "tidings_log_damaged_segments"
  case diskFree = "tidings_disk_free_bytes"
  case diskSize = "tidings_disk_size_bytes"
  case appendDuration = "tidings_log_append_duration_seconds"
  case projectionLagRecords = "tidings_projection_lag_records"
  case projectionLag = "tidings_projection_lag_seconds"
  case viewsBytes = "tidings_views_bytes"
  case rules = "tidings_rules"
  case alerts = "tidings_alerts_total"
  case alertsHeld = "tidings_alerts_held_total"
  case deliveries = "tidings_deliveries_total"
  case deliveriesDead = "tidings_deliveries_dead"
  case outletLagLines = "tidings_outlet_lag_lines"
  case outletLag = "tidings_outlet_lag_seconds"
  case outletState = "tidings_outlet_state"
  case reloadSuccess = "tidings_config_reload_success"
  case loaded = "tidings_config_loaded_timestamp_seconds"
  case loopStep = "tidings_loop_last_step_timestamp_seconds"
  case requests = "tidings_http_requests_total"
  case processCPU = "process_cpu_seconds_total"
  case processMemory = "process_resident_memory_bytes"
  case processFiles = "process_open_fds"
  case processFileLimit = "process_max_fds"

  /// What it counts, in one line.
  var help: String {
    switch self {
    case .build: "The version of the program and of the compiler that made it"
    case .start: "When the daemon started"
    case .feeds: "Feeds that are followed, by state"
    case .polls: "Polls since the start, by what came of them"
    case .pollFailures: "Polls since the start that brought no feed, by kind of failure"
    case .pollDuration: "How long polls took, redirects and waiting for their sites included"
    case .detectionDelay: "From an article's own date to when it was seen"
    case .fetchBytes: "Bytes received, on the wire and as documents"
    case .pollsDue: "Feeds that are due and wait for their turn"
    case .pollsInFlight: "Polls under way"
    case .pollLag: "How long the feed that is due longest has waited"
    case .sitesPaused: "Sites that are left alone for now, by reason"
    case .networkUp: "0 while no site answers, so that nothing is counted against any"
    case .gaps: "Gaps suspected between two documents of a feed, since the start"
    case .articles: "Articles since the start, by what happened to them"
    case .logRecords: "Records in the log"
    case .logBytes: "Bytes of the log"
    case .logDamage: "Segments that were found damaged since the start"
    case .diskFree: "Bytes free on the disk of the log"
    case .diskSize: "Bytes of the disk of the log"
    case .appendDuration: "How long appends to the log took, sync included"
    case .projectionLagRecords: "Records that the views have not folded yet"
    case .projectionLag: "Age of what the views folded last, while they are behind"
    case .viewsBytes: "Bytes of the views"
    case .rules: "Rules in force, by mode"
    case .alerts: "Lines of alerts since the start"
    case .alertsHeld: "Lines that were held since the start, and why"
    case .deliveries: "Lines that outlets took or refused for good, since the start"
    case .deliveriesDead: "Lines given up since the start"
    case .outletLagLines: "Lines that an outlet still has to get"
    case .outletLag: "Age of the oldest line that an outlet still has to get"
    case .outletState: "1 while an outlet takes lines, 0 while it fails"
    case .reloadSuccess: "0 while the last reload was refused"
    case .loaded: "When the configuration in force was read"
    case .loopStep: "When a loop last told that it goes on"
    case .requests: "Requests since the start"
    case .processCPU: "Processor time of the process"
    case .processMemory: "Resident memory of the process"
    case .processFiles: "Open file descriptors of the process"
    case .processFileLimit: "How many file descriptors the process may have open"
    }
  }

  /// Its kind in the text form.
  var kind: String {
    switch self {
    case .pollDuration, .detectionDelay, .appendDuration: "histogram"
    case _ where rawValue.hasSuffix("_total"): "counter"
    default: "gauge"
    }
  }

  /// All names that stand in the text form: a histogram has three.
  public var series: [String] {
    guard kind == "histogram" else { return [rawValue] }
    return ["_bucket", "_sum", "_count"].map { rawValue + $0 }
  }
}

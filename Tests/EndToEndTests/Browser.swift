import Core
import Foundation
import Glibc
import Support

/// Chromium without a window, driven over two pipes by its DevTools protocol.
actor Browser {
  static let path = "/usr/bin/chromium"
  static let isThere = FileManager.default.isExecutableFile(atPath: path)

  private let folder: TemporaryFolder
  private let process: Running
  private let toBrowser: Int32
  private var messages: AsyncStream<JSONValue>.Iterator
  private var session: String?
  private var calls = 0
  /// What came unasked.
  private var events: [JSONValue] = []

  init() async throws {
    folder = try TemporaryFolder()
    var (down, up) = ([Int32](repeating: 0, count: 2), [Int32](repeating: 0, count: 2))
    guard unsafe pipe(&down) == 0, unsafe pipe(&up) == 0 else { throw POSIXError(.EMFILE) }
    for descriptor in down + up { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    process = try Running(
      [
        Self.path, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        "--user-data-dir=\(folder.path("profile"))", "about:blank",
      ], binary: nil, passing: [down[0], up[1]])
    close(down[0])
    close(up[1])
    toBrowser = down[1]
    messages = Self.messages(from: up[0]).makeAsyncIterator()
    let target = try await call("Target.createTarget") { $0.field("url", "about:blank") }
    let attached = try await call("Target.attachToTarget") {
      $0.field("targetId", target["targetId"]?.string)
      $0.field("flatten", true)
    }
    session = attached["sessionId"]?.string
    for domain in ["Page", "Runtime", "Log", "Network"] { try await call("\(domain).enable") }
  }

  /// Ends it; its profile goes with it.
  func end() {
    close(toBrowser)
    process.signal(SIGTERM)
    process.waitForEnd()
  }

  // MARK: Pages

  /// What the window is like.
  func resize(width: Int, isDark: Bool) async throws {
    try await call("Emulation.setDeviceMetricsOverride") {
      $0.field("width", width)
      $0.field("height", 900)
      $0.field("deviceScaleFactor", 1)
      $0.field("mobile", width < 600)
    }
    try await call("Emulation.setEmulatedMedia") { writer in
      writer.key("features")
      writer.array([isDark ? "dark" : "light"]) { writer, value in
        writer.object {
          $0.field("name", "prefers-color-scheme")
          $0.field("value", value)
        }
      }
    }
  }

  /// Goes to an address; returns once all of it is there.
  func show(_ address: String) async throws {
    events = []
    try await call("Page.navigate") { $0.field("url", address) }
    while !events.contains(where: { $0["method"]?.string == "Page.loadEventFired" }) {
      try await read()
    }
  }

  /// The value of an expression in the page; of a promise what comes of it.
  @discardableResult
  func value(_ expression: String) async throws -> JSONValue {
    let answer = try await call("Runtime.evaluate") {
      $0.field("expression", expression)
      $0.field("returnByValue", true)
      $0.field("awaitPromise", true)
    }
    if let fault = answer["exceptionDetails"] { throw BrowserError(what: "\(fault)") }
    return answer["result"]?["value"] ?? .null
  }

  /// Returns once an expression holds.
  func wait(until expression: String) async throws {
    try await value(
      "new Promise(done => { const look = () => (\(expression)) ? done(true) : setTimeout(look, 20); look() })"
    )
  }

  /// The whole page as a picture, where a folder for such is named.
  func picture(_ name: String) async throws {
    guard let folder = ProcessInfo.processInfo.environment["TIDINGS_SCREENSHOTS"] else { return }
    let answer = try await call("Page.captureScreenshot") {
      $0.field("captureBeyondViewport", true)
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(base64Encoded: answer["data"]?.string ?? "")?
      .write(to: URL(filePath: folder).appending(path: name + ".png"))
  }

  /// What was asked for since the page was gone to.
  var requests: [String] {
    events.filter { $0["method"]?.string == "Network.requestWillBeSent" }
      .compactMap { $0["params"]?["request"]?["url"]?.string }
  }

  /// What the page complained of: errors in its console, exceptions, what its policy refused.
  var complaints: [String] {
    events.filter { event in
      switch event["method"]?.string {
      case "Runtime.exceptionThrown": true
      case "Runtime.consoleAPICalled": event["params"]?["type"]?.string == "error"
      case "Log.entryAdded": event["params"]?["entry"]?["level"]?.string == "error"
      default: false
      }
    }.map { "\($0)" }
  }

  // MARK: Protocol

  @discardableResult
  private func call(
    _ method: String, _ parameters: (inout JSONWriter) -> Void = { _ in }
  ) async throws -> JSONValue {
    calls += 1
    let number = calls
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("id", number)
      writer.field("method", method)
      writer.field("sessionId", session)
      writer.field("params", object: parameters)
    }
    let bytes = writer.bytes + [0]
    guard unsafe write(toBrowser, bytes, bytes.count) == bytes.count else {
      throw BrowserError(what: "it hears nothing any more: \(process.errors.suffix(500))")
    }
    while true {
      guard let answer = try await read(answering: number) else { continue }
      if let fault = answer["error"] { throw BrowserError(what: "\(method): \(fault)") }
      return answer["result"] ?? .null
    }
  }

  /// Reads one message; what answers nothing is kept.
  @discardableResult
  private func read(answering number: Int? = nil) async throws -> JSONValue? {
    var iterator = messages
    let message = await iterator.next(isolation: self)
    messages = iterator
    guard let message else {
      throw BrowserError(what: "it says nothing any more: \(process.errors.suffix(500))")
    }
    if let number, message["id"]?.number == Double(number) { return message }
    if message["id"] == nil { events.append(message) }
    return nil
  }

  /// What is said on a pipe, each message ended by a zero byte; its own thread, for reading blocks.
  private static func messages(from descriptor: Int32) -> AsyncStream<JSONValue> {
    AsyncStream { stream in
      Thread.detachNewThread {
        var message: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = unsafe Glibc.read(descriptor, &piece, piece.count), count > 0 {
          let parts = piece[..<count].split(separator: 0, omittingEmptySubsequences: false)
          for (place, part) in parts.enumerated() {
            if place > 0 {
              if let value = try? JSONValue(parsing: message) { stream.yield(value) }
              message = []
            }
            message += part
          }
        }
        close(descriptor)
        stream.finish()
      }
    }
  }
}

/// The browser did not do what it was asked.
struct BrowserError: Error {
  var what: String
}

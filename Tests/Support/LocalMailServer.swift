import Foundation
import Glibc
import Synchronization

/// A mail server on loopback (RFC 5321), without encryption, that keeps what it is handed.
public final class LocalMailServer: Sendable {
  /// A message as it was handed over.
  public struct Letter: Hashable, Sendable {
    public var sender: String
    public var recipient: String
    /// With doubled dots undone (§4.5.2).
    public var lines: [String]
  }

  public let port: Int
  private let listener: Int32
  private let ending: Gate
  private let letters = Mutex<[Letter]>([])
  private let refusals: Mutex<[String: String]>

  /// Starts a server that answers a command that begins as a key of `refusals` with its value; `.` is the
  /// end of a message, and no text at all is the greeting.
  public init(refusing refusals: [String: String] = [:]) throws {
    let (listener, port) = try Socket.listening()
    (self.listener, self.port) = (listener, port)
    self.refusals = Mutex(refusals)
    ending = try Gate()
    Thread.detachNewThread { [self] in accept() }
  }

  /// What was taken so far.
  public var taken: [Letter] { letters.withLock { $0 } }

  /// From now on refuses as told.
  public func refuse(_ refusals: [String: String]) { self.refusals.withLock { $0 = refusals } }

  public func stop() { ending.release() }

  private func accept() {
    while Socket.isReadable(listener, unless: ending) {
      let connection = Socket.accept(listener)
      guard connection >= 0 else { continue }
      Thread.detachNewThread { [self] in
        serve(Connection(connection, ending))
        close(connection)
      }
    }
    close(listener)
  }

  private func serve(_ connection: Connection) {
    guard connection.say(refusal("") ?? "220 local ESMTP") else { return }
    var letter = Letter(sender: "", recipient: "", lines: [])
    var isAsked = false
    while let line = connection.line() {
      if isAsked {
        isAsked = false
        guard connection.say("235 welcome") else { return }
        continue
      }
      var answer = refusal(line) ?? "250 OK"
      if !answer.hasPrefix("2") {
        guard connection.say(answer) else { return }
        continue
      }
      if line.hasPrefix("EHLO") { answer = "250-local\r\n250 AUTH PLAIN" }
      if line.hasPrefix("AUTH") { (answer, isAsked) = ("334 ", true) }
      if line.hasPrefix("MAIL FROM:") { letter.sender = Self.address(line) }
      if line.hasPrefix("RCPT TO:") { letter.recipient = Self.address(line) }
      if line == "DATA" {
        guard connection.say("354 go on"), let lines = connection.text() else { return }
        letter.lines = lines
        if let refusal = refusal(".") {
          answer = refusal
        } else {
          letters.withLock { $0.append(letter) }
        }
      }
      guard connection.say(line == "QUIT" ? "221 bye" : answer), line != "QUIT" else { return }
    }
  }

  private func refusal(_ line: String) -> String? {
    refusals.withLock { refusals in
      refusals.first { $0.key.isEmpty ? line.isEmpty : line.hasPrefix($0.key) }?.value
    }
  }

  private static func address(_ line: String) -> String {
    String(line.split(separator: "<").last?.prefix { $0 != ">" } ?? "")
  }

  /// A connection read line by line; belongs to its thread.
  private final class Connection {
    private let descriptor: Int32
    private let ending: Gate
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32, _ ending: Gate) {
      (self.descriptor, self.ending) = (descriptor, ending)
    }

    func say(_ line: String) -> Bool { Socket.write(descriptor, Array((line + "\r\n").utf8)) }

    func line() -> String? {
      while true {
        if let end = buffer.firstRange(of: [0x0D, 0x0A]) {
          let line = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
          buffer.removeFirst(end.upperBound)
          return line
        }
        guard Socket.isReadable(descriptor, unless: ending), let piece = Socket.read(descriptor)
        else { return nil }
        buffer += piece
      }
    }

    /// The lines up to the one that is a dot.
    func text() -> [String]? {
      var lines: [String] = []
      while let line = line() {
        if line == "." { return lines }
        lines.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
      }
      return nil
    }
  }
}

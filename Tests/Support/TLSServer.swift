import Foundation
import Glibc

/// A server on loopback that speaks TLS and answers every request for `/feed` alike, for tests.
///
/// It is openssl's own; authority and certificates are made anew for each, and belong to nobody.
public final class TLSServer: Sendable {
  private static let openssl = "/usr/bin/openssl"

  /// Whether there is an openssl to do all this.
  public static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: openssl) }

  /// What is wrong with the certificate of the server.
  public enum Certificate: Sendable {
    case good, expired, selfSigned
  }

  /// The port on 127.0.0.1, which is the only name the certificate has.
  public let port: Int

  /// The file with the authority that signed it, or did not.
  public let authorities: String

  private let folder: TemporaryFolder
  private let process: Process

  /// Starts a server that answers with `reply`, byte for byte.
  public init(_ certificate: Certificate, answering reply: String) throws {
    folder = try TemporaryFolder()
    authorities = folder.path("ca.pem")
    try reply.write(toFile: folder.path("feed"), atomically: true, encoding: .utf8)
    try "subjectAltName=IP:127.0.0.1".write(
      toFile: folder.path("names"), atomically: true, encoding: .utf8)
    try Self.run("req -x509 -days 2 -subj /CN=Authority -out ca.pem -keyout ca.key", folder)
    switch certificate {
    case .selfSigned:
      try Self.run(
        "req -x509 -days 2 -subj /CN=x -addext subjectAltName=IP:127.0.0.1 -out cert.pem "
          + "-keyout key.pem", folder)
    case .good, .expired:
      try Self.run("req -subj /CN=x -out request.pem -keyout key.pem", folder)
      let days = certificate == .good ? 2 : -1
      try Self.run(
        "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) "
          + "-extfile names -out cert.pem", folder)
    }
    let output = Pipe()
    process = try Self.start(
      "s_server -accept 127.0.0.1:0 -cert cert.pem -key key.pem -HTTP", folder, output)
    port = try Self.port(output)
  }

  /// Ends it.
  public func stop() {
    // It inherits a mask in which a thread of the pool blocks every signal that can be blocked.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static func run(_ words: String, _ folder: TemporaryFolder) throws {
    let isNew = words.hasPrefix("req")
    let key = " -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    let process = try start(words + (isNew ? key : ""), folder, FileHandle.nullDevice)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  private static func start(
    _ words: String, _ folder: TemporaryFolder, _ output: Any
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: openssl)
    process.currentDirectoryURL = URL(filePath: folder.path(""))
    process.arguments = words.split(separator: " ").map(String.init)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// It says `ACCEPT 127.0.0.1:PORT` once it listens.
  private static func port(_ output: Pipe) throws -> Int {
    var said = ""
    while true {
      let piece = output.fileHandleForReading.availableData
      guard !piece.isEmpty else { throw CocoaError(.fileReadUnknown) }
      said += String(decoding: piece, as: UTF8.self)
      let line = said.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .first { $0.hasPrefix("ACCEPT ") }
      if let line, let port = line.split(separator: ":").last.flatMap({ Int($0) }) { return port }
    }
  }
}

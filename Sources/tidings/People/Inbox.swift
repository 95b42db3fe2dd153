import Core
import FoundationEssentials
import Glibc

/// The folder in which facts of people wait for the running daemon: one file a fact, named by its id.
struct Inbox: Sendable {
  /// Bytes of one file.
  static let sizeLimit = 16 << 10
  /// Files that one look takes, and that may wait.
  static let countLimit = 200

  /// A file as it was found.
  struct Waiting: Sendable {
    var name: String
    var content: Result<Event, any Error>
  }

  /// Why a file is no fact of a person.
  struct Refusal: Error, Hashable, CustomStringConvertible {
    var description: String

    init(_ description: String) {
      self.description = description
    }
  }

  let folder: String

  /// Where what is refused is kept for a person to look at.
  var refused: String { folder + "/refused" }

  // MARK: The command's side

  /// Leaves a fact for the daemon; it is on the disk when the call returns.
  func put(_ event: Event) throws {
    var status = stat()
    guard unsafe stat(folder, &status) == 0 else {
      throw Failure(
        folder, "is not there, so the running daemon takes no facts of people",
        fix: "restart it with this version")
    }
    guard try names().count < Self.countLimit else {
      throw Failure(
        folder, "\(Self.countLimit) facts wait already", fix: "see in the daemon's log why")
    }
    // The daemon may not be in the person's own group.
    try DurableFile.write(event.json, to: path(of: event), group: status.st_gid)
  }

  /// Whether the daemon has set the fact's file aside.
  func hasRefused(_ event: Event) -> Bool {
    !FileManager.default.fileExists(atPath: path(of: event))
      && FileManager.default.fileExists(atPath: refused + "/" + Self.name(of: event))
  }

  static func name(of event: Event) -> String { event.id.description + ".json" }

  private func path(of event: Event) -> String { folder + "/" + Self.name(of: event) }

  // MARK: The daemon's side

  /// Makes the folder; its group may write to it.
  func prepare() throws {
    if unsafe mkdir(folder, 0o770) == 0 {
      // Whatever the umask says.
      guard unsafe chmod(folder, 0o770) == 0 else { throw failure("chmod") }
    } else if errno != EEXIST {
      throw failure("mkdir")
    }
  }

  /// What waits, in the order in which people said it; of many a part.
  func waiting() throws -> [Waiting] {
    let found = try names().prefix(Self.countLimit).map { name in
      Waiting(name: name, content: Result { try read(name) })
    }
    return found.sorted { a, b in
      switch (a.content, b.content) {
      case (.success(let a), .success(let b)): (a.at, a.id.bits) < (b.at, b.id.bits)
      case (.failure, .success): true
      case (.success, .failure): false
      case (.failure, .failure): a.name < b.name
      }
    }
  }

  /// Removes what is recorded now.
  func remove(_ name: String) throws {
    guard unsafe unlink(folder + "/" + name) == 0 || errno == ENOENT else {
      throw failure("unlink")
    }
  }

  /// Keeps a file out of the way, under a name that is free.
  func setAside(_ name: String) throws {
    guard unsafe mkdir(refused, 0o750) == 0 || errno == EEXIST else { throw failure("mkdir") }
    var target = refused + "/" + name
    var number = 1
    while FileManager.default.fileExists(atPath: target) {
      target = "\(refused)/\(name).\(number)"
      number += 1
    }
    guard unsafe rename(folder + "/" + name, target) == 0 else { throw failure("rename") }
  }

  /// Names of what waits, sorted; what is being written is not there yet.
  ///
  /// Other programs than ours write under a hidden name first. Taken before its time such a file would be refused, and
  /// its writer would find it gone.
  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0 != "refused" && !$0.hasPrefix(".") && !$0.hasSuffix(".tmp") }.sorted()
  }

  private func failure(_ call: String) -> Failure { Failure.of(folder, call) }
}

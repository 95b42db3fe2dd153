import Glibc
import Support
import Synchronization

@testable import EventLog

/// A disk in memory that fails by seed, and remembers what a power cut may take.
///
/// What was written and not synced is a list of sectors; a power cut keeps, drops and tears any of
/// them, and any change of names that no sync of the folder covered. A sync that fails forgets what it
/// should have written, as Linux does, while reads still show it.
final class SimulatedDisk: Disk {
  /// What goes wrong, and when.
  struct Plan: Sendable {
    /// Calls after which the power is gone: each call from then on fails.
    var power = Int.max
    /// One in so many writes and syncs fails; 0: none.
    var faultEvery = 0
    var syncFails = false
    var truncateFails = false
    /// What each write fails with, half done.
    var writesFail: Int32?
    /// Files whose names end so cannot be written.
    var unwritable: String?
    /// Bytes that can still be written before the disk is full.
    var room = Int.max
    /// What `free` answers.
    var free: UInt64 = 1 << 40
    var isRemote = false
    /// Syncs of folders fail for want of room, when the names are there already.
    var folderSyncIsFull = false
    /// What lies behind the header of the file with this name cannot be read.
    var unreadable = ""
    /// So many reads find nothing but zeros.
    var blindReads = 0
    private(set) var syncs = 0
    /// The most bytes of one file that were written and not synced.
    fileprivate(set) var mostUnsynced = 0

    fileprivate mutating func countSync() { syncs += 1 }

    fileprivate func fails(_ file: OpenFile) -> Bool {
      writesFail != nil || unwritable.map(file.path.hasSuffix) == true
    }
  }

  static let sector = 512
  private let state: Mutex<State>

  init(seed: UInt64 = 0) {
    state = Mutex(State(random: SeededGenerator(seed: seed)))
  }

  /// What goes wrong from now on.
  var plan: Plan {
    get { state.withLock { $0.plan } }
    set { state.withLock { $0.plan = newValue } }
  }

  /// The bytes of every file, by path, as a program sees them.
  var image: [String: [UInt8]] {
    get { state.withLock { state in state.names.mapValues { state.files[$0].cached } } }
    set {
      state.withLock { state in
        state.names = [:]
        for (path, bytes) in newValue { state.make(path, bytes) }
        state.durableNames = state.names
        state.folders.formUnion(newValue.keys.map(Self.folder(of:)))
      }
    }
  }

  /// From now on no call gets at these bytes of a file; one that takes its name has its own.
  func spoil(_ path: String, _ bytes: Range<Int>) {
    state.withLock { state in
      if let file = state.names[path] { state.files[file].spoiled = bytes }
    }
  }

  /// The power goes and comes back: what was not synced is there in part, or not.
  func cutPower() {
    state.withLock { $0.cutPower() }
  }

  /// The process ends and the machine goes on: what was written is there.
  func endProcess() {
    state.withLock { $0.plan.power = .max }
  }

  static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }
}

// MARK: - The calls

extension SimulatedDisk {
  func open(_ path: String, creates: Bool) throws(EventLogError) -> OpenFile {
    try call("open", path) { state throws(Errno) in
      if state.names[path] == nil {
        guard creates else { throw Errno(ENOENT) }
        state.make(path, [])
        state.pendingNames.append((path, state.names[path]))
      }
      return OpenFile(descriptor: Int32(state.names[path] ?? -1), path: path)
    }
  }

  func close(_ file: OpenFile) {}

  func write(_ bytes: [UInt8], to file: OpenFile, at offset: UInt64) throws(EventLogError) {
    try call("pwrite", file.path) { state throws(Errno) in
      try state.files[Int(file.descriptor)].checkWrite(offset, bytes.count)
      let room = min(state.plan.room, bytes.count)
      if state.plan.room != .max { state.plan.room -= room }
      let isFaulty = state.isFaulty()
      if isFaulty || state.plan.fails(file) {
        // A part may be there after an error.
        state.put(Array(bytes.prefix(bytes.count / 2)), into: file, at: Int(offset))
        let code = state.plan.writesFail ?? EIO
        throw Errno(isFaulty && Bool.random(using: &state.random) ? ENOSPC : code)
      }
      state.put(Array(bytes.prefix(room)), into: file, at: Int(offset))
      guard room == bytes.count else { throw Errno(ENOSPC) }
    }
  }

  func read(_ file: OpenFile, at offset: UInt64, count: Int) throws(EventLogError) -> [UInt8] {
    try call("pread", file.path) { state throws(Errno) in
      let bytes = state.files[Int(file.descriptor)].cached
      try state.files[Int(file.descriptor)].check(offset, count)
      let name = file.path.dropFirst(Self.folder(of: file.path).count + 1)
      if name == state.plan.unreadable, offset > 0 { throw Errno(EIO) }
      if state.plan.blindReads > 0 {
        state.plan.blindReads -= 1
        return [UInt8](repeating: 0, count: min(count, bytes.count))
      }
      return Array(bytes.dropFirst(Int(offset)).prefix(count))
    }
  }

  func map(_ file: OpenFile, count: Int) throws(EventLogError) -> SharedMemory? { nil }

  func sync(_ file: OpenFile) throws(EventLogError) {
    try call("fdatasync", file.path) { state throws(Errno) in
      state.plan.countSync()
      if state.plan.syncFails || state.isFaulty() {
        state.files[Int(file.descriptor)].loseSome(&state.random)
        throw Errno(EIO)
      }
      state.files[Int(file.descriptor)].keepAll()
    }
  }

  func syncFolder(_ path: String) throws(EventLogError) {
    try call("fsync", path) { state throws(Errno) in
      if state.plan.folderSyncIsFull { throw Errno(ENOSPC) }
      for (name, file) in state.pendingNames where Self.folder(of: name) == path {
        state.durableNames[name] = file
      }
      state.pendingNames.removeAll { Self.folder(of: $0.path) == path }
      state.pendingFolders.removeAll { Self.folder(of: $0) == path || $0 + "/.." == path }
    }
  }

  func truncate(_ file: OpenFile, to size: UInt64) throws(EventLogError) {
    try call("ftruncate", file.path) { state throws(Errno) in
      if state.plan.truncateFails { throw Errno(EIO) }
      state.files[Int(file.descriptor)].write(.size(Int(size)))
    }
  }

  func size(of file: OpenFile) throws(EventLogError) -> UInt64 {
    try call("fstat", file.path) { state throws(Errno) in
      UInt64(state.files[Int(file.descriptor)].cached.count)
    }
  }

  func names(in folder: String) throws(EventLogError) -> [String] {
    try call("opendir", folder) { state throws(Errno) in
      guard state.folders.contains(folder) else { throw Errno(ENOENT) }
      let names = state.names.keys.filter { Self.folder(of: $0) == folder }
      return names.map { String($0.dropFirst(folder.count + 1)) }.sorted()
    }
  }

  func rename(_ old: String, to new: String) throws(EventLogError) {
    try call("rename", old) { state throws(Errno) in
      guard let file = state.names.removeValue(forKey: old) else { throw Errno(ENOENT) }
      state.names[new] = file
      state.pendingNames += [(old, nil), (new, file)]
    }
  }

  func remove(_ path: String) throws(EventLogError) {
    try call("unlink", path) { state throws(Errno) in
      guard state.names.removeValue(forKey: path) != nil else { throw Errno(ENOENT) }
      state.pendingNames.append((path, nil))
    }
  }

  func makeFolder(_ path: String) throws(EventLogError) {
    try call("mkdir", path) { state throws(Errno) in
      if state.folders.insert(path).inserted { state.pendingFolders.append(path) }
    }
  }

  /// How often a file was to be read from the disk again, by path.
  var forgotten: [String: Int] { state.withLock { $0.forgotten } }

  func forget(_ file: OpenFile) {
    state.withLock { state in
      state.files[Int(file.descriptor)].forget()
      state.forgotten[file.path, default: 0] += 1
    }
  }

  func free(at path: String) throws(EventLogError) -> UInt64 { plan.free }

  func isRemote(_ path: String) throws(EventLogError) -> Bool { plan.isRemote }

  private func call<Value>(
    _ name: String, _ path: String, _ body: (inout State) throws(Errno) -> Value
  ) throws(EventLogError) -> Value {
    let result = state.withLock { state -> Result<Value, Errno> in
      guard state.plan.power > 0 else { return .failure(Errno(EIO)) }
      if state.plan.power != .max { state.plan.power -= 1 }
      do throws(Errno) { return .success(try body(&state)) } catch { return .failure(error) }
    }
    do { return try result.get() } catch {
      throw .io(call: name, path: path, errno: error.number)
    }
  }

  /// What a call fails with.
  fileprivate struct Errno: Error {
    var number: Int32

    init(_ number: Int32) { self.number = number }
  }
}

// MARK: - What is on the disk, and what only looks so

extension SimulatedDisk {
  struct State {
    var forgotten: [String: Int] = [:]
    var random: SeededGenerator
    var plan = Plan()
    /// Never removed: a file that is open outlives its name.
    var files: [File] = []
    var names: [String: Int] = [:]
    var durableNames: [String: Int] = [:]
    var pendingNames: [(path: String, file: Int?)] = []
    var folders: Set<String> = []
    /// Those that no sync of the folder around them covered; a power cut may take them with all in them.
    var pendingFolders: [String] = []

    mutating func make(_ path: String, _ bytes: [UInt8]) {
      names[path] = files.count
      files.append(File(durable: bytes, cached: bytes))
    }

    /// Writes sector by sector, for so they may be lost.
    mutating func put(_ bytes: [UInt8], into file: OpenFile, at offset: Int) {
      var done = 0
      while done < bytes.count {
        let place = offset + done
        let count = min(bytes.count - done, SimulatedDisk.sector - place % SimulatedDisk.sector)
        files[Int(file.descriptor)].write(.bytes(Array(bytes[done..<done + count]), at: place))
        done += count
      }
      plan.mostUnsynced = max(plan.mostUnsynced, files[Int(file.descriptor)].unsynced)
    }

    mutating func isFaulty() -> Bool {
      plan.faultEvery > 0 && Int.random(in: 0..<plan.faultEvery, using: &random) == 0
    }

    mutating func cutPower() {
      for index in files.indices {
        files[index].loseSome(&random)
        files[index].forget()
      }
      for (name, file) in pendingNames where Bool.random(using: &random) {
        durableNames[name] = file
      }
      for folder in pendingFolders where Bool.random(using: &random) {
        folders.remove(folder)
        durableNames = durableNames.filter { !$0.key.hasPrefix(folder + "/") }
      }
      (names, pendingNames, pendingFolders, plan.power) = (durableNames, [], [], .max)
    }
  }

  enum Change {
    case bytes([UInt8], at: Int)
    case size(Int)
  }

  struct File {
    /// What a power cut leaves in any case.
    var durable: [UInt8]
    /// What a read shows.
    var cached: [UInt8]
    /// What was written since the last sync.
    var pending: [Change] = []
    /// What the disk cannot get at any more.
    var spoiled = 0..<0

    /// A part of a page is read before it is written; a whole one has another place on the disk then.
    fileprivate mutating func checkWrite(
      _ offset: UInt64, _ count: Int
    ) throws(SimulatedDisk.Errno) {
      let written = Int(offset)..<Int(offset) + count
      guard written.lowerBound % 4_096 == 0, written.lowerBound <= spoiled.lowerBound,
        written.upperBound % 4_096 == 0 || written.upperBound >= cached.count
      else { return try check(offset, count) }
      let start = min(max(written.upperBound, spoiled.lowerBound), spoiled.upperBound)
      spoiled = start..<spoiled.upperBound
    }

    fileprivate func check(_ offset: UInt64, _ count: Int) throws(SimulatedDisk.Errno) {
      if spoiled.overlaps(Int(offset)..<Int(offset) + count) { throw SimulatedDisk.Errno(EIO) }
    }

    var unsynced: Int {
      pending.reduce(0) { sum, change in
        if case .bytes(let bytes, _) = change { sum + bytes.count } else { sum }
      }
    }

    mutating func write(_ change: Change) {
      Self.apply(change, to: &cached)
      pending.append(change)
    }

    mutating func keepAll() {
      for change in pending { Self.apply(change, to: &durable) }
      pending = []
    }

    /// Each sector comes to the disk or not, some by half; then all count as written.
    mutating func loseSome(_ random: inout SeededGenerator) {
      // Any order, for the last to arrive wins where two touch one sector.
      let isInOrder = Bool.random(using: &random)
      for change in isInOrder ? pending : pending.shuffled(using: &random) {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: break
        case 1:
          if case .bytes(let bytes, let place) = change {
            Self.apply(.bytes(Array(bytes.prefix(bytes.count / 2)), at: place), to: &durable)
          }
        default: Self.apply(change, to: &durable)
        }
      }
      pending = []
    }

    mutating func forget() {
      if pending.isEmpty { cached = durable }
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
      switch change {
      case .size(let size):
        bytes = Array(bytes.prefix(size)) + [UInt8](repeating: 0, count: max(0, size - bytes.count))
      case .bytes(let new, let place):
        let end = place + new.count
        if bytes.count < end { bytes += [UInt8](repeating: 0, count: end - bytes.count) }
        bytes.replaceSubrange(place..<end, with: new)
      }
    }
  }
}

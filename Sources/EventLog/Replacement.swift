/// A segment that takes the place of another, over any crash.
///
///     1  0000….seg.new    the new segment, synced
///     2  replace.todo     which it is, and the header that the next segment gets for it; synced
///     3  rename the new one over the old, remove its index, write the next one's header; sync
///     4  remove replace.todo
///
/// A `replace.todo` that an opening finds is carried out first; every step may be done twice.
struct Replacement {
  /// The name of the segment that is replaced.
  let segment: String
  /// The name of the one behind it and its new header; nil for the last segment.
  let next: (name: String, header: SegmentHeader)?

  static let todo = "replace.todo"

  /// Carries it out, with `bytes` as the new segment.
  func carryOut(_ bytes: [UInt8], in folder: String, _ disk: any Disk) throws(EventLogError) {
    try disk.replace(folder + "/" + segment + ".new", with: bytes, in: folder)
    var line = segment
    if let next { line += " \(next.name) " + Self.hex(next.header.bytes) }
    try disk.replace(folder + "/" + Self.todo, with: Array(line.utf8), in: folder)
    try finish(in: folder, disk)
  }

  /// Carries out what a crash has left undone.
  static func finish(in folder: String, _ disk: any Disk) throws(EventLogError) {
    guard let bytes = try disk.contents(of: folder + "/" + todo) else { return }
    let words = String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
    guard let segment = words.first, [1, 3].contains(words.count),
      [segment, words[words.count == 3 ? 1 : 0]].allSatisfy(SegmentHeader.isName)
    else {
      throw .corrupt(segment: todo, offset: 0, reason: "not a replacement")
    }
    var next: (String, SegmentHeader)?
    if words.count == 3 { next = (words[1], try SegmentHeader(unhex(words[2]), of: todo)) }
    try Replacement(segment: segment, next: next).finish(in: folder, disk)
  }

  private func finish(in folder: String, _ disk: any Disk) throws(EventLogError) {
    let names = try disk.names(in: folder)
    if let next, !names.contains(next.name) {
      throw .corrupt(segment: Self.todo, offset: 0, reason: "\(next.name) is gone")
    }
    if names.contains(segment + ".new") {
      try disk.rename(folder + "/" + segment + ".new", to: folder + "/" + segment)
    }
    let index = SegmentIndex.name(segment)
    if names.contains(index) { try disk.remove(folder + "/" + index) }
    if let next { try write(next.header, to: folder + "/" + next.name, disk) }
    try disk.syncFolder(folder)
    try disk.remove(folder + "/" + Self.todo)
    try disk.syncFolder(folder)
  }

  private func write(
    _ header: SegmentHeader, to path: String, _ disk: any Disk
  ) throws(EventLogError) {
    let file = try disk.open(path, creates: false)
    defer { disk.close(file) }
    try disk.write(header.bytes, to: file, at: 0)
    try disk.sync(file)
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func unhex(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16) ?? 0
    }
  }
}

/// A file of the log: its name, its header, and how far it is good.
struct Segment: Hashable, Sendable {
  let name: String
  let header: SegmentHeader
  /// Where the last whole batch ends; nothing behind it is read.
  var end: UInt64
  /// The sequence behind its last record.
  var next: UInt64
  /// What is wrong with its header, which is made of its name and the segment before it then.
  private(set) var damage: EventLogError?

  init(name: String, header: SegmentHeader) {
    (self.name, self.header) = (name, header)
    (end, next) = (UInt64(SegmentHeader.size), header.first)
  }

  /// A segment whose header cannot be had; nil where `damage` is none, or a later version wrote it.
  init?(named name: String, behind before: Segment?, damage: EventLogError) {
    if case .newer = damage { return nil }
    guard let first = UInt64(name.dropLast(4)) else { return nil }
    self.init(
      name: name,
      header: SegmentHeader(
        first: first, log: before?.header.log ?? 0, created: before?.header.created ?? .min, link: 0
      ))
    self.damage = damage
  }

  var first: UInt64 { header.first }
  var isEmpty: Bool { next == header.first }
}

/// A segment's file with what is known of where its records lie.
struct OpenSegment: Sendable {
  var file: OpenFile
  var index: SegmentIndex

  /// Opens a segment and its index; one that is not there, or wrong, grows again as it is read.
  init(_ segment: Segment, in folder: String, _ disk: any Disk) throws(EventLogError) {
    file = try disk.open(folder + "/" + segment.name, creates: false)
    let path = folder + "/" + SegmentIndex.name(segment.name)
    let kept = (try? disk.contents(of: path)).flatMap { $0 }
    index = kept.flatMap { SegmentIndex($0, of: segment.header) } ?? SegmentIndex(segment.header)
    // What ends elsewhere than the segment is another file's, or another life's.
    let reached = index.reached
    let fits =
      reached.offset < segment.end
      ? reached.sequence < segment.next
      : reached.offset == segment.end && reached.sequence == segment.next
    if !fits { index = SegmentIndex(segment.header) }
  }

  init(file: OpenFile, index: SegmentIndex) {
    (self.file, self.index) = (file, index)
  }
}

/// The segments that were read last, kept open: sixteen at most.
struct SegmentShelf: Sendable {
  private var open: [(first: UInt64, segment: OpenSegment)] = []

  /// Takes a segment off the shelf, or opens it; put it back when it was read.
  mutating func take(
    _ segment: Segment, in folder: String, _ disk: any Disk
  ) throws(EventLogError) -> OpenSegment {
    if let place = open.firstIndex(where: { $0.first == segment.first }) {
      return open.remove(at: place).segment
    }
    return try OpenSegment(segment, in: folder, disk)
  }

  /// Puts a segment back; the one that was not read for longest is closed for it.
  mutating func put(_ segment: OpenSegment, _ disk: any Disk) {
    open.append((segment.index.first, segment))
    while open.count > Limits.openSegments { disk.close(open.removeFirst().segment.file) }
  }

  /// Closes all: what they were may have been replaced.
  mutating func clear(_ disk: any Disk) {
    for entry in open { disk.close(entry.segment.file) }
    open = []
  }
}

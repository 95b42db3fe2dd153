/// What a log refuses, cannot do, or has found.
public enum EventLogError: Error, Hashable, Sendable {
  /// A system call failed; nothing was changed by it that a later start could not sort out.
  case io(call: String, path: String, errno: Int32)
  /// Bytes that were on disk are not what was written; other places stay readable.
  case corrupt(segment: String, offset: UInt64, reason: String)
  /// Another process writes to this log; 0 where it has not said which.
  case locked(path: String, by: Int32)
  /// Nothing was written: the disk is full, or would fall under the floor.
  case full(path: String, free: UInt64, floor: UInt64)
  /// Nothing was written, nor will be until what `reason` says is mended.
  case paused(reason: String)
  /// Nothing was written: the stream has a record after what the caller had seen.
  case changed(StreamName, last: Position)
  /// The request itself is out of bounds.
  case refused(reason: String)
  /// A sync or write failed, so the append is there whole or not at all; the next start decides.
  case unknown(reason: String)
  /// The log is closed, or a failed sync closed it.
  case closed
  /// The log was written by a later version; nothing was touched.
  case newer(version: UInt16)
}

extension EventLogError {
  /// Whether nothing was written and a later try may go well: the disk is full, or the log pauses.
  public var isPassing: Bool {
    switch self {
    case .full, .paused: true
    default: false
    }
  }
}

extension EventLogError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .io(let call, let path, let errno):
      "\(path): \(call) failed with \(Errno.name(errno)); look at the disk and its rights"
    case .corrupt(let segment, let offset, let reason):
      "\(segment) at byte \(offset): \(reason); run `tidings log verify`, then restore or repair"
    case .locked(let path, let process):
      "\(path): in use by process \(process); stop it, or read with `tidings log cat`"
    case .full(let path, let free, let floor):
      "\(path): \(free >> 20) MiB free, \(floor >> 20) MiB are kept back; make room, "
        + "appending resumes by itself"
    case .paused(let reason):
      "log: \(reason)"
    case .changed(let stream, let last):
      "stream \(stream): has a record at \(last); wait for it, then decide again"
    case .refused(let reason):
      "log: \(reason)"
    case .unknown(let reason):
      "log: \(reason), so the last append may or may not be there; restart to find out"
    case .closed:
      "log: closed; open it again"
    case .newer(let version):
      "log: format version \(version) is newer than this program's; install a newer tidings"
    }
  }
}

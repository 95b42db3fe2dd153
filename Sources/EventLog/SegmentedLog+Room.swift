extension SegmentedLog {
  /// Refuses a disk with less free space than appends leave on it, for who would rather wait than open.
  ///
  /// The folder need not be there yet. Once refused, `isPaused`, it wants some room above the floor.
  ///
  /// - Throws: `full`, `io`.
  public static func checkRoom(
    for folder: String, options: Options = Options(), isPaused: Bool
  ) throws(EventLogError) {
    try checkRoom(for: folder, LinuxDisk(), options, isPaused: isPaused)
  }

  static func checkRoom(
    for folder: String, _ disk: any Disk, _ options: Options, isPaused: Bool
  ) throws(EventLogError) {
    let free = try free(at: folder, disk)
    guard free < options.floor + (isPaused ? Limits.resumeBytes : 0) else { return }
    throw .full(path: folder, free: free, floor: options.floor)
  }

  /// What is free at `path`, or where the first folder around it lies that is there.
  private static func free(at path: String, _ disk: any Disk) throws(EventLogError) -> UInt64 {
    do {
      return try disk.free(at: path.isEmpty ? "/" : path)
    } catch {
      guard case .io(_, _, Errno.noEntry) = error, !path.isEmpty else { throw error }
      let around = path.lastIndex(of: "/").map { String(path[..<$0]) }
      return try free(at: around ?? ".", disk)
    }
  }

  /// What a failure for want of room is to a caller; nil for any other.
  static func noRoom(
    _ error: EventLogError, in folder: String, _ disk: any Disk, _ options: Options
  ) -> EventLogError? {
    guard case .io(_, _, let code) = error, Errno.isFull(code) else { return nil }
    return .full(path: folder, free: (try? disk.free(at: folder)) ?? 0, floor: options.floor)
  }
}

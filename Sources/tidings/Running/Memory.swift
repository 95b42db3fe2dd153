import CLinux

/// How the program's memory is kept.
enum Memory {
  /// Bytes from which on a block is the kernel's own, and goes back to it when it is free.
  private static let largeBlock: Int32 = 256 << 10

  /// Keeps the bodies of a few publishers who send without end from staying with us.
  ///
  /// glibc takes the first large block that is freed as a sign that there will be many, and from then on
  /// cuts them out of its heaps, which small blocks behind them keep from shrinking: 17 MB with 300 feeds,
  /// three of which flood.
  static func returnLargeBlocks() {
    mallopt(M_MMAP_THRESHOLD, largeBlock)
  }

  /// How often what is free goes back.
  private static let pause = Duration.seconds(60)

  /// Gives back what reading the configuration took and nobody holds any more.
  static func returnUnused() {
    malloc_trim(0)
  }

  /// Gives back what is free, again and again until the task is cancelled.
  ///
  /// By itself glibc gives back the end of a heap only, and a quiet daemon would keep what its busiest
  /// minute took.
  static func keepSmall() async throws {
    while true {
      try await Task.sleep(for: pause)
      returnUnused()
    }
  }
}

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

  /// Gives back what reading the configuration took and nobody holds any more.
  static func returnUnused() {
    malloc_trim(0)
  }
}

import Testing

@testable import tidings

@Suite("Progress") struct ProgressTests {
  @Test(arguments: [
    (0, 100, 0.0, "[........................] 0 of 100 MB"),
    (50, 100, 2.0, "[############............] 50 of 100 MB, 25 MB/s, 2 s left"),
    (100, 100, 4.0, "[########################] 100 of 100 MB, 25 MB/s, 0 s left"),
    (1, 1_000, 1.0, "[........................] 1 of 1000 MB, 1 MB/s, 16 min 39 s left"),
    // More than was said at first, as where a log grows while it is read.
    (120, 100, 4.0, "[########################] 120 of 100 MB, 30 MB/s, 0 s left"),
  ])
  func `says how much, how fast and how long still`(
    done: Int, all: Int, seconds: Double, text: String
  ) {
    let line = Progress.text(
      UInt64(done) * 1_000_000, of: UInt64(all) * 1_000_000, after: seconds, unit: "MB", scale: 1e6)
    #expect(line == text)
  }
}

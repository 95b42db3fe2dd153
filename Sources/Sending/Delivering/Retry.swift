/// When a line that did not get through is tried again.
public enum Retry {
  private static let steps: [Double] = [5, 30, 120, 600, 1_800, 3_600]

  /// The wait after the `attempt`th failure in a row, from 1; times half to whole, so that outlets that
  /// failed together do not come back together.
  public static func wait(
    after attempt: Int, atLeast floor: Duration?, using random: inout some RandomNumberGenerator
  ) -> Duration {
    let step = steps[min(max(attempt, 1), steps.count) - 1]
    let wait = Duration.seconds(step * Double.random(in: 0.5...1, using: &random))
    return max(wait, min(floor ?? .zero, .seconds(3_600)))
  }
}

/// Timers in the order in which they fall due, then by rule and group.
///
/// A timer that is moved or taken away stays where it was: who asks knows the present one, and drops it then.
struct TimerHeap {
  struct Timer: Comparable {
    var due: Double
    var key: GroupKey

    static func < (a: Timer, b: Timer) -> Bool { (a.due, a.key) < (b.due, b.key) }
  }

  /// Each before both that stand at twice its place and behind that.
  private var timers: [Timer] = []

  var first: Timer? { timers.first }

  mutating func insert(_ timer: Timer) {
    timers.append(timer)
    var place = timers.count - 1
    while place > 0, timers[place] < timers[(place - 1) / 2] {
      timers.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeFirst() {
    timers.swapAt(0, timers.count - 1)
    timers.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < timers.count && timers[child] < timers[least] { least = child }
      guard least != place else { return }
      timers.swapAt(place, least)
      place = least
    }
  }
}

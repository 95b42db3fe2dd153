import FoundationEssentials
import Testing

@testable import Fetching

@Suite("Unknown hosts") struct UnknownHostsTests {
  private let now = Date(timeIntervalSince1970: 1_700_000_000)

  @Test func `R5: are remembered for a minute`() {
    let hosts = UnknownHosts()
    hosts.insert("nowhere.invalid", at: now)
    #expect(hosts.contains("nowhere.invalid", at: now + 59))
    #expect(!hosts.contains("nowhere.invalid", at: now + 60))
    #expect(!hosts.contains("elsewhere.invalid", at: now))
  }

  @Test func `are never more than ten thousand, the old ones given up first`() {
    let hosts = UnknownHosts()
    for number in 0..<10_000 { hosts.insert("\(number).invalid", at: now) }
    hosts.insert("more.invalid", at: now)
    #expect(!hosts.contains("more.invalid", at: now))
    hosts.insert("later.invalid", at: now + 61)
    #expect(hosts.contains("later.invalid", at: now + 61))
  }
}

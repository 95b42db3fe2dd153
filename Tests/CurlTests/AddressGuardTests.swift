import Curl
import Testing

@Suite("The address guard") struct AddressGuardTests {
  @Test(arguments: [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.9",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "198.19.255.255",
    "::", "::1", "fc00::1", "fdff::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1", "2002:7f00:1::1", "[::1]", "::1%lo",
  ]) func `refuses private addresses unless they are allowed`(address: String) {
    #expect(!AddressGuard.allows(address, allowingPrivate: false))
    #expect(AddressGuard.allows(address, allowingPrivate: true))
  }

  @Test(arguments: [
    "169.254.169.254", "224.0.0.1", "239.1.1.1", "255.255.255.255", "fd00:ec2::254", "fe80::1",
    "febf::1",
    "ff02::1", "::ffff:169.254.169.254", "2002:a9fe:a9fe::1", "64:ff9b::169.254.1.1",
    "64:ff9b:1::1", "64:ff9b:1:ffff::8.8.8.8",
  ]) func `refuses link-local and multicast addresses always`(address: String) {
    #expect(!AddressGuard.allows(address, allowingPrivate: true))
  }

  @Test(arguments: [
    ("169.254.169.254", true), ("fe80::1", true), ("fd00:ec2::254", true), ("1.1.1.1", true),
    ("10.0.0.1", false), ("fd00:ec2::253", false), ("224.0.0.1", false), ("ff02::1", false),
    ("255.255.255.255", false), ("::ffff:169.254.169.254", false),
  ]) func `lets link-local addresses through where they are allowed, and nothing else`(
    address: String, isAllowed: Bool
  ) {
    let allows = AddressGuard.allows(address, allowingPrivate: false, allowingLinkLocal: true)
    #expect(allows == isAllowed)
  }

  @Test(arguments: [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
    "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111",
    "::2", "fbff::1", "fe00::1", "::ffff:1.1.1.1", "64:ff9b::8.8.8.8",
    "64:ff9b:2::1",
  ]) func `lets the rest of the net through`(address: String) {
    #expect(AddressGuard.allows(address, allowingPrivate: false))
  }

  @Test(arguments: ["", "localhost", "1.2.3", "127.0.0.1.5", "gg::1"])
  func `refuses what is no address`(text: String) {
    #expect(!AddressGuard.allows(text, allowingPrivate: true))
    #expect(AddressGuard.bytes(of: text) == nil)
  }

  @Test func `refuses bytes of another length`() {
    #expect(!AddressGuard.allows([], allowingPrivate: true))
    #expect(!AddressGuard.allows([1, 1, 1], allowingPrivate: true))
  }
}

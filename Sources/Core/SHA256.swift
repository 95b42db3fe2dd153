/// SHA-256 (FIPS 180-4).
///
/// Twenty lines of arithmetic instead of a dependency that would bring a second TLS library into the
/// build; checked against the standard's vectors.
public enum SHA256 {
  /// The 32 bytes of the digest of `message`.
  public static func hash(_ message: [UInt8]) -> [UInt8] {
    let words = words(message)
    var bytes: [UInt8] = []
    for index in words.indices {
      for shift: UInt32 in [24, 16, 8, 0] {
        bytes.append(UInt8(truncatingIfNeeded: words[index] >> shift))
      }
    }
    return bytes
  }

  /// The digest of `message` as eight words, the first one highest.
  static func words(_ message: [UInt8]) -> Words {
    var state = initial
    let whole = message.count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) {
      compress(message.span.extracting(start..<start + 64), into: &state)
    }
    let rest = lastBlocks(message[whole...], count: message.count)
    for start in stride(from: 0, to: rest.count, by: 64) {
      compress(rest.span.extracting(start..<start + 64), into: &state)
    }
    return state
  }

  /// The digest of `message` in lower-case hexadecimal.
  public static func hex(_ message: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let characters = hash(message).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: characters, as: UTF8.self)
  }

  typealias Words = InlineArray<8, UInt32>

  /// What is left of a message of `count` bytes, padded to one block or two (FIPS 180-4 §5.1.1).
  private static func lastBlocks(_ rest: ArraySlice<UInt8>, count: Int) -> [UInt8] {
    let size = rest.count < 56 ? 64 : 128
    var blocks: [UInt8] = []
    blocks.reserveCapacity(size)
    blocks.append(contentsOf: rest)
    blocks.append(0x80)
    while blocks.count < size - 8 { blocks.append(0) }
    let bits = UInt64(count) * 8
    for shift: UInt64 in [56, 48, 40, 32, 24, 16, 8, 0] {
      blocks.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    return blocks
  }

  private static func compress(_ block: Span<UInt8>, into state: inout Words) {
    var w = InlineArray<64, UInt32>(repeating: 0)
    expand(block, into: &w)
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      let t1 = h &+ s1 &+ (e & f ^ ~e & g) &+ constants[t] &+ w[t]
      let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      let t2 = s0 &+ (a & b ^ a & c ^ b & c)
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ t1, c, b, a, t1 &+ t2)
    }
    let change: Words = [a, b, c, d, e, f, g, h]
    for index in change.indices { state[index] = state[index] &+ change[index] }
  }

  /// The message schedule (§6.2.2, step 1).
  private static func expand(_ block: Span<UInt8>, into w: inout InlineArray<64, UInt32>) {
    for t in 0..<16 {
      let at = 4 * t
      w[t] =
        UInt32(block[at]) << 24 | UInt32(block[at + 1]) << 16 | UInt32(block[at + 2]) << 8
        | UInt32(block[at + 3])
    }
    for t in 16..<64 {
      let s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3
      let s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10
      w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
  }

  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  private static let initial: Words = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

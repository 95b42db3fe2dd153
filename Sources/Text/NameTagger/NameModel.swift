/// The weights of a tagger, as its file holds them.
///
/// The file, all numbers little-endian: `TDNM`, format (UInt16, 1), features (UInt16), bits (UInt8), labels
/// (UInt8, 7), corpora (UInt16), hash seed (UInt64), scale (Float32), digest of the training data (32 bytes),
/// transitions (8 × 7 Float32, the last row from the start), weights (2^bits × 7 Int8).
public struct NameModel: Hashable, Sendable {
  static let magic = Array("TDNM".utf8)
  static let format: UInt16 = 1
  private static let headBytes = 56

  public var bits: Int
  public var seed: UInt64
  var corpora: Int
  /// One weight in the file is so much of a score.
  var scale: Float
  public var dataDigest: [UInt8]
  /// From each label, and from the start, to each label.
  var transitions: [Float]
  var weights: [Int8]

  init(
    bits: Int, seed: UInt64, corpora: Int, scale: Float, dataDigest: [UInt8],
    transitions: [Float], weights: [Int8]
  ) {
    (self.bits, self.seed, self.corpora, self.scale) = (bits, seed, corpora, scale)
    (self.dataDigest, self.transitions, self.weights) = (dataDigest, transitions, weights)
  }

  /// Reads a file; nil where it is none, or of another version.
  public init?(_ file: [UInt8]) {
    func number<Value: FixedWidthInteger>(_ place: Int, _ type: Value.Type) -> Value {
      (0..<Value.bitWidth / 8).reduce(0) {
        $0 | Value(truncatingIfNeeded: file[place + $1]) << ($1 * 8)
      }
    }
    guard file.count > Self.headBytes, file.starts(with: Self.magic),
      number(4, UInt16.self) == Self.format, number(6, UInt16.self) == TagFeatures.version,
      file[9] == UInt8(TagLabel.count), (10...22).contains(file[8])
    else { return nil }
    bits = Int(file[8])
    corpora = Int(number(10, UInt16.self))
    seed = number(12, UInt64.self)
    scale = Float(bitPattern: number(20, UInt32.self))
    dataDigest = Array(file[24..<56])
    let first = Self.headBytes + 4 * 8 * TagLabel.count
    guard file.count == first + TagLabel.count << bits else { return nil }
    transitions = (0..<8 * TagLabel.count).map {
      Float(bitPattern: number(Self.headBytes + 4 * $0, UInt32.self))
    }
    weights = file[first...].map { Int8(bitPattern: $0) }
  }

  /// The file's bytes.
  public var file: [UInt8] {
    var bytes = Self.magic
    func put(_ value: some FixedWidthInteger) {
      for shift in stride(from: 0, to: value.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    put(Self.format)
    put(TagFeatures.version)
    bytes += [UInt8(bits), UInt8(TagLabel.count)]
    put(UInt16(corpora))
    put(seed)
    put(scale.bitPattern)
    bytes += dataDigest
    for transition in transitions { put(transition.bitPattern) }
    bytes += weights.map { UInt8(bitPattern: $0) }
    return bytes
  }

  /// Where the rows of a corpus lie that are its own: at a distance from those of all.
  static func shift(ofCorpus number: Int, bits: Int) -> UInt32 {
    let mixed = WordHash.pair(0x7469_6469, UInt64(number + 1)) >> UInt64(64 - bits)
    return UInt32(truncatingIfNeeded: mixed) | 1
  }
}

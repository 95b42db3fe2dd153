/// Trains a tagger's weights: an averaged structured perceptron (Collins 2002), features doubled with
/// their corpus (Daumé 2007), because corpora disagree about what a name is.
///
/// The same sentences, seed and lists give the same bytes: order and rounding are fixed.
public struct NameTrainer {
  private struct Example {
    var rows: [UInt32]
    var labels: [Int]
    var corpus: Int
  }

  private let bits: Int
  private let seed: UInt64
  private var examples: [Example] = []
  private var corpora = 0

  private typealias Row = SIMD8<Float>
  private var weights: [Row]
  /// Each change times the sentences seen before it, so that the average needs no sum a step.
  private var changes: [Row]
  private var transitions: [Row]
  private var transitionChanges: [Row]
  private var seen: Float = 0
  /// The averages of the runs that are done, added up.
  private var sums: [Row]
  private var transitionSums: [Row]

  public init(bits: Int, seed: UInt64) {
    (self.bits, self.seed) = (bits, seed)
    weights = Array(repeating: Row(), count: 1 << bits)
    changes = weights
    transitions = Array(repeating: Row(), count: 8)
    transitionChanges = transitions
    sums = weights
    transitionSums = transitions
  }

  // MARK: Sentences

  /// Adds a corpus: every sentence as written, as a headline, and every third one in small letters.
  public mutating func add(
    _ sentences: [LabelledSentence], _ words: NameWords, _ gazetteer: Gazetteer
  ) {
    for (index, sentence) in sentences.enumerated() {
      add(sentence, words, gazetteer)
      add(sentence.titleCased, words, gazetteer)
      if index % 3 == 0 { add(sentence.lowerCased, words, gazetteer) }
    }
    corpora += 1
  }

  private mutating func add(
    _ sentence: LabelledSentence, _ words: NameWords, _ gazetteer: Gazetteer
  ) {
    let (source, spans) = sentence.text
    let text = NameText(source)
    let marked = MarkedNames(text, words, gazetteer, hits: gazetteer.hits(in: text.words))
    let labels = Self.labels(spans, text)
    let features = TagFeatures(bits: bits, seed: seed)
    for sentence in text.sentences {
      examples.append(
        Example(
          rows: features.rows(of: sentence, in: marked), labels: Array(labels[sentence]),
          corpus: corpora))
    }
  }

  private static func labels(_ spans: [LabelledSentence.Span], _ text: NameText) -> [Int] {
    var labels = Array(repeating: TagLabel.outside, count: text.tokens.count)
    for span in spans {
      var isFirst = true
      for (index, token) in text.tokens.enumerated() {
        guard let word = token.word else { continue }
        let place = text.words.words[word]
        guard place.start >= span.start, place.end <= span.end else { continue }
        labels[index] = isFirst ? TagLabel.begin(span.kind) : TagLabel.inside(span.kind)
        isFirst = false
      }
    }
    for index in labels.indices.dropFirst().dropLast()
    where text.tokens[index].word == nil && labels[index - 1] != TagLabel.outside {
      // A mark inside a name belongs to it.
      let next = labels[index + 1]
      if let kind = TagLabel.kind(of: next), !TagLabel.begins(next) {
        labels[index] = TagLabel.inside(kind)
      }
    }
    return labels
  }

  // MARK: Training

  /// Goes over all sentences so often, in an order that the seed and the run give, and averages.
  ///
  /// The weights of several runs are added up.
  public mutating func train(
    run: Int = 0, epochs: Int, report: (_ epoch: Int, _ wrong: Int) -> Void
  ) {
    var random = SplitMix(seed: seed &+ UInt64(run) &* 0x1_0000)
    let shifts = (0..<corpora).map { NameModel.shift(ofCorpus: $0, bits: bits) }
    for epoch in 1...epochs {
      examples.shuffle(using: &random)
      var wrong = 0
      for index in examples.indices {
        seen += 1
        if learn(examples[index], shifts[examples[index].corpus], &random) { wrong += 1 }
      }
      report(epoch, wrong)
    }
    settle()
  }

  /// Takes a sentence; says whether it was read wrong, and the weights moved.
  private mutating func learn(
    _ example: Example, _ shift: UInt32, _ random: inout SplitMix
  ) -> Bool {
    let count = TagFeatures.count
    // What is left out now and then cannot be leant on alone.
    let kept = example.labels.map { _ in ~(random.next() & random.next() & random.next()) }
    let scores = example.labels.indices.map { place in
      var sum = Row()
      for number in 0..<count where kept[place] >> UInt64(number) & 1 == 1 {
        let row = example.rows[place * count + number]
        sum += weights[Int(row)] + weights[Int(row ^ shift)]
      }
      return sum
    }
    let found = BestPath.labels(scores, allowed)
    guard found != example.labels else { return false }
    for (place, (right, wrong)) in zip(example.labels, found).enumerated() {
      if right != wrong {
        for number in 0..<count where kept[place] >> UInt64(number) & 1 == 1 {
          let row = example.rows[place * count + number]
          move(Int(row), right, wrong)
          move(Int(row ^ shift), right, wrong)
        }
      }
      let before = place == 0 ? (7, 7) : (example.labels[place - 1], found[place - 1])
      guard (before.0, right) != (before.1, wrong) else { continue }
      transitions[before.0][right] += 1
      transitionChanges[before.0][right] += seen
      transitions[before.1][wrong] -= 1
      transitionChanges[before.1][wrong] -= seen
    }
    return true
  }

  private mutating func move(_ row: Int, _ right: Int, _ wrong: Int) {
    weights[row][right] += 1
    weights[row][wrong] -= 1
    changes[row][right] += seen
    changes[row][wrong] -= seen
  }

  /// The transitions, and none where a name would go on that was not begun.
  private var allowed: [Row] {
    transitions.indices.map { from in
      var row = transitions[from]
      for to in 0..<8 where to == 7 || !TagLabel.follows(from == 7 ? 0 : from, to) {
        row[to] = -.infinity
      }
      return row
    }
  }

  /// Adds the averages of a run to those before it, and begins anew.
  private mutating func settle() {
    guard seen > 0 else { return }
    for row in weights.indices {
      sums[row] += weights[row] - changes[row] / seen
      weights[row] = Row()
      changes[row] = Row()
    }
    for row in transitions.indices {
      transitionSums[row] += transitions[row] - transitionChanges[row] / seen
      transitions[row] = Row()
      transitionChanges[row] = Row()
    }
    seen = 0
  }

  /// The averaged weights, in bytes: one scale for all.
  public func model(dataDigest: [UInt8]) -> NameModel {
    let largest = sums.reduce(Float(0)) { largest, row in
      (0..<TagLabel.count).reduce(largest) { max($0, abs(row[$1])) }
    }
    let scale = largest == 0 ? 1 : largest / 127
    return NameModel(
      bits: bits, seed: seed, corpora: corpora, scale: scale, dataDigest: dataDigest,
      transitions: transitionSums.flatMap { row in (0..<TagLabel.count).map { row[$0] } },
      weights: sums.flatMap { row in
        (0..<TagLabel.count).map { Int8((row[$0] / scale).rounded()) }
      })
  }
}

/// A generator of the trainer's own, so that its order never changes (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

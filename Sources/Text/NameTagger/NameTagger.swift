/// Finds names by a model's weights (Collins 2002, an averaged structured perceptron).
///
/// Weights of all corpora and of the one whose guideline is followed are added up when it is made, so that
/// a feature is one row.
public struct NameTagger: Sendable {
  private let features: TagFeatures
  private let rows: [SIMD8<Int16>]
  /// To each label, from each label and from the start; -inf where none may follow.
  private let transitions: [SIMD8<Float>]
  private let scale: Float

  /// The tagger of a model that follows the guideline of corpus `guideline`, from 0.
  public init(_ model: NameModel, guideline: Int = 0) {
    features = TagFeatures(bits: model.bits, seed: model.seed)
    scale = model.scale
    let shift = Int(NameModel.shift(ofCorpus: guideline, bits: model.bits))
    func row(_ index: Int) -> SIMD8<Int16> {
      var row = SIMD8<Int16>()
      for label in 0..<TagLabel.count {
        row[label] = Int16(model.weights[index * TagLabel.count + label])
      }
      return row
    }
    rows = (0..<1 << model.bits).map { row($0) &+ row($0 ^ shift) }
    transitions = (0..<8).map { from in
      var next = SIMD8<Float>(repeating: -.infinity)
      for to in 0..<TagLabel.count
      where from == 7 ? TagLabel.follows(0, to) : TagLabel.follows(from, to) {
        next[to] = model.transitions[from * TagLabel.count + to]
      }
      return next
    }
  }

  /// The labels of the tokens of a sentence.
  func labels(of sentence: Range<Int>, in text: MarkedNames) -> [Int] {
    let rows = features.rows(of: sentence, in: text)
    let scores = stride(from: 0, to: rows.count, by: TagFeatures.count).map { start in
      var sum = SIMD8<Int16>()
      for row in rows[start..<start + TagFeatures.count] { sum &+= self.rows[Int(row)] }
      return SIMD8<Float>(sum) * scale
    }
    return BestPath.labels(scores, transitions)
  }
}

/// The best row of labels by the scores of each token and of each step (Viterbi 1967).
enum BestPath {
  static func labels(_ scores: [SIMD8<Float>], _ transitions: [SIMD8<Float>]) -> [Int] {
    guard let first = scores.first else { return [] }
    var best = first + transitions[7]
    best[7] = -.infinity
    var back: [SIMD8<UInt8>] = []
    for score in scores.dropFirst() {
      var next = transitions[0] + best[0]
      var from = SIMD8<UInt8>()
      for label in 1..<TagLabel.count {
        let way = transitions[label] + best[label]
        // Equal ways keep the lower label, so that the same text is tagged the same everywhere.
        let isBetter = way .> next
        next.replace(with: way, where: isBetter)
        for place in 0..<8 where isBetter[place] { from[place] = UInt8(label) }
      }
      best = next + score
      best[7] = -.infinity
      back.append(from)
    }
    var last = 0
    for label in 1..<TagLabel.count where best[label] > best[last] { last = label }
    var labels = [last]
    for from in back.reversed() {
      last = Int(from[last])
      labels.append(last)
    }
    return labels.reversed()
  }
}

extension NameTagger {
  /// What it takes for names, as it stands.
  func names(in text: MarkedNames) -> [NameCandidate] {
    text.text.sentences.flatMap { sentence in
      TagLabel.spans(labels(of: sentence, in: text)).map { tokens, kind in
        NameCandidate(
          tokens: tokens.lowerBound + sentence.lowerBound..<tokens.upperBound + sentence.lowerBound,
          kind: kind, evidence: .tagger)
      }
    }
  }
}

import Core
import FoundationEssentials
import Text

/// Which policy tells the entries of a feed apart, from what the log says and one more document shows.
struct Ladder {
  private let shelf: Shelf
  /// By the operator's word.
  private let held: IdentityPolicy?

  init(_ shelf: Shelf, held: IdentityPolicy?) {
    (self.shelf, self.held) = (shelf, held)
  }

  /// The policy for a document, and the fact that it changes; nil where nothing was ever decided.
  func policy(
    for candidates: [Archive.Candidate], at now: Date
  ) throws -> (policy: IdentityPolicy?, rekeyed: Event?) {
    let known = try Views.identity(of: shelf.feed, in: shelf.db)
    if let held {
      guard let known, known != held else { return (held, nil) }
      let step = Rekeying(to: held, evidence: "identity: in the configuration")
      return (held, event(from: known, [step], now))
    }
    // Nothing of a first document was there before; it finds its own policy, and has no flaw under that.
    guard let start = known else { return (IdentityPolicy.first(for: candidates.map(\.keys)), nil) }
    var (policy, steps) = (start, [Rekeying]())
    while let step = try flaw(of: policy, candidates) {
      policy = step.to
      steps.append(step)
    }
    return (policy, steps.isEmpty ? nil : event(from: start, steps, now))
  }

  private func event(from policy: IdentityPolicy, _ steps: [Rekeying], _ now: Date) -> Event? {
    steps.last.map { last in
      Event(
        at: now,
        .feedRekeyed(
          shelf.feed, from: policy.rawValue, to: last.to.rawValue,
          evidence: steps.map(\.evidence).joined(separator: "; ")))
    }
  }

  private func flaw(
    of policy: IdentityPolicy, _ candidates: [Archive.Candidate]
  ) throws -> Rekeying? {
    if policy == .content { return nil }
    if let flaw = policy.flaw(in: candidates.map(\.keys)) { return flaw }
    if policy == .id, let collision = try collision(candidates) { return collision }
    return try churn(policy, candidates)
  }

  /// An id that stood for another article before: in a feed of one entry no document shows it by itself.
  private func collision(_ candidates: [Archive.Candidate]) throws -> Rekeying? {
    for candidate in candidates where candidate.keys.id != nil {
      let name = candidate.keys.name(in: shelf.feed, by: .id)
      guard let old = try shelf.article(name), Likeness.isAnother(candidate.article, than: old)
      else { continue }
      let before = EntryKeys(
        id: candidate.keys.id, address: old.url.map(AddressKey.of), title: Words(old.title).joined,
        content: ContentKey.of(title: old.title, text: old.text))
      return IdentityPolicy.id.rekeying(toTell: before, from: candidate.keys)
    }
    return nil
  }

  /// Half of a document that is new by its keys and known all the same: ids or addresses come and go.
  private func churn(
    _ policy: IdentityPolicy, _ candidates: [Archive.Candidate]
  ) throws -> Rekeying? {
    var (byAddress, byText) = (0, 0)
    for candidate in candidates {
      // Articles keep the names that better policies gave them.
      let names = IdentityPolicy.allCases.filter { $0 <= policy }
        .map { candidate.keys.name(in: shelf.feed, by: $0) }
      guard try !names.reversed().contains(where: shelf.knows) else { continue }
      if let twin = try shelf.twin(of: candidate.keys), twin.feed == shelf.feed {
        byAddress += 1
      } else if try shelf.copy(of: candidate.article, candidate.keys) != nil {
        byText += 1
      }
    }
    func isHalf(_ count: Int) -> Bool { count >= 2 && count * 2 >= candidates.count }
    let all = "of \(candidates.count) entries"
    if policy <= .idAndAddress, isHalf(byAddress) {
      let evidence = "\(byAddress) \(all) are new by \(policy.rawValue), known by address and title"
      return Rekeying(to: .address, evidence: evidence)
    }
    guard isHalf(byText) else { return nil }
    return Rekeying(
      to: .content, evidence: "\(byText) \(all) are new by \(policy.rawValue), known by their text")
  }
}

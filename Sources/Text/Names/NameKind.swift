/// What a name stands for.
public enum NameKind: String, Hashable, Sendable, CaseIterable {
  case person, organisation, place
}

/// Where in a file of an operator something stands.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  public var file: String
  /// From 1.
  public var line: Int
  /// In Unicode scalars, from 1.
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }
}

/// A fault in what an operator wrote: where, what, and what to do.
public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whether the configuration can be taken all the same.
  public enum Weight: Hashable, Sendable { case error, warning }

  public var place: Place
  public var what: String
  /// What to do about it; empty where that is evident.
  public var fix: String
  public var code: String?
  public var weight: Weight

  public init(
    _ place: Place, _ what: String, fix: String = "", code: String? = nil, weight: Weight = .error
  ) {
    self.place = place
    self.what = what
    self.fix = fix
    self.code = code
    self.weight = weight
  }

  /// One line: `file:line:column: what; what to do [code]`, safe to print.
  public var description: String {
    let head = weight == .warning ? "\(place): warning: " : "\(place): "
    let tail = (fix.isEmpty ? "" : "; " + fix) + (code.map { " [\($0)]" } ?? "")
    return SafeText.line(head + what + tail)
  }
}

/// Several faults, found together and told together.
public struct Faults: Error, Sendable, CustomStringConvertible {
  public var all: [Fault]

  public init(_ all: [Fault]) {
    self.all = all
  }

  public var description: String { all.map(\.description).joined(separator: "\n") }

  /// In the order of the files' lines; files as they first occur.
  public var inOrder: Faults {
    let files = all.reduce(into: [String]()) { files, fault in
      if !files.contains(fault.place.file) { files.append(fault.place.file) }
    }
    return Faults(
      files.flatMap { file in
        all.filter { $0.place.file == file }.sorted {
          ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column)
        }
      })
  }
}

import Core

/// Files of one JSON value a line, as labelled data comes.
enum JSONFile {
  /// What `make` reads of each line.
  ///
  /// - Throws: `Failure` for the first line of which it reads nothing.
  static func values<Value>(
    _ file: String, what: String, fix: String, _ make: (JSONValue) -> Value?
  ) throws -> [Value] {
    try Input.bytes(of: file).split(separator: 0x0A).enumerated().map { number, line in
      guard let value = try? JSONValue(parsing: Array(line)), let made = make(value) else {
        throw Failure("\(file):\(number + 1)", what, fix: fix, code: Exit.badData)
      }
      return made
    }
  }

  /// The value of the first line; nil where the file is of another kind.
  static func first(_ file: String) throws -> JSONValue? {
    guard file.hasSuffix(".jsonl"),
      let line = try Input.bytes(of: file).split(separator: 0x0A, maxSplits: 1).first
    else { return nil }
    return try? JSONValue(parsing: Array(line))
  }
}

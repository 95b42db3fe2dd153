import Core
import FoundationEssentials
import Glibc

/// Reads `tidings.yaml` and the files it includes into one map.
///
/// Lists of several files are joined, maps are merged; a name given twice is a fault that names both
/// places.
struct ConfigurationFiles {
  /// Bytes of one file; a million keywords are about 30 MB.
  static let sizeLimit = 64 << 20
  static let fileLimit = 1_000

  private(set) var faults: [Fault] = []
  private var entries: [ConfigNode.Entry] = []

  /// The merged map of `file` and what it includes.
  ///
  /// - Throws: `Faults` with every fault of every file.
  static func read(_ file: String) throws(Faults) -> ConfigNode {
    var files = ConfigurationFiles()
    files.take(file)
    for included in files.included(by: file) { files.take(included) }
    guard files.faults.isEmpty else { throw Faults(files.faults) }
    return ConfigNode(.map(files.entries), at: Place(file: file, line: 1, column: 1))
  }

  /// The files that `read` reads: `file` and what it includes.
  static func sources(of file: String) -> [String] {
    var files = ConfigurationFiles()
    files.take(file)
    return [file] + files.included(by: file)
  }

  /// The file to read where none is named: `./tidings.yaml` if it is there, else the system's.
  static func find(_ given: String?) -> String {
    if let given { return given }
    return unsafe access("tidings.yaml", F_OK) == 0 ? "tidings.yaml" : "/etc/tidings/tidings.yaml"
  }

  /// Whether there is one to read: given by name, or at its usual places.
  static func isThere(_ given: String?) -> Bool {
    unsafe given != nil || access(find(nil), F_OK) == 0
  }

  private mutating func take(_ file: String) {
    do {
      let node = try YAML.node(of: try Self.text(of: file), file: file)
      guard let more = node.entries else {
        let fix = "write `key: value` lines"
        faults.append(Fault(node.place, "expected a map, found \(node.kind)", fix: fix))
        return
      }
      for entry in more { merge(entry) }
    } catch {
      faults += error.all
    }
  }

  private mutating func merge(_ entry: ConfigNode.Entry) {
    guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
      entries.append(entry)
      return
    }
    switch (entries[index].value.content, entry.value.content) {
    case (.list(let old), .list(let new)):
      entries[index].value.content = .list(old + new)
    case (.map(let old), .map(let new)):
      for inner in new {
        guard let first = old.first(where: { $0.key == inner.key }) else { continue }
        let fix = "rename one; the first is at \(first.keyPlace)"
        faults.append(
          Fault(inner.keyPlace, "'\(inner.key)' is given twice", fix: fix, code: "E205"))
      }
      entries[index].value.content = .map(old + new)
    default:
      let fix = "keep one; the first is at \(entries[index].keyPlace)"
      faults.append(Fault(entry.keyPlace, "'\(entry.key)' is given twice", fix: fix, code: "E205"))
    }
  }

  /// The files that match the patterns under `include:`, in order of their names.
  private mutating func included(by file: String) -> [String] {
    guard let index = entries.firstIndex(where: { $0.key == "include" }) else { return [] }
    let node = entries.remove(at: index).value
    var reader = ConfigReader()
    let folder = Self.folder(of: file)
    var found: [String] = []
    for item in node.list ?? [node] {
      guard let pattern = reader.text(item) else { continue }
      let files = Self.glob(pattern.hasPrefix("/") ? pattern : folder + "/" + pattern)
      // A pattern may meet nothing yet; a file that is named must be there.
      if files.isEmpty, !pattern.contains(where: { "*?[".contains($0) }) {
        reader.fault(item.place, "'\(pattern)' is not there", fix: "make it, or do not include it")
      }
      found += files
    }
    if found.count > Self.fileLimit {
      reader.fault(node.place, "includes over \(Self.fileLimit) files", fix: "join some")
    }
    faults += reader.faults
    return Array(found.prefix(Self.fileLimit))
  }

  /// The folder with lists and models that a configuration names, where it names one.
  static func resources(of node: ConfigNode, in file: String) -> String? {
    node["resources"]?.text.map { path($0, beside: file) }
  }

  /// A path that a file names; one that is not absolute starts at the file's folder.
  static func path(_ text: String, beside file: String) -> String {
    if text.hasPrefix("/") { return text }
    let relative = text.hasPrefix("./") ? String(text.dropFirst(2)) : text
    return folder(of: file) + "/" + relative
  }

  static func folder(of file: String) -> String {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
  }

  private static func text(of file: String) throws(Faults) -> String {
    let start = Place(file: file, line: 1, column: 1)
    let bytes: [UInt8]
    do {
      bytes = try Input.contents(of: file, limit: sizeLimit)
    } catch {
      switch error {
      case .tooLarge:
        throw Faults([Fault(start, "is over 64 MiB", fix: "split it by `include:`")])
      case .unreadable(let reason):
        let fix = "name another with --config, or make it"
        throw Faults([Fault(start, "cannot be read: \(reason)", fix: fix)])
      }
    }
    guard let text = String(bytes: bytes, encoding: .utf8) else {
      throw Faults([Fault(start, "is not UTF-8", fix: "save it as UTF-8")])
    }
    return text
  }

  private static func glob(_ pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe Glibc.glob(pattern, 0, nil, &found) == 0 else { return [] }
    let count = unsafe Int(found.gl_pathc)
    return (0..<count).compactMap { index in
      unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
    }
  }
}

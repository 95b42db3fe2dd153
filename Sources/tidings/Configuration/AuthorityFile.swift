import Core

/// A file of certificates (PEM, RFC 7468) by which a server's own is judged.
enum AuthorityFile {
  /// Bytes of one: that of a machine has a quarter.
  private static let limit = 1 << 20

  /// The path that a configuration names, beside it or anywhere; nil and a fault where no certificate is in it.
  ///
  /// Without one each connection would fail.
  static func path(_ node: ConfigNode, _ reader: inout ConfigReader) -> String? {
    guard let text = reader.text(node) else { return nil }
    let path =
      text.hasPrefix("/") ? text : ConfigurationFiles.folder(of: node.place.file) + "/" + text
    guard let bytes = try? Input.contents(of: path, limit: limit),
      String(decoding: bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----")
    else {
      let fix = "give a readable file with certificates in PEM"
      reader.fault(node.place, "'\(path)' holds no certificate", fix: fix)
      return nil
    }
    return path
  }
}

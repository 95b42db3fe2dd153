import Core

/// Values for programs, a JSON document a line.
enum JSONLines {
  static func show<Value>(_ values: [Value], _ write: (inout JSONWriter, Value) -> Void) {
    for value in values {
      var writer = JSONWriter()
      write(&writer, value)
      Terminal.line(writer.bytes)
    }
  }
}

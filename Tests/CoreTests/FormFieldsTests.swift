import Testing

@testable import Core

@Suite("A form") struct FormFieldsTests {
  @Test func `is written so that it is read back`() {
    var form = FormFields()
    let values = ["https://n.example/?a=1&b=ü", "", "a+b c%25", "\u{0}\r\n;="]
    for (index, value) in values.enumerated() { form.append("f\(index)", value) }
    #expect(form.encoded.hasPrefix("f0=https%3A%2F%2Fn.example%2F%3Fa%3D1%26b%3D%C3%BC&f1=&"))
    let read = FormFields(form.encoded)
    for (index, value) in values.enumerated() { #expect(read["f\(index)"] == value) }
  }

  @Test(
    arguments: [
      ("a=1&a=2", "1"), ("a", ""), ("b=1", nil), ("a=x+y%20z", "x y z"), ("a=%zz%4", "%zz%4"),
      ("=1&&a=%41", "A"), ("a=b=c", "b=c"),
    ] as [(String, String?)]) func `is read however it comes`(query: String, value: String?)
  {
    #expect(FormFields(query)["a"] == value)
  }
}

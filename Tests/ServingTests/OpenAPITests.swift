import Core
import Foundation
import Testing

@testable import Serving

@Suite("The description of the addresses") struct OpenAPITests {
  /// The document as the page gives it.
  static func document() async throws -> JSONValue {
    try JSONValue(parsing: await PageTests.ask("/openapi.json").body)
  }

  /// What is asked at a route: its path with an id that is there, and a query where it wants one.
  static func target(_ route: Route) -> String {
    switch route {
    case .alert: "/alerts/x1"
    case .story: "/stories/s1"
    case .entity, .topic: route.address("Q1/x")
    case .article: "/articles/a1"
    case .trial: "/rules/try?match=gempa"
    case .search: "/search?q=gempa"
    default: route.rawValue
    }
  }

  @Test func `names every address, and none that is not there`() async throws {
    guard case .object(let paths)? = try await Self.document()["paths"] else {
      Issue.record("no paths")
      return
    }
    #expect(paths.map(\.key) == Route.allCases.map(\.rawValue))
    for path in paths.map(\.key) where !Watch.paths.contains(path) {
      let route = try #require(Route(rawValue: path))
      #expect(await PageTests.ask(Self.target(route)).status == 200, "\(path)")
    }
  }

  @Test(arguments: Route.allCases.filter { !Watch.paths.contains($0.rawValue) })
  func `is what each address gives`(route: Route) async throws {
    let document = try await Self.document()
    let content = try #require(
      document["paths"]?[route.rawValue]?["get"]?["responses"]?["200"]?["content"])
    guard case .object(let types) = content else { return }
    for type in types {
      let answer = await PageTests.ask(Self.target(route), ["accept": type.key])
      let given = answer.headers.first { $0.name == "Content-Type" }?.value
      #expect(given == type.key + "; charset=utf-8")
      guard let schema = type.value["schema"] else { continue }
      let faults = Schema(document).faults(in: try JSONValue(parsing: answer.body), schema, "$")
      #expect(faults == [], "\(route)")
    }
  }

  @Test func `refuses what it says it takes only so`() async throws {
    for route in Route.allCases where route.parameters.contains(where: { $0.name == "format" }) {
      let target = Self.target(route)
      let answer = await PageTests.ask(target + (target.contains("?") ? "&" : "?") + "format=x")
      // The first address of all gives JSON in any case.
      #expect(answer.status == (route == .alertsJSON ? 200 : 400), "\(route)")
    }
  }

  @Test(arguments: [
    (#"{"lines":1}"#, "$: mark is missing"),
    (#"{"mark":"x","lines":[{"v":"1"}]}"#, "$.lines[0].v: "),
    (#"{"mark":"x","lines":[],"more":1}"#, "$: more is not described"),
  ]) func `is held against answers by a check that finds faults`(json: String, fault: String) throws
  {
    let schema = try JSONValue(
      parsing: Array(
        """
        {"type":"object","required":["mark"],"properties":{"mark":{"type":"string"},"lines":{"type":"array",\
        "items":{"type":"object","properties":{"v":{"type":"integer"}}}}}}
        """.utf8))
    let faults = Schema(.null).faults(in: try JSONValue(parsing: Array(json.utf8)), schema, "$")
    #expect(faults.contains { $0.hasPrefix(fault) }, "\(faults)")
  }
}

/// As much of JSON Schema as the description uses.
private struct Schema {
  let document: JSONValue

  init(_ document: JSONValue) {
    self.document = document
  }

  /// What of a value is not as described.
  func faults(in value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
    if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
      guard let shape = document["components"]?["schemas"]?[String(name)] else {
        return ["\(place): \(reference) is not there"]
      }
      return faults(in: value, shape, place)
    }
    guard let type = schema["type"]?.string else { return [] }
    switch (type, value) {
    case ("string", .string), ("boolean", .bool), ("number", .number): return []
    case ("integer", .number(let number)) where number == number.rounded(): return []
    case ("array", .array(let values)):
      return values.enumerated().flatMap {
        faults(in: $1, schema["items"] ?? .null, "\(place)[\($0)]")
      }
    case ("object", .object(let fields)): return faults(in: fields, schema, place)
    default: return ["\(place): is no \(type)"]
    }
  }

  private func faults(
    in fields: [JSONValue.Field], _ schema: JSONValue, _ place: String
  ) -> [String] {
    guard let properties = schema["properties"] else { return [] }
    let missing = (schema["required"]?.array ?? []).compactMap(\.string)
      .filter { name in !fields.contains { $0.key == name } }
    return missing.map { "\(place): \($0) is missing" }
      + fields.flatMap { field in
        guard let property = properties[field.key] else {
          return ["\(place): \(field.key) is not described"]
        }
        return faults(in: field.value, property, "\(place).\(field.key)")
      }
  }
}

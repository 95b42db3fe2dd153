// swift-tools-version: 6.2
import PackageDescription

/// What every target is compiled with.
///
/// Warnings are errors where `CI` is set, not on a desk.
let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A library of Tidings and the test target that belongs to it.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ library: Target.Dependency..., named name: String, resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name, dependencies: library + ["Support"], resources: resources, swiftSettings: strict)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
  name: "tidings",
  products: [.executable(name: "tidings", targets: ["tidings"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCRC32C"),
    .systemLibrary(name: "CLinux"),
    library("Core"),
    library("Curl", ["CCurl"]),
    library("EventLog", ["CCRC32C", "CLinux"]),
    library("Text"),
    library("Fetching", ["Core", "Curl", logging]),
    library("Parsing", ["CZlib", "Core", "Text"]),
    library("Projections", ["Core", "EventLog", "Text", grdb]),
    library("Rules", ["Core", "Text"]),
    library("Sending", ["CLinux", "Core", "Curl", logging]),
    library(
      "Serving",
      [
        "Core", "EventLog", "Projections", "Text",
        .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ]),
    .executableTarget(
      name: "tidings",
      dependencies: [
        "CLinux", "Core", "Curl", "EventLog", "Text", "Fetching", "Parsing", "Projections", "Rules",
        "Sending", "Serving", "Yams", grdb, logging,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      resources: [.copy("Resources")], swiftSettings: strict),
    .executableTarget(
      name: "tidings-bench",
      dependencies: [
        "Core", "Curl", "EventLog", "Fetching", "Parsing", "Projections", "Rules", "Support",
        "Text",
        grdb,
      ],
      path: "Tests/Benchmarks", swiftSettings: strict),
    .executableTarget(
      name: "tidings-fuzz", dependencies: ["Core", "Parsing", "Support"], path: "Tests/Fuzz",
      swiftSettings: strict),
    .target(name: "Support", path: "Tests/Support", swiftSettings: strict),
    tests("Core", named: "CoreTests", resources: [.copy("Fixtures")]),
    tests("EventLog", named: "EventLogTests"),
    tests("Curl", named: "CurlTests"),
    tests("Core", "Curl", "Fetching", named: "FetchingTests"),
    tests("Text", named: "TextTests"),
    tests("Core", "Text", "Parsing", named: "ParsingTests"),
    tests("Core", "Text", "Rules", named: "RulesTests"),
    tests("Core", "EventLog", "Text", "Projections", grdb, named: "ProjectionsTests"),
    tests("Core", "Curl", "Sending", logging, named: "SendingTests"),
    tests("Core", "EventLog", "Projections", "Serving", "Text", named: "ServingTests"),
    tests("Core", "EventLog", "Projections", "Rules", "tidings", grdb, named: "EndToEndTests"),
  ]
)

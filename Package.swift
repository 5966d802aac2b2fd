// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "offbook",
  platforms: [.macOS("26.0")],
  products: [
    .library(name: "Offbook", targets: ["Offbook"]),
    .executable(name: "offbook", targets: ["offbook"]),
  ],
  targets: [
    // C libraries. What is heavy to load (libxml2, libzip, uchardet) is opened on first need.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CXML2", cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),
    .target(name: "CZip"),
    .target(name: "CUchardet"),

    .target(name: "ScriptModel"),
    .target(name: "JSONText"),
    .target(
      name: "WorkspaceSchema", path: "Schema",
      resources: [.embedInCode("migrations"), .embedInCode("current.sql")]),
    .target(name: "SQLiteKit", dependencies: ["CSQLite"]),
    .target(name: "ScriptMerge", dependencies: ["ScriptModel"]),
    .target(
      name: "ScriptFormats",
      dependencies: ["ScriptModel", "JSONText", "CXML2", "CZip", "CUchardet"]),
    .target(
      name: "ScriptStore",
      dependencies: ["ScriptModel", "WorkspaceSchema", "SQLiteKit", "ScriptMerge"]),
    .target(
      name: "Offbook",
      dependencies: ["ScriptModel", "ScriptStore", "ScriptMerge", "ScriptFormats"]),
    .target(name: "OffbookCLI", dependencies: ["ScriptModel", "JSONText", "Offbook"]),
    .executableTarget(
      name: "offbook", dependencies: ["OffbookCLI"], path: "Sources/offbook-command"),

    .target(
      name: "TestSupport", dependencies: ["ScriptModel", "JSONText"], path: "Tests/TestSupport"),
    .testTarget(name: "ScriptModelTests", dependencies: ["ScriptModel", "TestSupport"]),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText", "TestSupport"]),
    .testTarget(name: "SQLiteKitTests", dependencies: ["SQLiteKit", "TestSupport"]),
    .target(
      name: "MergeHistories", dependencies: ["ScriptMerge", "ScriptModel"],
      path: "Tests/MergeHistories"),
    .testTarget(
      name: "ScriptMergeTests",
      dependencies: ["ScriptMerge", "ScriptModel", "MergeHistories", "TestSupport"]),
    .executableTarget(
      name: "merge-soak", dependencies: ["MergeHistories"], path: "Tests/merge-soak"),
    .executableTarget(
      name: "merge-benchmark",
      dependencies: ["MergeHistories", "ScriptMerge", "ScriptModel"], path: "Benchmarks/merge"),
    .executableTarget(
      name: "store-benchmark", dependencies: ["Offbook", "ScriptModel"],
      path: "Benchmarks/store/driver"),
    .testTarget(
      name: "ScriptFormatsTests",
      dependencies: ["ScriptFormats", "ScriptModel", "JSONText", "TestSupport"]),
    .testTarget(
      name: "ScriptStoreTests",
      dependencies: ["ScriptStore", "SQLiteKit", "WorkspaceSchema", "ScriptModel", "TestSupport"]),
    .testTarget(
      name: "OffbookTests", dependencies: ["Offbook", "ScriptModel", "JSONText", "TestSupport"]),
    .testTarget(
      name: "OffbookCLITests",
      dependencies: ["OffbookCLI", "offbook", "Offbook", "ScriptModel", "JSONText", "TestSupport"]),
    .testTarget(name: "StructureTests", dependencies: ["TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
  // Rounding in the standard library's inlined code calls libm even where no module imports it.
  target.linkerSettings = [.linkedLibrary("m", .when(platforms: [.linux]))]
}

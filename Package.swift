// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "offbook",
  platforms: [.macOS("26.0")],
  products: [
    .library(name: "Offbook", targets: ["Offbook"]),
    .executable(name: "offbook", targets: ["offbook"]),
    .executable(name: "offbook-simulator", targets: ["offbook-simulator"]),
  ],
  targets: [
    // C libraries. What is heavy to load (libxml2, libzip, uchardet) is opened on first need.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CXML2", cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),
    .target(name: "CZip"),
    .target(name: "CUchardet"),
    .target(name: "CCurl"),
    .target(name: "CXXHash"),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),

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
    .target(name: "BackendAPI", dependencies: ["ScriptModel", "JSONText"]),
    .target(name: "HTTPTransport", dependencies: ["ScriptModel", "BackendAPI", "CCurl"]),
    .target(
      name: "ScriptSync",
      dependencies: [
        "ScriptModel", "JSONText", "ScriptStore", "ScriptMerge", "ScriptFormats", "BackendAPI",
      ]),
    .target(
      name: "Offbook",
      dependencies: [
        "ScriptModel", "JSONText", "ScriptStore", "ScriptMerge", "ScriptFormats", "BackendAPI",
        "HTTPTransport", "ScriptSync", "CXXHash",
      ]),
    .target(name: "OffbookCLI", dependencies: ["ScriptModel", "JSONText", "Offbook"]),
    .executableTarget(
      name: "offbook", dependencies: ["OffbookCLI"], path: "Sources/offbook-command"),
    .target(
      name: "BackendSimulator",
      dependencies: ["ScriptModel", "JSONText", "BackendAPI", "CMicroHTTPD"]),
    .executableTarget(
      name: "offbook-simulator", dependencies: ["BackendSimulator"],
      path: "Sources/offbook-simulator-command"),

    .target(
      name: "TestSupport", dependencies: ["ScriptModel", "JSONText"], path: "Tests/TestSupport"),
    .testTarget(name: "ScriptModelTests", dependencies: ["ScriptModel", "TestSupport"]),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText", "TestSupport"]),
    .testTarget(name: "SQLiteKitTests", dependencies: ["SQLiteKit", "TestSupport"]),
    .target(
      name: "MergeHistories", dependencies: ["ScriptMerge", "ScriptModel", "TestSupport"],
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
      name: "transport-benchmark", dependencies: ["HTTPTransport", "BackendAPI"],
      path: "Benchmarks/transport/driver"),
    .executableTarget(
      name: "draft-benchmark",
      dependencies: ["BackendAPI", "JSONText", "ScriptModel", "ScriptStore", "ScriptSync"],
      path: "Benchmarks/draft/driver"),
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
      name: "OffbookTests",
      dependencies: ["Offbook", "BackendSimulator", "ScriptModel", "JSONText", "TestSupport"]),
    .testTarget(
      name: "OffbookCLITests",
      dependencies: [
        "OffbookCLI", "offbook", "Offbook", "BackendSimulator", "ScriptModel", "JSONText",
        "TestSupport",
      ]),
    .testTarget(
      name: "BackendAPITests",
      dependencies: ["BackendAPI", "ScriptModel", "JSONText", "TestSupport"]),
    .testTarget(
      name: "HTTPTransportTests",
      dependencies: ["HTTPTransport", "BackendAPI", "ScriptModel", "TestSupport"]),
    .testTarget(
      name: "BackendSimulatorTests",
      dependencies: [
        "BackendSimulator", "offbook-simulator", "HTTPTransport", "BackendAPI", "ScriptModel",
        "JSONText", "TestSupport",
      ]),
    .target(
      name: "SyncSimulation",
      dependencies: ["ScriptSync", "ScriptStore", "BackendAPI", "ScriptModel", "JSONText"],
      path: "Tests/SyncSimulation"),
    .executableTarget(
      name: "sync-soak", dependencies: ["SyncSimulation"], path: "Tests/sync-soak"),
    .testTarget(
      name: "ScriptSyncTests",
      dependencies: [
        "ScriptSync", "SyncSimulation", "ScriptStore", "BackendAPI", "ScriptMerge",
        "ScriptFormats", "ScriptModel", "JSONText", "TestSupport",
      ]),
    // The whole engine over sockets, in process and as the command, against the simulator.
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Offbook", "ScriptSync", "ScriptStore", "BackendAPI", "HTTPTransport",
        "BackendSimulator", "ScriptModel", "JSONText", "TestSupport", "offbook",
        "offbook-simulator",
      ]),
    .testTarget(name: "StructureTests", dependencies: ["TestSupport"]),
    // What must hold of the parsers for any bytes; the fuzzer itself is below.
    .target(
      name: "FuzzSubjects",
      dependencies: ["ScriptFormats", "BackendAPI", "ScriptModel", "JSONText"],
      path: "Tests/Fuzzing/Subjects"),
    .testTarget(name: "FuzzingTests", dependencies: ["FuzzSubjects", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// Linked only with `-sanitize=fuzzer`, which `make fuzz` passes: no other build has the target.
if Context.environment["OFFBOOK_FUZZING"] != nil {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzzing/CLibFuzzer"),
    .executableTarget(
      name: "parser-fuzz", dependencies: ["FuzzSubjects", "CLibFuzzer"],
      path: "Tests/Fuzzing/Command"),
  ]
}

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

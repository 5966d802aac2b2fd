import TestSupport
import Testing

/// The C library's own module and what a module may import besides, by folder of its sources.
private let allowedImports: [String: Set<String>] = [
  "Sources/ScriptModel": [],
  "Sources/JSONText": [],
  "Schema": [],
  "Sources/SQLiteKit": ["CSQLite"],
  "Sources/ScriptMerge": ["ScriptModel"],
  "Sources/ScriptFormats": ["ScriptModel", "JSONText", "CXML2", "CZip", "CUchardet"],
  "Sources/ScriptStore": ["ScriptModel", "WorkspaceSchema", "SQLiteKit", "ScriptMerge"],
  "Sources/BackendAPI": ["ScriptModel", "JSONText"],
  "Sources/HTTPTransport": ["ScriptModel", "BackendAPI", "CCurl"],
  "Sources/ScriptSync": [
    "ScriptModel", "JSONText", "ScriptStore", "ScriptMerge", "ScriptFormats", "BackendAPI",
  ],
  "Sources/Offbook": [
    "ScriptModel", "JSONText", "ScriptStore", "ScriptMerge", "ScriptFormats", "BackendAPI",
    "HTTPTransport", "ScriptSync", "CXXHash",
  ],
  "Sources/BackendSimulator": ["ScriptModel", "JSONText", "BackendAPI", "CMicroHTTPD"],
  "Sources/offbook-simulator-command": ["BackendSimulator"],
  "Sources/OffbookCLI": ["ScriptModel", "JSONText", "Offbook"],
  "Sources/offbook-command": ["OffbookCLI"],
]

/// What every module may import: the C library's platform module and parts of the standard library.
private let platformImports: Set<String> = ["Glibc", "Musl", "Darwin", "Synchronization"]

private func importedModule(in row: String) -> String? {
  let words = row.split(separator: " ")
  guard let position = words.firstIndex(of: "import"), position + 1 < words.count else {
    return nil
  }
  let modifiers: Set<Substring> = ["public", "package", "internal", "private", "fileprivate"]
  guard words[..<position].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") }) else {
    return nil
  }
  return String(words[position + 1].prefix { $0 != "." })
}

@Test(arguments: allowedImports.keys.sorted())
func everyModuleImportsOnlyWhatItMay(folder: String) {
  let allowed = (allowedImports[folder] ?? []).union(platformImports)
  for path in SourceTree.files(below: folder, ending: ".swift") {
    for row in SourceTree.rows(of: path) {
      guard let module = importedModule(in: row) else { continue }
      #expect(allowed.contains(module), "\(path) imports \(module)")
    }
  }
}

@Test func everySourceFolderHasItsListOfImports() {
  let folders = Set(
    SourceTree.files(below: "Sources", ending: ".swift").map { path in
      path.split(separator: "/").prefix(2).joined(separator: "/")
    })
  #expect(folders.subtracting(allowedImports.keys).isEmpty)
}

@Test func importRowsAreRecognised() {
  #expect(importedModule(in: "package import ScriptModel") == "ScriptModel")
  #expect(importedModule(in: "  import Glibc") == "Glibc")
  #expect(importedModule(in: "@testable import Offbook") == "Offbook")
  #expect(importedModule(in: "/// can import a file") == nil)
  #expect(importedModule(in: "let name = \"import\"") == nil)
}

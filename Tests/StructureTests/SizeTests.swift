import TestSupport
import Testing

private let longestSourceFile = 400

@Test func sourceFilesAreAboutOneSubject() {
  for folder in ["Sources", "Schema"] {
    for path in SourceTree.files(below: folder, ending: ".swift") {
      let count = SourceTree.rows(of: path).count - 1
      #expect(count <= longestSourceFile, "\(path) has \(count) lines")
    }
  }
}

@Test(arguments: [("README.md", 150), ("CONTRIBUTING.md", 80)])
func aDocumentIsReadInOneGo(path: String, most: Int) {
  let count = SourceTree.rows(of: path).count - 1
  #expect((1...most).contains(count), "\(path) has \(count) lines")
}

@Test func noModuleHoldsATypeOfItsOwnName() {
  for path in SourceTree.files(below: "Sources", ending: ".swift") {
    let module = String(path.split(separator: "/")[1])
    for row in SourceTree.rows(of: path) {
      let words = row.split { $0 == " " || $0 == ":" || $0 == "{" || $0 == "<" }
      for keyword in ["struct", "class", "enum", "actor", "protocol"] {
        guard let position = words.firstIndex(where: { $0 == keyword }) else { continue }
        guard position + 1 < words.count else { continue }
        #expect(words[position + 1] != module, "\(path) declares \(module)")
      }
    }
  }
}

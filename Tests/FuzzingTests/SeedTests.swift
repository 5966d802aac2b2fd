import FuzzSubjects
import TestSupport
import Testing

/// What the fuzzer checks holds of its seeds, and of inputs that it once broke.
struct SeedTests {
  @Test(arguments: Subject.allCases)
  func everySeedKeepsItsProperties(subject: Subject) throws {
    let folder = "Tests/Fuzzing/Seeds/" + subject.rawValue
    let paths = SourceTree.files(below: folder, ending: "")
    #expect(!paths.isEmpty, "\(folder) has no seeds")
    for path in paths {
      let bytes = try #require(TestFile.read(Corpora.packageRoot + "/" + path))
      #expect(throws: Never.self, "\(path)") { try subject.check(bytes) }
      // Every beginning is a file that was cut off.
      for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 50)) {
        #expect(throws: Never.self, "\(path) cut at \(end)") {
          try subject.check(Array(bytes[..<end]))
        }
      }
    }
  }
}

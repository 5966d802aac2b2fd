import ScriptFormats
import TestSupport
import Testing

struct DocumentCorpusTests {
  /// The files whose expected result is not what a reader of the file should get, and why.
  static let exceptions = [
    "OpenXmlPowerTools__HC019-Hidden-Run.docx":
      "the expected text holds a hidden run, which no reader of the file sees"
  ]

  @Test func everyFileOfTheCorporaGivesItsExpectedText() {
    let files = Corpora.files(in: "docx")
    if files.isEmpty { print("DOCX: no corpora here, nothing compared") }
    var right = 0
    for file in files {
      guard let bytes = Corpora.bytes(of: "docx/" + file),
        let expected = ExpectedDocument(file: file)
      else {
        Issue.record("\(file): can't be read, or has no expected result")
        continue
      }
      let result = Result { () throws(FormatError) in
        try DocumentReader.text(of: bytes, options: ReadOptions())
      }
      let problem = expected.problem(result)
      if problem == nil { right += 1 }
      switch (problem, Self.exceptions[file]) {
      case (nil, nil): break
      case (let problem?, nil): Issue.record("\(file): \(problem)")
      case (let problem?, let reason?): print("DOCX: \(file): \(problem) (\(reason))")
      case (nil, .some): Issue.record("\(file) is right by now: take it off the exceptions")
      }
    }
    print("DOCX: \(right) of \(files.count) files as expected")
  }
}

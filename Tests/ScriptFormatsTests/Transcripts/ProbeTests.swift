import ScriptModel
import TestSupport
import Testing
@testable import ScriptFormats
@Test func probeFile() {
  for name in ["/tmp/probe/in.txt", "/tmp/probe/in.md"] {
    guard let bytes = TestFile.read(name) else { continue }
    let d = name.hasSuffix("md") ? MarkdownReader.read(bytes, options: ReadOptions()) : TranscriptReader.read(bytes, options: ReadOptions())
    for i in d.entries.indices { let e = d.entries[i]
      print(e.kind, e.speaker.map { d.speakers[$0] } ?? "-", e.start?.rawValue ?? -1, e.end?.rawValue ?? -1, "|", d.string(at: i).debugDescription) }
    print("notes", d.metadata.notes, d.metadata.duration as Any)
    for f in d.findings { print(f.code, f.line, f.column, f.message) }
  }
}

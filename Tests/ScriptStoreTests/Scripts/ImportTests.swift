import ScriptModel
import ScriptStore
import Testing

private func document() -> ScriptDocument {
  var document = ScriptDocument()
  document.metadata.title = "A\ttitle"
  document.metadata.notes = ["Header", "Footer"]
  document.findings = [
    Finding(severity: .warning, code: "end-before-start", line: 3, column: 1, message: "Kept.")
  ]
  document.append("One", speaker: "Anna", start: Milliseconds(5), end: Milliseconds(-5))
  document.append("Zwei 二", kind: .heading)
  document.append("", kind: .direction, speaker: "Ben")
  return document
}

@Test func anImportIsReadBackAsItCame() throws {
  let fixture = try StoreFixture()
  let bytes: [UInt8] = [0xFF, 0, 1, 2]
  let source = ImportedSource(name: "a.srt", format: .srt, encoding: "UTF-8", bytes: bytes)
  let summary = try fixture.store.importDocument(document(), source: source)
  #expect(summary.title == "A title" && summary.lineCount == 3 && summary.revision == 1)
  let back = try fixture.store.document(summary.id)
  #expect(back.entries.map(\.kind) == [.dialogue, .heading, .direction])
  #expect((0..<3).map { back.string(at: $0) } == ["One", "Zwei 二", ""])
  #expect(back.entries.map(\.start) == [Milliseconds(5), nil, nil])
  #expect(back.entries.map(\.end) == [Milliseconds(-5), nil, nil])
  #expect(back.speakers == ["Anna", "Ben"] && back.entries.map(\.speaker) == [0, nil, 1])
  #expect(ScriptDocument(try fixture.store.script(summary.id)).lineIDs == back.lineIDs)
  #expect(try fixture.store.sourceBytes(of: summary.id) == bytes)
  let record = try #require(try fixture.store.source(of: summary.id))
  #expect(record.findings == document().findings && record.notes == ["Header", "Footer"])
  #expect(record.sha256 == SHA256.digest(of: bytes) && record.format == "srt")
  let log = try fixture.store.log(of: summary.id)
  #expect(log.map(\.kind) == [.import] && log[0].message == "Import a.srt")
  try fixture.expectHealthy()
}

@Test func idsAreKeptWhereTheyAreFree() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["Anna: One", "Two"]).id
  let exported = try fixture.store.document(id)
  let other = try StoreFixture(seed: 9)
  let first = try other.store.importDocument(exported, source: nil)
  #expect(first.id == id)
  #expect(try other.ids(first.id) == exported.lineIDs.compactMap(\.self))
  #expect(try other.store.script(id).speakers.map(\.id) == exported.speakerIDs)
  let second = try other.store.importDocument(exported, source: nil)
  #expect(second.id != id)
  #expect(Set(try other.ids(second.id)).isDisjoint(with: try other.ids(id)))
  try other.expectHealthy()
}

@Test func aDryImportLeavesNothing() throws {
  let fixture = try StoreFixture()
  #expect(try fixture.store.importDocument(document(), source: nil, dryRun: true).lineCount == 3)
  #expect(try fixture.store.scripts().isEmpty && fixture.store.projects().isEmpty)
}

@Test func anExportIsFoundAgainByItsContent() throws {
  let fixture = try StoreFixture()
  let id = try fixture.script(["One"]).id
  let fingerprint = [UInt8](repeating: 1, count: 16)
  try fixture.store.rememberExport(of: id, revision: 1, format: .srt, fingerprint: fingerprint)
  try fixture.store.rememberExport(of: id, revision: 1, format: .srt, fingerprint: fingerprint)
  #expect(try fixture.store.exports(fingerprint: fingerprint).map(\.revision) == [1])
  let other = [UInt8](repeating: 2, count: 16)
  #expect(try fixture.store.exports(fingerprint: other).isEmpty)
}

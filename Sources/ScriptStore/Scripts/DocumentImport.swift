import SQLiteKit
import ScriptModel

/// Writes a document as a new script: lines, index and source in one transaction.
struct DocumentImport {
  let session: Session
  let document: ScriptDocument
  let source: ImportedSource?
  let project: ProjectRow
  let title: String
  let kind: Script.Kind
  /// The kind of the first revision.
  var revision = Revision.Kind.import
  /// What the first revision says; `nil` for `Import` with the source's name.
  var message: String?

  func run() throws -> ScriptRow {
    let metadata = document.metadata
    var id: Script.ID = session.newIdentifier()
    if let given = metadata.scriptID, try isFree("script", given.binding) { id = given }
    // A language that is no tag is the file's mistake, and no reason to refuse the file.
    let language = metadata.language.flatMap { try? session.checkedLanguage($0) }
    let message = message ?? source.map { "Import \($0.name)" } ?? "Import"
    let script = try session.makeScript(
      id: id, project: project, title: title, kind: kind,
      language: language ?? project.project.language, lineCount: document.entries.count,
      revision: revision, message: message)
    let speakers = try speakerRows()
    try insertLines(script.row, speakers: speakers)
    if let source { try keep(source, script: script.row) }
    return script
  }

  private func speakerRows() throws -> [Int64] {
    var rows: [Int64] = []
    for (index, name) in document.speakers.enumerated() {
      let given = index < document.speakerIDs.count ? document.speakerIDs[index] : nil
      // Also a name that a person could not give is left as it is read.
      if let known = try session.speaker(named: name, project: project.row) {
        rows.append(known.row)
        continue
      }
      var id: Speaker.ID?
      if let given, try isFree("speaker", given.binding) { id = given }
      rows.append(try session.makeSpeaker(named: name, project: project.row, id: id).row)
    }
    return rows
  }

  private func insertLines(_ script: Int64, speakers: [Int64]) throws {
    let insert = try session.connection.prepare(LineRow.insert)
    var rows: [Int64] = []
    rows.reserveCapacity(document.entries.count)
    let keys = OrderKey.keys(document.entries.count, between: nil, and: nil)
    let text = document.text
    let all = text.span
    try insert.bind(script, at: 2)
    try insert.bind(0, at: 3)
    try insert.bind(1, at: 10)
    for (number, entry) in document.entries.enumerated() {
      let id = try lineID(number).inlineBytes
      let key = keys[number].bytes
      try insert.bind(blob: id.span, at: 1)
      try insert.bind(blob: key.span, at: 4)
      try insert.bind(LineRow.code(of: entry.kind), at: 5)
      let speaker = entry.speaker.flatMap { speakers.indices.contains($0) ? speakers[$0] : nil }
      try insert.bind(speaker, at: 6)
      try insert.bind(entry.start?.rawValue, at: 7)
      try insert.bind(entry.end?.rawValue, at: 8)
      let range = entry.text.clamped(to: 0..<text.count)
      let line = all.extracting(range)
      try insert.bind(text: line, at: 9)
      try insert.run()
      rows.append(session.connection.lastInsertedRow)
    }
    try indexLines(rows)
  }

  /// Indexes all lines in one go, after the last of them: their pages stay in the processor's cache.
  private func indexLines(_ rows: [Int64]) throws {
    let index = try session.searchIndex()
    let text = document.text
    let all = text.span
    for (row, entry) in zip(rows, document.entries) {
      let range = entry.text.clamped(to: 0..<text.count)
      let line = all.extracting(range)
      if isPlain(line) {
        try index.addPlain(row, text: line)
      } else {
        try index.add(row, text: Array(text[range]))
      }
    }
  }

  private func lineID(_ number: Int) throws -> Line.ID {
    if number < document.lineIDs.count, let given = document.lineIDs[number],
      try isFree("line", given.binding)
    {
      return given
    }
    return session.newIdentifier()
  }

  private func isFree(_ table: String, _ id: Binding) throws -> Bool {
    try session.connection.integer("SELECT count(*) FROM \(table) WHERE uuid = ?", id) == 0
  }

  private func keep(_ source: ImportedSource, script: Int64) throws {
    let id: Identifier<SourceRecord> = session.newIdentifier()
    try session.connection.run(
      insertSource, id.binding, .integer(project.row), .integer(script), .text(source.name),
      .text(source.format.rawValue), .text(source.encoding),
      .blob(SHA256.digest(of: source.bytes)), .blob(source.bytes))
    let row = session.connection.lastInsertedRow
    for (ordinal, finding) in document.findings.enumerated() {
      try session.connection.run(
        insertFinding, .integer(row), .integer(Int64(ordinal)), .text(finding.severity.rawValue),
        .text(finding.code), .integer(Int64(finding.line)), .integer(Int64(finding.column)),
        .text(finding.message))
    }
    for (ordinal, note) in document.metadata.notes.enumerated() {
      try session.connection.run(
        insertNote, .integer(row), .integer(Int64(ordinal)), .text(note))
    }
  }
}

/// Whether a text needs no treatment before it is indexed: no markup and no character of a script
/// without spaces, all of which begin with a byte of 0xE0 or more.
private func isPlain(_ text: Span<UInt8>) -> Bool {
  for index in 0..<text.count {
    let byte = text[index]
    if byte >= 0xE0 || byte == UInt8(ascii: "<") { return false }
  }
  return true
}

private let insertSource = """
  INSERT INTO source (uuid, project, script, name, format, encoding, sha256, bytes)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  """
private let insertFinding = """
  INSERT INTO source_finding (source, ordinal, severity, code, line, "column", message)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  """
private let insertNote = "INSERT INTO source_note (source, ordinal, text) VALUES (?, ?, ?)"

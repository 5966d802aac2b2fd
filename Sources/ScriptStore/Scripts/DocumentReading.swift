import SQLiteKit
import ScriptModel

/// Reads a script's rows into one document, without a string a line.
struct DocumentReading {
  let session: Session

  func document(_ script: ScriptRow) throws -> ScriptDocument {
    var document = ScriptDocument()
    document.metadata.title = script.title
    document.metadata.kind = script.kind
    document.metadata.language = script.language
    document.metadata.scriptID = script.id
    document.metadata.projectID = script.projectID
    document.metadata.revision = script.revision
    document.entries.reserveCapacity(script.lineCount)
    document.lineIDs.reserveCapacity(script.lineCount)
    var speakers: [Int64: Int] = [:]
    try session.connection.forEach(lines, [.integer(script.row)]) { row in
      let offset = document.text.count
      row.withBytes(4) { text in
        text.withUnsafeBufferPointer { document.text.append(contentsOf: $0) }
      }
      var speaker: Int?
      if let key = row.optionalInteger(2) {
        if let known = speakers[key] {
          speaker = known
        } else {
          let found = try session.speakerRow(key).speaker
          speakers[key] = document.speakers.count
          speaker = document.speakers.count
          document.speakers.append(found.name)
          document.speakerIDs.append(found.id)
        }
      }
      document.entries.append(
        ScriptDocument.Entry(
          text: offset..<document.text.count, kind: LineRow.kind(of: row.integer(1)),
          speaker: speaker, start: row.milliseconds(3), end: row.milliseconds(5)))
      document.lineIDs.append(row.identifier(0))
    }
    return document
  }
}

private let lines = """
  SELECT uuid, kind, speaker, start, text, "end" FROM line
  WHERE script = ? AND deleted = 0 ORDER BY position, id
  """

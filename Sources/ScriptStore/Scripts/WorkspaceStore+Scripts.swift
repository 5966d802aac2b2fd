import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Lists the scripts, of one project or of all, in the order of their making.
  package func scripts(in project: Project.ID? = nil) throws(StoreError) -> [ScriptSummary] {
    try read { session in
      guard let project else {
        return try session.connection.all(
          ScriptRow.query + " WHERE script.deleted = 0 ORDER BY script.id"
        ) { ScriptRow($0).summary }
      }
      return try session.connection.all(
        ScriptRow.query + " WHERE script.deleted = 0 AND script.project = ? ORDER BY script.id",
        .integer(try session.project(project).row)
      ) { ScriptRow($0).summary }
    }
  }

  /// Finds the script with that id, unique id prefix (4 characters or more) or title.
  package func script(
    matching reference: String, in project: Project.ID? = nil
  ) throws(StoreError) -> ScriptSummary {
    try read { try $0.script(matching: reference, in: project, deleted: false).summary }
  }

  /// Finds a deleted script by id, unique id prefix or title.
  package func deletedScript(matching reference: String) throws(StoreError) -> ScriptSummary {
    try read { try $0.script(matching: reference, in: nil, deleted: true).summary }
  }

  /// Tells what a list shows of a script.
  package func summary(of id: Script.ID) throws(StoreError) -> ScriptSummary {
    try read { try $0.script(id).summary }
  }

  /// Makes a script without lines; without a project it goes into the one named `Scripts`.
  package func createScript(
    titled title: String, in project: Project.ID? = nil, kind: Script.Kind = .script
  ) throws(StoreError) -> ScriptSummary {
    try write { session in
      let title = try PersonalName.checked(title, what: "The title of a script")
      let project = try session.projectOrDefault(project)
      return try session.makeScript(
        id: session.newIdentifier(), project: project, title: title, kind: kind,
        language: project.project.language, lineCount: 0, revision: .create, message: "New script"
      ).summary
    }
  }

  /// Makes a script of a document, with the file that it was read from kept whole.
  ///
  /// Ids in the document are kept where they are free. A dry run does everything, then takes it back.
  ///
  /// - Parameter title: `nil` for the document's own, else the source's name.
  /// - Parameter numbersTitle: whether a title that is taken gets a number: `talk (2)`.
  /// - Throws: `invalidValue` for an unusable title, `notFound` for the project, `diskFull`.
  package func importDocument(
    _ document: ScriptDocument, source: ImportedSource?, into project: Project.ID? = nil,
    title: String? = nil, numbersTitle: Bool = false, kind: Script.Kind? = nil,
    dryRun: Bool = false
  ) throws(StoreError) -> ScriptSummary {
    try write(keeps: !dryRun) { session in
      let wanted =
        try title.map { try PersonalName.checked($0, what: "The title of a script") }
        ?? (document.metadata.title ?? source?.name).flatMap { PersonalName.usable($0) }
        ?? "Untitled"
      let title = numbersTitle ? try session.freeTitle(wanted) : wanted
      let project = try session.projectOrDefault(project)
      return try DocumentImport(
        session: session, document: document, source: source, project: project, title: title,
        kind: kind ?? document.metadata.kind ?? .transcript
      ).run().summary
    }
  }

  /// Reads a script with all its lines, as it stands or as it stood at a revision.
  package func script(
    _ id: Script.ID, at revision: Int? = nil
  ) throws(StoreError) -> Script {
    try read { session in
      let row = try session.script(id)
      if let revision, revision != row.revision {
        return try ScriptHistory(session: session, script: row).script(at: revision)
      }
      return try session.current(row)
    }
  }

  /// Reads a script as a document straight from its rows, with all ids, for an export.
  package func document(_ id: Script.ID) throws(StoreError) -> ScriptDocument {
    try read { session in try DocumentReading(session: session).document(session.script(id)) }
  }

  /// Takes a script out of all lists; `undo` brings it back.
  package func deleteScript(
    _ id: Script.ID, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(id, kind: .delete, dryRun: dryRun) { edit in
      try edit.change(.scriptDeleted, of: edit.script.row, to: .integer(1))
      return "Delete the script"
    }
  }

  /// The bytes of the file that a script was made of; `nil` where it was made without one.
  package func sourceBytes(of id: Script.ID) throws(StoreError) -> [UInt8]? {
    try read { session in
      try session.connection.first(
        "SELECT bytes FROM source WHERE script = ?", .integer(try session.script(id).row)
      ) { $0.bytes(0) }
    }
  }
}

extension Session {
  /// The title, with the first number behind it that makes it one that no script has.
  func freeTitle(_ title: String) throws -> String {
    let titles = try connection.all("SELECT title FROM script WHERE deleted = 0") { $0.text(0) }
    let taken = Set(titles)
    guard taken.contains(title) else { return title }
    var number = 2
    while taken.contains("\(title) (\(number))") { number += 1 }
    return "\(title) (\(number))"
  }

  /// Puts a script together from its row and lines in order, with the names that speakers have now.
  func assembled(
    _ script: ScriptRow, lines: [LineRow], revision: Int? = nil, names: [Int64: String] = [:],
    title: String? = nil
  ) throws -> Script {
    var cast = ScriptCast(session: self, names: names)
    let result = try lines.map { line in
      Line(
        id: line.id, kind: line.kind, speaker: try line.speaker.map { try cast.id(of: $0) },
        start: line.start, end: line.end, text: line.text)
    }
    return Script(
      id: script.id, projectID: script.projectID, title: title ?? script.title, kind: script.kind,
      language: script.language, revision: revision ?? script.revision, speakers: cast.speakers,
      lines: result)
  }

  /// Puts a script together as it stands, each line straight from its row.
  func current(_ script: ScriptRow) throws -> Script {
    var cast = ScriptCast(session: self, names: [:])
    var lines: [Line] = []
    lines.reserveCapacity(script.lineCount)
    try connection.forEach(currentLines, [.integer(script.row)]) { row in
      lines.append(
        Line(
          id: row.identifier(0), kind: LineRow.kind(of: row.integer(1)),
          speaker: try row.optionalInteger(2).map { try cast.id(of: $0) },
          start: row.milliseconds(3), end: row.milliseconds(4), text: row.text(5)))
    }
    return Script(
      id: script.id, projectID: script.projectID, title: script.title, kind: script.kind,
      language: script.language, revision: script.revision, speakers: cast.speakers, lines: lines)
  }
}

/// The speakers of a script in the order of their first line, each read once.
private struct ScriptCast {
  let session: Session
  /// The names of a past state, by row.
  let names: [Int64: String]
  private(set) var speakers: [Speaker] = []
  private var places: [Int64: Int] = [:]

  init(session: Session, names: [Int64: String]) {
    self.session = session
    self.names = names
  }

  mutating func id(of row: Int64) throws -> Speaker.ID {
    if let place = places[row] { return speakers[place].id }
    var speaker = try session.speakerRow(row).speaker
    if let name = names[row] { speaker.name = name }
    places[row] = speakers.count
    speakers.append(speaker)
    return speaker.id
  }
}

private let currentLines = """
  SELECT uuid, kind, speaker, start, "end", text FROM line
  WHERE script = ? AND deleted = 0 ORDER BY position, id
  """

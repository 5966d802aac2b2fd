import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Lists the cast of a project with line counts, of all its scripts or of one.
  package func cast(
    of project: Project.ID, in script: Script.ID? = nil
  ) throws(StoreError) -> [CastMember] {
    try read { session in
      let project = try session.project(project)
      let script = try script.map { try session.script($0).row }
      var counts: [Int64: Int] = [:]
      try session.connection.forEach(
        script == nil ? countsInProject : countsInScript, [.integer(script ?? project.row)]
      ) { row in counts[row.integer(0)] = Int(row.integer(1)) }
      return try session.liveSpeakers(project: project.row).compactMap { member in
        let count = counts[member.row] ?? 0
        return script != nil && count == 0
          ? nil : CastMember(speaker: member.speaker, lineCount: count)
      }
    }
  }

  /// Lists the speakers of a project, without counting their lines.
  package func speakers(of project: Project.ID) throws(StoreError) -> [Speaker] {
    try read { session in
      try session.liveSpeakers(project: session.project(project).row).map(\.speaker)
    }
  }

  /// Finds the speaker with that id, unique id prefix or name (letter case aside) in a cast.
  package func speaker(
    matching reference: String, in project: Project.ID
  ) throws(StoreError) -> Speaker {
    try read { session in
      try session.speaker(matching: reference, project: session.project(project).row).speaker
    }
  }

  /// Renames a speaker in all scripts of the project; each gets a revision.
  ///
  /// - Throws: `alreadyExists` where another speaker has that name: `mergeSpeakers` joins the two.
  package func renameSpeaker(
    _ name: String, to newName: String, in project: Project.ID, dryRun: Bool = false
  ) throws(StoreError) -> [EditOutcome] {
    try write(keeps: !dryRun) { session in
      try CastEditing(session: session, project: session.project(project).row, dryRun: dryRun)
        .rename(name, to: newName)
    }
  }

  /// Gives all lines of one speaker to another in all scripts of the project.
  package func mergeSpeakers(
    _ name: String, into other: String, in project: Project.ID, dryRun: Bool = false
  ) throws(StoreError) -> [EditOutcome] {
    try write(keeps: !dryRun) { session in
      try CastEditing(session: session, project: session.project(project).row, dryRun: dryRun)
        .merge(name, into: other)
    }
  }

  /// Gives lines to a speaker; a new name joins the cast, an empty one takes the speaker away.
  package func assignSpeaker(
    _ name: String, to lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, kind: .speaker, dryRun: dryRun) { edit in
      let speaker = try edit.session.speakerID(called: name, in: edit)
      try LineEditing(edit: edit).apply(lines.map { .setSpeaker($0, speaker) })
      return speaker == nil ? "Take the speaker away" : "Assign \(name)"
    }
  }
}

extension Session {
  /// The speaker whom an edit names: a new name joins the cast, an empty one is nobody.
  func speakerID(called name: String, in edit: ScriptEdit) throws -> Speaker.ID? {
    if name.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return nil }
    let name = try PersonalName.checked(name, what: "The name of a speaker")
    if let known = try speaker(called: name, project: edit.script.project) {
      return known.speaker.id
    }
    return try edit.addSpeaker(named: name).speaker.id
  }
}

private let countsInProject = """
  SELECT speaker.id, count(*) FROM speaker
  JOIN line ON line.speaker = speaker.id AND line.deleted = 0
  JOIN script ON script.id = line.script AND script.deleted = 0
  WHERE speaker.project = ? GROUP BY speaker.id
  """
private let countsInScript = """
  SELECT speaker, count(*) FROM line
  WHERE script = ? AND deleted = 0 AND speaker IS NOT NULL GROUP BY speaker
  """

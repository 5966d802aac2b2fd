import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Applies any edits as one revision.
  ///
  /// - Throws: `notFound` for a line that is not there, `alreadyExists` for an id that is taken.
  package func apply(
    _ edits: [LineEdit], to script: Script.ID, kind: Revision.Kind = .edit, message: String,
    dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, kind: kind, dryRun: dryRun) { edit in
      try LineEditing(edit: edit).apply(edits)
      return message
    }
  }

  /// Adds a line behind another, or at the end.
  ///
  /// - Parameter speaker: a name; a new one joins the cast, an empty one is nobody.
  package func addLine(
    to script: Script.ID, after line: Line.ID? = nil, isFirst: Bool = false, text: String,
    speaker: String? = nil, start: Milliseconds? = nil, end: Milliseconds? = nil,
    kind: Line.Kind = .dialogue, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, dryRun: dryRun) { edit in
      let speaker = try speaker.flatMap { try edit.session.speakerID(called: $0, in: edit) }
      let added = Line(
        id: edit.session.newIdentifier(), kind: kind, speaker: speaker, start: start, end: end,
        text: try LineText.checked(text))
      let place = isFirst ? nil : try line ?? edit.session.lastLine(of: edit.script.row)
      try LineEditing(edit: edit).apply([.insert(added, after: place)])
      return "Add a line"
    }
  }

  /// Changes fields of a line; what is `nil` stays as it is.
  ///
  /// - Parameter speaker: a name; a new one joins the cast, an empty one takes the speaker away.
  package func setLine(
    _ line: Line.ID, in script: Script.ID, text: String? = nil, speaker: String? = nil,
    start: Milliseconds?? = nil, end: Milliseconds?? = nil, kind: Line.Kind? = nil,
    dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, dryRun: dryRun) { edit in
      var edits: [LineEdit] = []
      if let text { edits.append(.setText(line, try LineText.checked(text))) }
      if let speaker {
        edits.append(.setSpeaker(line, try edit.session.speakerID(called: speaker, in: edit)))
      }
      if let start { edits.append(.setStart(line, start)) }
      if let end { edits.append(.setEnd(line, end)) }
      if let kind { edits.append(.setKind(line, kind)) }
      try LineEditing(edit: edit).apply(edits)
      return "Change line \(try edit.report.numberBefore(edit.liveLine(line)))"
    }
  }

  /// Takes lines out.
  package func deleteLines(
    _ lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, dryRun: dryRun) { edit in
      let unique = lines.filter(uniqueness())
      try LineEditing(edit: edit).apply(unique.map { .delete($0) })
      return unique.count == 1 ? "Delete a line" : "Delete \(unique.count) lines"
    }
  }

  /// Puts lines behind another, or first of all, in the order that they are given in.
  package func moveLines(
    _ lines: [Line.ID], in script: Script.ID, after line: Line.ID?, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, dryRun: dryRun) { edit in
      let unique = lines.filter(uniqueness())
      if let line, unique.contains(line) {
        throw StoreError(.invalidValue, "A line can't be put behind itself")
      }
      var previous = line
      var edits: [LineEdit] = []
      for id in unique {
        edits.append(.move(id, after: previous))
        previous = id
      }
      try LineEditing(edit: edit).apply(edits)
      return unique.count == 1 ? "Move a line" : "Move \(unique.count) lines"
    }
  }

  /// Cuts a line in two before the only occurrence of some words.
  ///
  /// - Throws: `invalidValue` where the words do not occur once, or at the text's very beginning.
  package func splitLine(
    _ line: Line.ID, in script: Script.ID, before words: String, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, dryRun: dryRun) { edit in
      let found = try edit.liveLine(line)
      return try LineEditing(edit: edit).split(
        found, at: LineText.onlyOffset(of: words, in: found.text))
    }
  }

  /// Cuts a line in two after so many visible characters: tags do not count.
  ///
  /// - Throws: `invalidValue` where there is nothing on one side of the cut.
  package func splitLine(
    _ line: Line.ID, in script: Script.ID, afterCharacters count: Int, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, dryRun: dryRun) { edit in
      let found = try edit.liveLine(line)
      guard let offset = LineText.offset(afterVisible: count, in: found.text) else {
        throw StoreError(
          .invalidValue, "The line can't be cut after \(count) characters",
          fix: "It has \(Markup.plain(found.text).count) characters.")
      }
      return try LineEditing(edit: edit).split(found, at: offset)
    }
  }

  /// Makes neighbouring lines one, which keeps the first's id and speaker.
  ///
  /// - Throws: `invalidValue` where they are fewer than two or not neighbours.
  package func joinLines(
    _ lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(StoreError) -> EditOutcome {
    try edit(script, dryRun: dryRun) { edit in
      try LineEditing(edit: edit).join(lines.filter(uniqueness()))
    }
  }

  /// Does one revision's work on a script; the body says what it did.
  func edit(
    _ script: Script.ID, kind: Revision.Kind = .edit, dryRun: Bool,
    _ body: (ScriptEdit) throws -> String
  ) throws(StoreError) -> EditOutcome {
    try write(keeps: !dryRun) { session in
      let edit = ScriptEdit(session, script: try session.script(script))
      let message = try body(edit)
      return try edit.outcome(edit.finish(kind: kind, message: message), dryRun: dryRun)
    }
  }
}

/// A filter that lets each value through once.
private func uniqueness() -> (Line.ID) -> Bool {
  var seen: Set<Line.ID> = []
  return { seen.insert($0).inserted }
}

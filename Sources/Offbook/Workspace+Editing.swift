public import ScriptModel
import ScriptStore

extension Workspace {
  /// Adds a line first of all, behind another, or at the end.
  public func addLine(
    to script: Script.ID, after line: Line.ID? = nil, isFirst: Bool = false, fields: LineFields,
    dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.addLine(
        to: script, after: line, isFirst: isFirst, text: fields.text ?? "",
        speaker: fields.speaker, start: fields.start ?? nil, end: fields.end ?? nil,
        dryRun: dryRun)
    }
  }

  /// Changes fields of a line.
  public func setLine(
    _ line: Line.ID, in script: Script.ID, fields: LineFields, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.setLine(
        line, in: script, text: fields.text, speaker: fields.speaker, start: fields.start,
        end: fields.end, dryRun: dryRun)
    }
  }

  /// Takes lines out.
  public func deleteLines(
    _ lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.deleteLines(lines, in: script, dryRun: dryRun)
    }
  }

  /// Cuts a line in two; the time between is shared out by the length of the texts.
  ///
  /// - Throws: `invalidValue` where there is nothing on one side of the cut.
  public func splitLine(
    _ line: Line.ID, in script: Script.ID, at point: SplitPoint, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      switch point {
      case .text(let words):
        try store.splitLine(line, in: script, before: words, dryRun: dryRun)
      case .offset(let count):
        try store.splitLine(line, in: script, afterCharacters: count, dryRun: dryRun)
      }
    }
  }

  /// Makes neighbouring lines one, which keeps the first's id and speaker.
  public func joinLines(
    _ lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.joinLines(lines, in: script, dryRun: dryRun)
    }
  }

  /// Puts lines behind another, or first of all, in the order that they have.
  public func moveLines(
    _ lines: [Line.ID], in script: Script.ID, after line: Line.ID?, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.moveLines(lines, in: script, after: line, dryRun: dryRun)
    }
  }

  /// Applies any edits as one revision.
  public func apply(
    _ edits: [LineEdit], to script: Script.ID, message: String, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.apply(edits, to: script, message: message, dryRun: dryRun)
    }
  }

  /// Shifts and stretches the times of lines, or of all where `lines` is `nil`.
  ///
  /// - Throws: `invalidValue` where a time would overflow.
  public func retime(
    _ script: Script.ID, lines: [Line.ID]? = nil, by retiming: Retiming, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.retime(
        script, lines: lines, shift: retiming.shift, numerator: retiming.numerator,
        denominator: retiming.denominator, dryRun: dryRun)
    }
  }

  /// Replaces text in scripts; each that changes gets a revision.
  public func replace(
    _ pattern: ReplacementPattern, in scripts: [Script.ID], dryRun: Bool = false
  ) throws(WorkspaceError) -> [EditOutcome] {
    try translating { () throws(StoreError) in
      try store.replace(
        pattern.pattern, with: pattern.replacement,
        isRegularExpression: pattern.isRegularExpression, ignoresCase: pattern.ignoresCase,
        in: scripts, dryRun: dryRun)
    }
  }
}

// MARK: - Speakers

extension Workspace {
  /// Lists the cast of a project with line counts, of all its scripts or of one.
  public func cast(
    of project: Project.ID, in script: Script.ID? = nil
  ) throws(WorkspaceError) -> [CastMember] {
    try translating { () throws(StoreError) in try store.cast(of: project, in: script) }
  }

  /// Renames a speaker in all scripts of the project; each gets a revision.
  ///
  /// - Throws: `alreadyExists` where another speaker has that name: `mergeSpeakers` joins the two.
  public func renameSpeaker(
    _ name: String, to newName: String, in project: Project.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> [EditOutcome] {
    try translating { () throws(StoreError) in
      try store.renameSpeaker(name, to: newName, in: project, dryRun: dryRun)
    }
  }

  /// Gives all lines of one speaker to another in all scripts of the project.
  public func mergeSpeakers(
    _ name: String, into other: String, in project: Project.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> [EditOutcome] {
    try translating { () throws(StoreError) in
      try store.mergeSpeakers(name, into: other, in: project, dryRun: dryRun)
    }
  }

  /// Gives lines to a speaker; a new name joins the cast, an empty one takes the speaker away.
  public func assignSpeaker(
    _ name: String, to lines: [Line.ID], in script: Script.ID, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    try translating { () throws(StoreError) in
      try store.assignSpeaker(name, to: lines, in: script, dryRun: dryRun)
    }
  }
}

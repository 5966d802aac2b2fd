import SQLiteKit
package import ScriptModel

/// What the merge of a track starts from, all read in one transaction.
package struct PullState: Sendable {
  /// What both sides last agreed on, as `PullResult.base` gave it; empty before the first time.
  package var base: [UInt8]
  /// The script as it stands.
  package var current: Script
  /// Its conflicts that wait for a decision.
  package var open: [Conflict]
  /// What it agreed on with the track of a session that is over; empty for nothing.
  package var former: [UInt8]

  /// Creates a state from its parts.
  package init(
    base: [UInt8], current: Script, open: [Conflict] = [], former: [UInt8] = []
  ) {
    self.base = base
    self.former = former
    self.current = current
    self.open = open
  }
}

/// What the merge of a track makes of a script and of the base.
package struct PullResult: Sendable {
  /// The script as it is to be; `nil` where nothing changes in it.
  package var transformation: ScriptTransformation?
  /// The new base, in a form that only its writer reads.
  package var base: [UInt8]
  /// Whether the script, as it is to be, equals the base: there is nothing to send.
  package var agrees: Bool

  /// Creates a result from its parts.
  package init(transformation: ScriptTransformation?, base: [UInt8], agrees: Bool) {
    self.transformation = transformation
    self.base = base
    self.agrees = agrees
  }
}

extension WorkspaceStore {
  /// Merges a track into its script: lines, revision, conflicts, binding and base in one transaction.
  ///
  /// A merge that changes nothing makes no revision, and still stores the base.
  /// - Parameter observation: the SHA-256 of the kept state that the track was read from.
  /// - Throws: `conflict` for a session that is over or a state that is not kept, `alreadyExists` for
  ///   a track that is another script, and what the body throws; then nothing is stored.
  package func pull(
    into script: Script.ID, trackKey: String, session: BackendSession.ID, observation: [UInt8],
    message: String, dryRun: Bool = false, _ body: (PullState) throws -> PullResult
  ) throws(StoreError) -> EditOutcome {
    try write(keeps: !dryRun) { store in
      let row = try store.script(script)
      let live = try store.liveSession(session, of: row.project)
      let seen = try store.keptObservation(observation)
      let isBound = try store.binding(of: row.row)?.session == live.row
      let current = try store.current(row)
      let result = try body(
        PullState(
          base: isBound ? store.base(of: row.row) : [], current: current,
          open: store.openConflicts(of: row.row),
          former: isBound ? [] : store.formerBase(of: row.row)))
      let edit = ScriptEdit(store, script: row)
      var revision: Revision?
      if let transformation = result.transformation {
        var merging = ScriptMerging(edit: edit)
        revision = try merging.run(
          from: current, to: transformation, kind: .sync, message: message)
      }
      try store.bind(
        row, to: trackKey, session: live.row, observation: seen, base: result.base,
        agreedRevision: result.agrees ? revision?.sequence ?? row.revision : nil)
      return try edit.outcome(revision, dryRun: dryRun)
    }
  }

  /// Makes a script of a track that none is bound to, and binds it, in one transaction.
  ///
  /// A title that is taken gets a number. Speakers of the project's cast are found by their names.
  /// - Parameter source: the reply that the words were read from, where there was one.
  /// - Parameter observation: the SHA-256 of the kept state that the track was read from.
  /// - Parameter base: given the script as it was made, with its ids; gives the base's bytes.
  /// - Throws: as `pull`; then there is no script either.
  package func adopt(
    _ document: ScriptDocument, source: ImportedSource? = nil, title: String,
    in project: Project.ID, trackKey: String, session: BackendSession.ID, observation: [UInt8],
    base: (Script) throws -> [UInt8]
  ) throws(StoreError) -> ScriptSummary {
    try write { store in
      let project = try store.project(project)
      let live = try store.liveSession(session, of: project.row)
      let seen = try store.keptObservation(observation)
      let made = try DocumentImport(
        session: store, document: document, source: source, project: project,
        title: store.freeTitle(PersonalName.usable(title) ?? "Untitled"),
        kind: document.metadata.kind ?? .transcript, revision: .sync,
        message: "Take over from the session"
      ).run()
      try store.bind(
        made, to: trackKey, session: live.row, observation: seen,
        base: base(store.current(made)), agreedRevision: made.revision)
      return try store.scriptRow(made.row).summary
    }
  }

  /// Binds a script to a track that it is to become, with nothing agreed on yet.
  ///
  /// One that is bound to that track already keeps its base.
  /// - Throws: `conflict` for a session that is over, `alreadyExists` for another script's track.
  package func bind(
    _ script: Script.ID, trackKey: String, session: BackendSession.ID
  ) throws(StoreError) {
    try write { store in
      let row = try store.script(script)
      let live = try store.liveSession(session, of: row.project)
      if let known = try store.binding(of: row.row), known.session == live.row,
        known.trackKey.utf8.elementsEqual(trackKey.utf8)
      {
        return
      }
      try store.bind(
        row, to: trackKey, session: live.row, observation: nil, base: [], agreedRevision: nil)
    }
  }

  /// Unties a script from its track, as one that the service no longer has; what it holds stays.
  package func unbind(_ script: Script.ID) throws(StoreError) {
    try write { store in
      let row = try store.script(script, deleted: true)
      guard let binding = try store.binding(of: row.row) else { return }
      try store.connection.run(
        "DELETE FROM track_binding WHERE script = ?", .integer(row.row))
      if let observation = binding.observation { try store.dropObservation(observation) }
    }
  }
}

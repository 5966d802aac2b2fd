package import ScriptModel

/// What the merge of a track starts from, all read in one transaction.
package struct PullState: Sendable {
  /// What both sides last agreed on, as `PullResult.base` gave it; empty before the first time.
  package var base: [UInt8]
  /// The script as it stands.
  package var current: Script
  /// Its conflicts that wait for a decision.
  package var open: [Conflict]
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
  /// Records an intent to open a session, where none is queued.
  package func planSession(
    of project: Project.ID, source: String
  ) throws(StoreError) -> ProjectSnapshot {
    throw StoreError(.failed, "not yet")
  }

  /// Settles a session intent: what it opened is the project's live session.
  package func sessionOpened(
    _ intent: Intent.ID, sessionID: String, taskID: String, userID: String?
  ) throws(StoreError) -> ProjectSnapshot {
    throw StoreError(.failed, "not yet")
  }

  /// Ends a session that the service no longer knows.
  ///
  /// Its scripts lose their tracks, and the uploads that it had are recorded anew.
  package func sessionExpired(_ id: BackendSession.ID) throws(StoreError) -> ProjectSnapshot {
    throw StoreError(.failed, "not yet")
  }

  /// Whether the session refused a text file, so that texts go in messages.
  package func refusesTextFiles(_ id: BackendSession.ID) throws(StoreError) -> Bool {
    throw StoreError(.failed, "not yet")
  }

  /// Remembers that the session refused a text file.
  package func noteRefusedTextFile(_ id: BackendSession.ID) throws(StoreError) {
    throw StoreError(.failed, "not yet")
  }

  /// Keeps a state of a session by its content; gives its SHA-256, 32 bytes.
  ///
  /// The same content is kept once; those that no base and no intent names are dropped in time.
  package func keepObservation(
    _ bytes: [UInt8], of session: BackendSession.ID
  ) throws(StoreError) -> [UInt8] {
    throw StoreError(.failed, "not yet")
  }

  /// The bytes of a kept state; `nil` where it is not kept.
  package func observation(_ hash: [UInt8]) throws(StoreError) -> [UInt8]? {
    throw StoreError(.failed, "not yet")
  }

  /// The last state of a session that was kept.
  package func lastObservation(of session: BackendSession.ID) throws(StoreError) -> [UInt8]? {
    throw StoreError(.failed, "not yet")
  }

  /// Merges a track into its script: lines, revision, conflicts, binding and base in one transaction.
  ///
  /// - Parameter observation: the state that the track was read from; its hash goes to the binding.
  package func pull(
    into script: Script.ID, trackKey: String, session: BackendSession.ID, observation: [UInt8],
    message: String, dryRun: Bool = false, _ body: (PullState) throws -> PullResult
  ) throws(StoreError) -> EditOutcome {
    throw StoreError(.failed, "not yet")
  }

  /// Makes a script of a track that none is bound to, and binds it, in one transaction.
  ///
  /// - Parameter base: given the script as it was made, with its ids; gives the base's bytes.
  package func adopt(
    _ document: ScriptDocument, title: String, in project: Project.ID, trackKey: String,
    session: BackendSession.ID, observation: [UInt8], base: (Script) throws -> [UInt8]
  ) throws(StoreError) -> ScriptSummary {
    throw StoreError(.failed, "not yet")
  }

  /// Binds a script to a track that it is to become, with nothing agreed on yet.
  package func bind(
    _ script: Script.ID, trackKey: String, session: BackendSession.ID
  ) throws(StoreError) {
    throw StoreError(.failed, "not yet")
  }
}

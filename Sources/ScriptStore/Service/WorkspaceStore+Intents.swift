import SQLiteKit
package import ScriptModel

/// What is recorded as one new intent.
package struct IntentRequest: Hashable, Sendable {
  /// The project.
  package var projectID: Project.ID
  /// What is asked.
  package var kind: Intent.Kind
  /// What a message is for.
  package var purpose: Intent.Purpose
  /// A message's text, a file's label or address, a session's name.
  package var message: String
  /// The workflow that is named to the service.
  package var source: String
  /// The script that it is about.
  package var scriptID: Script.ID?
  /// The media that it is about.
  package var mediaID: Media.ID?
  /// What was asked beside the words, as JSON.
  package var options = "{}"

  /// Creates a request.
  package init(
    _ kind: Intent.Kind, in project: Project.ID, purpose: Intent.Purpose = .none,
    message: String, source: String
  ) {
    projectID = project
    self.kind = kind
    self.purpose = purpose
    self.message = message
    self.source = source
  }
}

extension WorkspaceStore {
  /// Reads all that a sync of a project decides from.
  package func snapshot(of project: Project.ID) throws(StoreError) -> ProjectSnapshot {
    try read { session in try session.snapshot(of: session.project(project)) }
  }

  /// Records intents, all or none, in their order.
  ///
  /// - Throws: `notFound` for a project, script or medium; `invalidValue` for one of another project.
  package func record(_ requests: [IntentRequest]) throws(StoreError) -> [Intent] {
    try write { session in try requests.map { try session.record($0) } }
  }

  /// Records what a settled intent asked for once more, with the upload that it needs.
  ///
  /// Asked for twice it is recorded once: what waits already is given again.
  /// - Throws: `notFound` where what it is about was deleted.
  package func askAnew(_ record: IntentRecord) throws(StoreError) -> Intent {
    try write { session in
      let row = try session.intent(record.intent.id)
      let waiting = try session.unsettledIntents(of: row.project)
      let same = waiting.first {
        $0.intent.kind == record.intent.kind && $0.intent.purpose == record.intent.purpose
          && $0.intent.message == record.intent.message && $0.media == row.media
      }
      if let same { return same.intent }
      var request = IntentRequest(
        record.intent.kind, in: record.intent.projectID, purpose: record.intent.purpose,
        message: record.intent.message, source: record.source)
      request.options = record.options
      request.mediaID = record.intent.mediaID
      request.scriptID = record.intent.scriptID
      if let id = record.intent.mediaID, record.intent.kind == .message {
        let medium = try session.medium(id)
        let isOnItsWay = waiting.contains { $0.intent.kind == .upload && $0.media == medium.row }
        if medium.origin == .local, !isOnItsWay {
          var upload = IntentRequest(
            .upload, in: record.intent.projectID, message: medium.name, source: record.source)
          upload.mediaID = id
          _ = try session.record(upload)
        }
      }
      return try session.record(request)
    }
  }

  /// Replaces what was asked beside the words of an intent, as JSON.
  package func setOptions(_ options: String, of intent: Intent.ID) throws(StoreError) {
    try write { session in
      try session.connection.run(
        "UPDATE intent SET options = ? WHERE id = ?", .text(options),
        .integer(session.intent(intent).row))
    }
  }

  /// Records that a person wants a script sent again whose last push was answered in vain.
  ///
  /// - Throws: `conflict` where a later push was made, or nothing of the script waits to be sent.
  package func pushAnew(_ record: IntentRecord) throws(StoreError) -> Intent {
    try write { session in
      guard let id = record.intent.scriptID else { throw StoreError.nothingToRetry }
      let script = try session.script(id)
      let agreed = try session.connection.integer(agreedRevision, .integer(script.row))
      let last = try session.connection.first(lastPushOfScript, .integer(script.row)) { row in
        try session.intent(row.identifier(0))
      }
      guard agreed != Int64(script.revision), let last else { throw StoreError.nothingToRetry }
      if last.intent.state == .queued { return last.intent }
      guard last.intent.id == record.intent.id else { throw StoreError.nothingToRetry }
      var request = IntentRequest(
        .message, in: record.intent.projectID, purpose: .push, message: record.intent.message,
        source: record.source)
      request.scriptID = id
      let intent = try session.record(request)
      // What it may take is named by this request: see `SyncPlanner`.
      var advance = IntentAdvance(
        intent.id, to: .queued, evidence: "Asked for again: the session had not taken it.")
      advance.maybeCharged = true
      _ = try IntentArrow(session: session, advance: advance).draw()
      return try session.intent(intent.id).intent
    }
  }

  /// The intents of a project, or of all, oldest first.
  package func intents(
    of project: Project.ID?, includingSettled: Bool
  ) throws(StoreError) -> [Intent] {
    try read { session in
      // Each condition by itself: one that may or may not hold would have SQLite read every intent.
      var conditions = includingSettled ? [] : [IntentRow.isUnsettled]
      if project != nil { conditions.append("intent.project = ?") }
      let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
      let values = try project.map { [Binding.integer(try session.project($0).row)] } ?? []
      var intents: [Intent] = []
      try session.connection.forEach(
        IntentRow.query + filter + " ORDER BY intent.id", values
      ) { intents.append(try IntentRow($0).intent) }
      return intents
    }
  }

  /// The messages of a project that were carried out and of which something may be left to do:
  /// extractions without a script, and pushes whose last evidence is this.
  package func looseEnds(
    of project: Project.ID, pushesWith evidence: String
  ) throws(StoreError) -> [IntentRecord] {
    try read { session in
      try session.looseEnds(of: session.project(project).row, pushesWith: evidence)
    }
  }

  /// What may be left to do in a project whose scripts are as the session has them, all at once.
  ///
  /// - Parameters:
  ///   - media: all that the service has made.
  ///   - evidence: as for `looseEnds`.
  package func leftovers(
    of project: Project.ID, media: [GeneratedMediumRow], pushesWith evidence: String
  ) throws(StoreError) -> ProjectLeftovers {
    try read { session in
      let project = try session.project(project).row
      return ProjectLeftovers(
        looseEnds: try session.looseEnds(of: project, pushesWith: evidence),
        conflicts: try session.openConflicts(in: project),
        knowsMedia: try session.knows(media, in: project))
    }
  }

  /// The intent that an id or a unique beginning of one names.
  ///
  /// - Throws: `notFound`, `ambiguous` with the candidates.
  package func intent(matching reference: String) throws(StoreError) -> Intent {
    try read { try $0.intent(matching: reference).intent }
  }

  /// An intent with what is kept to settle it.
  package func intentRecord(_ id: Intent.ID) throws(StoreError) -> IntentRecord {
    try read { try $0.intent(id).record }
  }

  /// Draws one arrow of an intent and stores what comes with it.
  ///
  /// A `queued` or `inDoubt` intent may also be advanced to the state that it is in, to learn more.
  /// A push that becomes `queued` is deleted, unless it may have been charged: the next sync derives
  /// it anew from script and base.
  /// - Throws: `conflict` where the intent's state does not allow the arrow, another process drew one, and
  ///   for `sending` without a live session.
  package func advance(_ advance: IntentAdvance) throws(StoreError) -> ProjectSnapshot {
    try write(advance.mayFollow ? .withNext : .full) { session in
      let project = try IntentArrow(session: session, advance: advance).draw()
      return try session.snapshot(of: session.projectRow(project))
    }
  }

  /// Records the push of a script as `sending`.
  ///
  /// - Throws: `conflict` without a live session, and while an earlier push is not settled.
  package func planPush(
    _ script: Script.ID, message: String, contentHash: [UInt8], stateBefore: [UInt8]?,
    creditsBefore: Int?, source: String
  ) throws(StoreError) -> ProjectSnapshot {
    try write { session in
      let script = try session.script(script)
      guard let live = try session.liveSession(of: script.project) else {
        throw StoreError.conflict(noSession: script.title)
      }
      let unsettled = try session.connection.integer(unsettledPushes, .integer(script.row))
      guard unsettled == 0 else {
        throw StoreError(
          .conflict, "An earlier message with the script '\(script.title)' is not settled",
          fix: "'offbook intents' shows it.")
      }
      let project = try session.projectRow(script.project)
      var request = IntentRequest(
        .message, in: project.project.id, purpose: .push, message: message, source: source)
      request.scriptID = script.id
      let intent = try session.record(request)
      var row = try session.intent(intent.id)
      row.record.contentHash = contentHash
      try session.update(row)
      var advance = IntentAdvance(intent.id, to: .sending)
      advance.sessionID = live.session.id
      advance.stateBefore = stateBefore
      advance.creditsBefore = creditsBefore
      _ = try IntentArrow(session: session, advance: advance).draw()
      return try session.snapshot(of: project)
    }
  }

  /// The reply of an intent, kept when it was done; `nil` where it had none.
  package func reply(to intent: Intent.ID) throws(StoreError) -> String? {
    try read { session in
      try session.connection.first(
        "SELECT reply FROM intent WHERE id = ?", .integer(session.intent(intent).row)
      ) { $0.optionalText(0) } ?? nil
    }
  }
}

/// What may be left to do in a project.
package struct ProjectLeftovers: Sendable {
  /// As `looseEnds` gives them.
  package var looseEnds: [IntentRecord]
  /// The conflicts that wait for a decision.
  package var conflicts: [Conflict]
  /// Whether all that the service has made is noted.
  package var knowsMedia: Bool
}

extension Session {
  fileprivate func looseEnds(
    of project: Int64, pushesWith evidence: String
  ) throws -> [IntentRecord] {
    try connection.all(looseEndList, .integer(project), .text(evidence)) {
      try IntentRow($0).record
    }
  }
}

extension IntentAdvance {
  /// Whether a power cut may take the arrow back: that an answer has begun.
  ///
  /// What is `sending` after a restart is in doubt and looked for just as what is `streaming` is.
  /// Every other arrow decides what may be sent, or holds words that were paid for.
  package var mayFollow: Bool {
    state == .streaming && reply == nil && charge == nil && conversation.isEmpty
  }
}

extension StoreError {
  /// Nothing can be sent to a session that is not there.
  static func conflict(noSession what: String) -> StoreError {
    StoreError(
      .conflict, "There is no live session for '\(what)'", fix: "'offbook sync' opens one.")
  }
}

extension StoreError {
  fileprivate static var nothingToRetry: StoreError {
    StoreError(
      .conflict,
      "The session has what this sent, or a later message went: there is nothing to retry",
      fix: "'offbook sync' finds what is still to be sent.")
  }
}

private let agreedRevision =
  "SELECT coalesce(max(agreed_revision), -1) FROM track_binding WHERE script = ?"
private let lastPushOfScript = """
  SELECT uuid FROM intent WHERE script = ? AND purpose = 'push' ORDER BY id DESC LIMIT 1
  """
private let looseEndList =
  IntentRow.query + """
     WHERE intent.project = ? AND intent.state = 'done' AND (
      intent.purpose = 'extract' AND intent.script IS NULL
      OR intent.purpose = 'push' AND intent.evidence = ?
        AND NOT EXISTS (SELECT 1 FROM intent AS later
          WHERE later.script = intent.script AND later.id > intent.id
            AND later.purpose = 'push' AND later.state = 'done'))
    ORDER BY intent.id
    """

private let unsettledPushes = """
  SELECT count(*) FROM intent
  WHERE intent.script = ? AND intent.purpose = 'push' AND \(IntentRow.isUnsettled)
  """

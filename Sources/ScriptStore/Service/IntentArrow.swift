import SQLiteKit
import ScriptModel

/// Draws one arrow of an intent's state machine, within a transaction.
struct IntentArrow {
  let session: Session
  let advance: IntentAdvance

  /// Stores the arrow with all that comes with it.
  ///
  /// - Returns: the row of the project.
  func draw() throws -> Int64 {
    var row = try session.intent(advance.intentID)
    try check(row.intent)
    let isGone =
      row.intent.purpose == .push && advance.state == .queued
      && !(advance.maybeCharged ?? row.intent.maybeCharged)
    if isGone { try forget(row) } else { try store(&row) }
    for entry in advance.conversation {
      try session.note(entry, project: row.project, intent: isGone ? nil : row.row)
    }
    if let charge = advance.charge { try session.note(charge, for: row.intent) }
    return row.project
  }

  /// The arrow must be there, and a queued or doubtful intent may also stay and learn something.
  ///
  /// One that is being answered stays so with its answer. Nothing else may stay: of two processes that want to send an intent one must find out.
  private func check(_ intent: Intent) throws {
    let mayStay =
      [.queued, .inDoubt].contains(intent.state)
      || (intent.state == .streaming && advance.reply != nil)
    let stays = intent.state == advance.state && mayStay
    guard stays || intent.state.mayBecome(advance.state) else {
      throw StoreError(
        .conflict,
        Self.refusal(of: intent.state, advance.state),
        fix: "'offbook intents --all' shows where it stands.")
    }
  }

  private static func refusal(of state: Intent.State, _ wanted: Intent.State) -> String {
    if wanted == .abandoned, state.isSettled {
      return switch state {
      case .abandoned: "The intent is given up already"
      case .refused: "The service refused the intent: there is nothing to give up"
      default: "The intent is carried out: there is nothing to give up"
      }
    }
    if wanted == .abandoned { return "The intent is being sent just now" }
    return "The intent is '\(state.rawValue)' and can't become '\(wanted.rawValue)'"
  }

  private func store(_ row: inout IntentRow) throws {
    let formerState = row.intent.state
    let formerObservation = row.observation
    var record = row.record
    record.intent.state = advance.state
    record.intent.evidence = advance.evidence ?? record.intent.evidence
    record.intent.maybeCharged = advance.maybeCharged ?? record.intent.maybeCharged
    record.renderID = advance.renderID ?? record.renderID
    if advance.state != formerState, !advance.state.isSettled { record.looks = 0 }
    record.looks = max(0, advance.looks ?? record.looks)
    row.record = record
    if advance.state == .sending { try begin(&row) }
    if advance.state == .queued {
      row.record.stateBefore = nil
      row.record.creditsBefore = nil
      row.session = nil
    }
    if advance.state == .queued || advance.state.isSettled { row.observation = nil }
    try session.update(row)
    if let reply = advance.reply {
      try session.connection.run(
        "UPDATE intent SET reply = ? WHERE id = ?", .text(reply), .integer(row.row))
    }
    if let formerObservation, formerObservation != row.observation {
      try session.dropObservation(formerObservation)
    }
  }

  /// Notes what there was before the first byte leaves.
  private func begin(_ row: inout IntentRow) throws {
    row.record.intent.attempts += 1
    // An earlier answer, of an agent that failed, is none to this sending.
    try session.connection.run("UPDATE intent SET reply = NULL WHERE id = ?", .integer(row.row))
    row.record.stateBefore = advance.stateBefore
    row.record.creditsBefore = advance.creditsBefore
    if row.intent.kind == .session { return }
    let named = try advance.sessionID.map { try session.liveSession($0, of: row.project) }
    guard let target = try named ?? session.liveSession(of: row.project) else {
      throw StoreError.conflict(noSession: String(row.intent.message.prefix(longestWords)))
    }
    row.session = target.row
    row.observation = target.observation
  }

  /// A push follows from the script and the base, so one that was not sent leaves no row.
  ///
  /// One that may have been charged stays: a person asks for it again by name, and it is on record.
  private func forget(_ row: IntentRow) throws {
    try session.connection.run(
      "UPDATE conversation SET intent = NULL WHERE intent = ?", .integer(row.row))
    try session.connection.run("DELETE FROM intent WHERE id = ?", .integer(row.row))
    if let observation = row.observation { try session.dropObservation(observation) }
  }
}

extension Session {
  /// Writes all of an intent that may change.
  func update(_ row: IntentRow) throws {
    let record = row.record
    try connection.run(
      updateIntent, .text(record.intent.state.rawValue), .integer(Int64(record.intent.attempts)),
      .integer(Int64(record.looks)), .integer(record.intent.maybeCharged ? 1 : 0),
      .optional(row.session), .optional(row.observation), .optional(record.stateBefore),
      .optional(record.creditsBefore.map { Int64($0) }), .optional(record.renderID),
      .optional(record.contentHash), .text(record.intent.evidence), .integer(row.row))
  }
}

extension Binding {
  /// Bytes, or null where there are none.
  static func optional(_ bytes: [UInt8]?) -> Binding { bytes.map { .blob($0) } ?? .null }

  /// A text, or null where there is none.
  static func optional(_ text: String?) -> Binding { text.map { .text($0) } ?? .null }
}

/// How many characters of an intent stand in a message.
private let longestWords = 40

private let updateIntent = """
  UPDATE intent SET state = ?, attempts = ?, looks = ?, maybe_charged = ?, session = ?,
    observation = ?, state_before = ?, credits_before = ?, render_id = ?, content_hash = ?,
    evidence = ?
  WHERE id = ?
  """

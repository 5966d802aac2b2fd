import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// What was charged in a project, or in all, oldest first; also what was charged in deleted ones.
  package func charges(of project: Project.ID?) throws(StoreError) -> [Charge] {
    try read { session in
      try session.connection.all(chargeList, project?.binding ?? .null) { row in
        Charge(
          projectID: row.identifier(0), intentID: row.identifier(1), what: row.text(2),
          credits: Int(clamping: row.integer(3)), isEstimate: row.integer(4) != 0,
          date: Milliseconds(row.integer(5)))
      }
    }
  }

  /// Remembers a balance, and books what it shows to have been charged.
  ///
  /// A charge is on the disk when this returns: of what was refused there is no estimate before it. A
  /// balance alone may follow with the next arrow.
  package func note(_ credits: Credits, charge: Charge? = nil) throws(StoreError) {
    try write(charge == nil ? .withNext : .full) { session in
      if let charge { try session.note(charge, for: session.intent(charge.intentID).intent) }
      try session.connection.run(
        putCredits, .integer(Int64(credits.available)), .integer(Int64(credits.frozen)),
        .integer(Int64(credits.total)), .integer(session.environment.now()))
    }
  }

  /// The balance that was read last; `nil` before the first.
  package func lastCredits() throws(StoreError) -> CreditsReading? {
    try read { session in
      try session.connection.first(readCredits) { row in
        CreditsReading(
          credits: Credits(
            available: Int(clamping: row.integer(0)), frozen: Int(clamping: row.integer(1)),
            total: Int(clamping: row.integer(2))),
          date: Milliseconds(row.integer(3)))
      }
    }
  }

  /// Adds entries to the conversation of their projects, in their order.
  package func note(_ entries: [ConversationEntry]) throws(StoreError) {
    try write { session in
      for entry in entries {
        try session.note(
          entry, project: session.project(entry.projectID).row,
          intent: entry.intentID.map { try session.intent($0).row })
      }
    }
  }

  /// The conversation of a project, oldest first.
  package func conversation(of project: Project.ID) throws(StoreError) -> [ConversationEntry] {
    try read { session in
      try session.connection.all(
        conversationList, .integer(session.project(project).row)
      ) { row in
        ConversationEntry(
          projectID: project, intentID: row.isNull(0) ? nil : row.identifier(0),
          role: ConversationEntry.Role(rawValue: row.text(1)) ?? .report, text: row.text(3),
          date: Milliseconds(row.integer(2)))
      }
    }
  }
}

extension Session {
  /// Adds an entry to a project's conversation, dated now.
  func note(_ entry: ConversationEntry, project: Int64, intent: Int64?) throws {
    try connection.run(
      insertEntry, .integer(project), .optional(intent), .text(entry.role.rawValue),
      .integer(environment.now()), .text(entry.text))
  }

  /// Adds what an intent was charged to the ledger, dated now.
  ///
  /// A charge takes the place of an estimate for the same intent.
  func note(_ charge: Charge, for intent: Intent) throws {
    try connection.run(deleteEstimate, intent.id.binding)
    try connection.run(
      insertCharge, intent.projectID.binding, intent.id.binding,
      .text(String(intent.message.prefix(longestWords))), .integer(Int64(charge.credits)),
      .integer(charge.isEstimate ? 1 : 0), .integer(environment.now()))
  }
}

/// How many characters of an intent the ledger keeps.
private let longestWords = 120

private let chargeList = """
  SELECT project, intent, what, credits, estimate, date FROM charge
  WHERE ?1 IS NULL OR project = ?1 ORDER BY id
  """
private let deleteEstimate = "DELETE FROM charge WHERE intent = ? AND estimate = 1"
private let insertCharge = """
  INSERT INTO charge (project, intent, what, credits, estimate, date) VALUES (?, ?, ?, ?, ?, ?)
  """
private let putCredits = """
  INSERT INTO credits (id, available, frozen, total, date) VALUES (1, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET available = excluded.available, frozen = excluded.frozen,
    total = excluded.total, date = excluded.date
  """
private let readCredits = "SELECT available, frozen, total, date FROM credits"
private let conversationList = """
  SELECT intent.uuid, conversation.role, conversation.date, conversation.text
  FROM conversation LEFT JOIN intent ON intent.id = conversation.intent
  WHERE conversation.project = ? ORDER BY conversation.id
  """
private let insertEntry = """
  INSERT INTO conversation (project, intent, role, date, text) VALUES (?, ?, ?, ?, ?)
  """

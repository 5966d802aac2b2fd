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
    throw StoreError(.failed, "not yet")
  }

  /// Records intents, all or none, in their order.
  package func record(_ requests: [IntentRequest]) throws(StoreError) -> [Intent] {
    throw StoreError(.failed, "not yet")
  }

  /// The intents of a project, or of all, oldest first.
  package func intents(
    of project: Project.ID?, includingSettled: Bool
  ) throws(StoreError) -> [Intent] {
    throw StoreError(.failed, "not yet")
  }

  /// The intent that an id or a unique beginning of one names.
  package func intent(matching reference: String) throws(StoreError) -> Intent {
    throw StoreError(.failed, "not yet")
  }

  /// An intent with what is kept to settle it.
  package func intentRecord(_ id: Intent.ID) throws(StoreError) -> IntentRecord {
    throw StoreError(.failed, "not yet")
  }

  /// Draws one arrow of an intent and stores what comes with it.
  ///
  /// - Throws: `conflict` where the intent's state does not allow the arrow: another process drew one.
  package func advance(_ advance: IntentAdvance) throws(StoreError) -> ProjectSnapshot {
    throw StoreError(.failed, "not yet")
  }

  /// Records the push of a script as `sending`.
  package func planPush(
    _ script: Script.ID, message: String, contentHash: [UInt8], stateBefore: [UInt8]?,
    creditsBefore: Int?, source: String
  ) throws(StoreError) -> ProjectSnapshot {
    throw StoreError(.failed, "not yet")
  }

  /// The reply of an intent, kept when it was done; `nil` where it had none.
  package func reply(to intent: Intent.ID) throws(StoreError) -> String? {
    throw StoreError(.failed, "not yet")
  }

  /// What was charged in a project, or in all, oldest first.
  package func charges(of project: Project.ID?) throws(StoreError) -> [Charge] {
    throw StoreError(.failed, "not yet")
  }

  /// Remembers a balance and books what it shows: of an intent there is one charge, the last.
  package func note(_ credits: Credits, charge: Charge? = nil) throws(StoreError) {
    throw StoreError(.failed, "not yet")
  }

  /// The balance that was read last; `nil` before the first.
  package func lastCredits() throws(StoreError) -> CreditsReading? {
    throw StoreError(.failed, "not yet")
  }

  /// The conversation of a project, oldest first.
  package func conversation(of project: Project.ID) throws(StoreError) -> [ConversationEntry] {
    throw StoreError(.failed, "not yet")
  }
}

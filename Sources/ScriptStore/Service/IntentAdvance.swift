package import ScriptModel

/// One arrow of an intent's state machine with all that is stored along with it.
package struct IntentAdvance: Hashable, Sendable {
  /// The intent.
  package var intentID: Intent.ID
  /// The state that it goes to; the arrow must be one that `Intent.State.mayBecome` allows.
  package var state: Intent.State
  /// What is known of its outcome from now on; `nil` keeps what was known.
  package var evidence: String?
  /// Whether it may have been charged; `nil` keeps what was known.
  package var maybeCharged: Bool?
  /// Stored with `sending`: the session it goes to; `nil` for the project's live one.
  package var sessionID: BackendSession.ID?
  /// Stored with `sending`: the fingerprint of the state before.
  package var stateBefore: [UInt8]?
  /// Stored with `sending`: the credits that are available before.
  package var creditsBefore: Int?
  /// Stored with `sending`: the id that a render is started with.
  package var renderID: String?
  /// How many looks there were since it came in doubt; `nil` keeps the number. Each `sending` counts
  /// one attempt by itself.
  package var looks: Int?
  /// Entries of the conversation that come with it; project, intent and date are the store's.
  package var conversation: [ConversationEntry] = []
  /// The whole reply of the agent, which an extraction reads its words from.
  package var reply: String?
  /// What it was charged; project, intent, words and date are the store's.
  package var charge: Charge?

  /// Creates an advance that stores nothing but the state.
  package init(_ intentID: Intent.ID, to state: Intent.State, evidence: String? = nil) {
    self.intentID = intentID
    self.state = state
    self.evidence = evidence
  }
}

package import BackendAPI
package import ScriptModel
package import ScriptStore

/// What a planner asks to be done next; each is answered by one outcome.
package enum SyncStep: Sendable {
  /// Store something in one durable transaction; answered by `committed`.
  case commit(SyncCommit)
  /// Get an anonymous token in the place of a missing or refused one; `tokenObtained`.
  case obtainToken
  /// Read the session's state; `looked`, or `unchanged`.
  case look
  /// Merge what the last look saw into the scripts, and note its media; `integrated`.
  case integrate
  /// Read the balance; `creditsRead`.
  case readCredits
  /// Open the session of a session intent; `sessionOpened`.
  case openSession(Intent.ID)
  /// Upload the file, or name the address, of an upload intent; `uploaded`.
  case upload(Intent.ID)
  /// Send a message; `answerBegan` with its first event, or `replied` where it has none.
  case send(Intent.ID)
  /// Go on reading the answer of a message that began; `replied`.
  case receive(Intent.ID)
  /// Start a render with the draft as it is here; `renderAccepted`.
  case startRender(Intent.ID)
  /// Ask how far a render is; `renderProgress`.
  case pollRender(Intent.ID)
  /// Bring the file of a finished render; `downloaded`.
  case downloadRender(Intent.ID, address: String?)
  /// Bring a medium; `downloaded`.
  case download(Media.ID)
  /// Let time pass; `waited`.
  case wait(Milliseconds, SyncWait)
  /// Ask the person whether this may be spent; `spendingDecided`.
  case ask(SpendingPlan)
  /// The project's sync is over.
  case finish(ProjectOutcome)
}

extension SyncStep {
  /// Whether it stores something, and is done in no time.
  package var isCommit: Bool { if case .commit = self { true } else { false } }
}

/// What a step stores.
package enum SyncCommit: Sendable {
  /// Draws one arrow of an intent.
  case advance(IntentAdvance)
  /// Records an intent to open a session.
  case planSession
  /// Records the push of a script, already `sending`: it is derived anew if it can't be sent.
  ///
  /// The state before is that of the script's track alone.
  case planPush(Script.ID, stateBefore: [UInt8]?, creditsBefore: Int?)
  /// A session intent is done: the session that it opened is the project's live one.
  case sessionOpened(Intent.ID, SessionGrant)
  /// The session takes no text files: the upload is refused, and its words wait as a message.
  case textInstead(Intent.ID)
  /// An upload intent is done: the service has the file.
  case uploaded(Intent.ID, UploadedFile?)
  /// The service no longer knows the session; uploads that it had are recorded anew.
  ///
  /// Its scripts stay bound, with nothing agreed on: that they are tells that a session is needed.
  case sessionExpired(BackendSession.ID)
  /// Nothing is at a medium's address any more: later syncs leave it alone.
  case mediumGone(Media.ID)
  /// Remembers a balance, and books what it shows in the place of the estimate booked before.
  case credits(Credits, charge: Charge?)
}

/// Why time passes.
package enum SyncWait: String, Hashable, Sendable, CaseIterable {
  /// Before a request is repeated.
  case repetition
  /// The service asked for it.
  case rateLimit
  /// Before looking whether a lost message was carried out.
  case doubt
  /// Before looking whether a generation has come to its end.
  case stage
  /// Before asking again how far a render is.
  case render
}

/// What became of a step.
///
/// A commit may also fail with the code `conflict`: the arrow is no longer allowed, since a person
/// drew another meanwhile; the item is then left alone in this run.
package enum SyncOutcome: Sendable {
  /// The first call of a planner.
  case begun
  /// Stored; the project as it is now.
  case committed(ProjectSnapshot)
  /// The transaction was not made: disk full, or an arrow that another process drew first.
  case notCommitted(StoreError)
  /// A new token is in use.
  case tokenObtained
  /// The state was read.
  case looked(Look)
  /// The state is letter for letter what was merged last, and nothing of it is left to merge or here
  /// to send; with the conflicts that wait.
  case unchanged([Conflict])
  /// The last look is merged into the scripts.
  case integrated(Integration)
  /// The balance was read.
  case creditsRead(Credits)
  /// The service opened a session.
  case sessionOpened(SessionGrant)
  /// The service has the file.
  case uploaded(UploadedFile)
  /// The first event of the answer to a message is there.
  case answerBegan
  /// The answer to a message is whole.
  case replied(Reply)
  /// The service has begun a render.
  case renderAccepted
  /// How far a render is.
  case renderProgress(RenderProgress)
  /// The file is whole here.
  case downloaded
  /// The time has passed.
  case waited
  /// The person decided.
  case spendingDecided(allowed: Bool)
  /// No answer, or a refusal.
  case failed(CallError)
  /// The local part of a step failed, and no byte of a request has left: a file is gone, say.
  case failedHere(String)
  /// The person interrupted; what is stored stays.
  case cancelled
}

package import BackendAPI
package import ScriptModel
package import ScriptStore

/// What a planner asks to be done next; each is answered by one outcome.
package enum SyncStep: Sendable {
  /// Store something in one durable transaction; answered by `committed`.
  case commit(SyncCommit)
  /// Get an anonymous token in the place of a missing or refused one; `tokenObtained`.
  case obtainToken
  /// Read the session's state; `looked`.
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

/// What a step stores.
package enum SyncCommit: Sendable {
  /// Draws one arrow of an intent.
  case advance(IntentAdvance)
  /// Records an intent to open a session.
  case planSession
  /// Records the push of a script, already `sending`: it is derived anew if it can't be sent.
  case planPush(Script.ID, stateBefore: [UInt8]?, creditsBefore: Int?)
  /// A session intent is done: the session that it opened is the project's live one.
  case sessionOpened(Intent.ID, SessionGrant)
  /// An upload intent is done: the service has the file.
  case uploaded(Intent.ID, UploadedFile?)
  /// The service no longer knows the session; uploads that it had are recorded anew.
  case sessionExpired(BackendSession.ID)
  /// Remembers a balance.
  case credits(Credits)
}

/// Why time passes.
package enum SyncWait: String, Hashable, Sendable, CaseIterable {
  /// Before a request is repeated.
  case repetition
  /// The service asked for it.
  case rateLimit
  /// Before looking whether a lost message was carried out.
  case doubt
  /// Before asking again how far a render is.
  case render
}

/// What became of a step.
package enum SyncOutcome: Sendable {
  /// The first call of a planner.
  case begun
  /// Stored; the project as it is now.
  case committed(ProjectSnapshot)
  /// The transaction was not made: disk full, or an arrow that another process drew first.
  case notCommitted(StoreError)
  case tokenObtained
  case looked(Look)
  case integrated(Integration)
  case creditsRead(Credits)
  case sessionOpened(SessionGrant)
  case uploaded(UploadedFile)
  case answerBegan
  case replied(Reply)
  case renderAccepted
  case renderProgress(RenderProgress)
  case downloaded
  case waited
  case spendingDecided(allowed: Bool)
  /// No answer, or a refusal.
  case failed(CallError)
  /// The local part of a step failed: a file is gone, the disk is full.
  case failedHere(String)
  /// The person interrupted; what is stored stays.
  case cancelled
}

/// What a look saw, as far as a planner needs it.
package struct Look: Hashable, Sendable {
  /// SHA-256 over what a message may change: draft, files, generated media.
  package var fingerprint: [UInt8]
  /// The names, hashes and sizes of the files that the service has.
  package var files: [UploadedFile]
  /// What was generated.
  package var generatedCount: Int
  /// The content of each text track by its key: SHA-256 as `IntentRecord.contentHash` has it.
  package var trackContent: [String: [UInt8]]
  /// What changed since the look before, as sentences for people.
  package var changes: [String]
}

/// What merging a look did.
package struct Integration: Sendable {
  /// The project as it is now.
  package var snapshot: ProjectSnapshot
  /// Scripts that differ from what the session has, and how many lines do.
  package var unsent: [UnsentScript]
  /// How many lines came in.
  package var pulledLines: Int
  /// How many media became known.
  package var foundMedia: Int
  /// The conflicts that wait in the project's scripts.
  package var conflicts: [Conflict]
}

/// A script that the session does not have as it is here.
package struct UnsentScript: Hashable, Sendable {
  /// The script.
  package var scriptID: Script.ID
  /// Its title.
  package var title: String
  /// How many lines differ.
  package var lineCount: Int
  /// SHA-256 of the content as it would be sent.
  package var contentHash: [UInt8]
}

/// How the agent answered a message.
package struct Reply: Hashable, Sendable {
  /// Its words, each once; empty for about a third of all edits.
  package var text: String
  /// A failure that it reported in the middle.
  package var failure: ServiceError?
}

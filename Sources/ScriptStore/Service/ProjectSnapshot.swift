package import ScriptModel

/// All that a sync decides from, of one project, read in one transaction.
package struct ProjectSnapshot: Hashable, Sendable {
  /// The project.
  package var project: Project
  /// Its live session.
  package var session: BackendSession?
  /// Its intents that are not settled, in the order in which they were recorded.
  package var intents: [IntentRecord]
  /// Its scripts, bound to a track or not.
  package var scripts: [ScriptStanding]
  /// What the service made for it and whose bytes are not all here, with an address.
  package var wantedMedia: [Media]
  /// The keys of tracks of the session whose scripts were deleted here: no script is to be made of them.
  package var tracksOfDeletedScripts: Set<String>

  /// Creates a snapshot from its parts.
  package init(
    project: Project, session: BackendSession? = nil, intents: [IntentRecord] = [],
    scripts: [ScriptStanding] = [], wantedMedia: [Media] = [],
    tracksOfDeletedScripts: Set<String> = []
  ) {
    self.project = project
    self.session = session
    self.intents = intents
    self.scripts = scripts
    self.wantedMedia = wantedMedia
    self.tracksOfDeletedScripts = tracksOfDeletedScripts
  }
}

/// An intent with what is kept to settle it after a crash.
package struct IntentRecord: Hashable, Sendable {
  /// The intent as people see it.
  package var intent: Intent
  /// The session that it was sent to.
  package var sessionID: BackendSession.ID?
  /// The fingerprint of the session's state before it was sent, of a push that of its track's
  /// content, zeros for a track that was not there; 32 bytes.
  package var stateBefore: [UInt8]?
  /// The credits that were available before it was sent.
  package var creditsBefore: Int?
  /// How many times the state was looked at since it came in doubt.
  package var looks: Int
  /// The id that a render was, or is to be, started with.
  package var renderID: String?
  /// What a push sends: the SHA-256 of the track's content as it is to be; 32 bytes.
  package var contentHash: [UInt8]?
  /// The workflow that is named to the service.
  package var source: String
  /// Whether the agent's whole answer is stored, be it empty.
  package var isAnswered = false
  /// The size of the medium that it is about, in bytes; `nil` where it is not known.
  package var byteCount: Int64?
  /// The language, aspect or quality that an extraction or generation asked for, as JSON.
  package var options: String

  /// Creates a record of an intent that was never sent.
  package init(_ intent: Intent, source: String, options: String = "{}") {
    self.intent = intent
    self.source = source
    self.options = options
    looks = 0
  }
}

/// How a script stands to the session's text track that it is bound to.
package struct ScriptStanding: Hashable, Sendable {
  /// The script.
  package var scriptID: Script.ID
  /// Its title.
  package var title: String
  /// The sequence number of its last revision.
  package var revision: Int
  /// The track; `nil` for a script that is bound to none.
  package var binding: TrackBinding?
  /// How many lines it has.
  package var lineCount: Int

  /// Creates a standing from its parts.
  package init(
    scriptID: Script.ID, title: String, revision: Int, lineCount: Int,
    binding: TrackBinding? = nil
  ) {
    self.scriptID = scriptID
    self.title = title
    self.revision = revision
    self.lineCount = lineCount
    self.binding = binding
  }
}

/// A script's tie to a text track of a session.
package struct TrackBinding: Hashable, Sendable {
  /// The script.
  package var scriptID: Script.ID
  /// The session, in the workspace.
  package var sessionID: BackendSession.ID
  /// What names the track in the draft: its id, else its name, else its place.
  package var trackKey: String
  /// The observation that the base was read from; `nil` for a track that is still to be made.
  package var observationHash: [UInt8]?
  /// The revision whose lines equal the base; `nil` where the script differs from it, or may.
  package var agreedRevision: Int?

  /// Creates a binding from its parts.
  package init(
    scriptID: Script.ID, sessionID: BackendSession.ID, trackKey: String,
    observationHash: [UInt8]? = nil, agreedRevision: Int? = nil
  ) {
    self.scriptID = scriptID
    self.sessionID = sessionID
    self.trackKey = trackKey
    self.observationHash = observationHash
    self.agreedRevision = agreedRevision
  }
}

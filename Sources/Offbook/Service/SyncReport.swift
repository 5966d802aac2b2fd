public import ScriptModel

/// What a sync did, project by project, or with a dry run would do.
public struct SyncReport: Sendable {
  /// How a project's sync ended.
  public enum State: String, Hashable, Sendable, CaseIterable {
    case synced, partial, offline, failed, conflicts
  }

  /// Why an item was not done, and what to do.
  public struct Failure: Hashable, Sendable {
    /// The kind, which makes the exit code.
    public var code: WorkspaceError.Code
    /// The item, for people.
    public var what: String
    /// Why, as a sentence.
    public var reason: String
    /// What to do next, as a sentence.
    public var next: String

    /// Creates a failure from its parts.
    public init(code: WorkspaceError.Code, what: String, reason: String, next: String) {
      self.code = code
      self.what = what
      self.reason = reason
      self.next = next
    }
  }

  /// Something that a sync would do.
  public struct PlannedItem: Hashable, Sendable {
    /// What is done.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      case session, upload, message, push, render, pull, download
    }

    /// What is done.
    public var kind: Kind
    /// What it is about, for people.
    public var what: String
    /// The intent, where there is one.
    public var intentID: Intent.ID?
    /// The script, where it is about one.
    public var scriptID: Script.ID?
    /// How many lines go or come; `nil` where that is not known.
    public var lines: Int?
    /// How many bytes leave or come; `nil` where that is not known.
    public var bytes: Int64?
    /// About how many credits it takes; 0 for what is free.
    public var estimate: Int

    /// Creates an item from its parts.
    public init(
      kind: Kind, what: String, intentID: Intent.ID? = nil, scriptID: Script.ID? = nil,
      lines: Int? = nil, bytes: Int64? = nil, estimate: Int = 0
    ) {
      self.kind = kind
      self.what = what
      self.intentID = intentID
      self.scriptID = scriptID
      self.lines = lines
      self.bytes = bytes
      self.estimate = estimate
    }
  }

  /// The agent's answer to a message.
  public struct Reply: Hashable, Sendable {
    /// The message.
    public var intent: Intent
    /// The agent's words.
    public var words: String

    /// Creates an answer from its parts.
    public init(intent: Intent, words: String) {
      self.intent = intent
      self.words = words
    }
  }

  /// What became of one project.
  public struct ProjectReport: Sendable {
    /// The project.
    public var project: Project
    /// The service's name for its session; `nil` where there is none.
    public var sessionID: String?
    /// How it ended.
    public var state: State
    /// How many lines came in.
    public var pulledLines = 0
    /// How many media came down.
    public var pulledMedia = 0
    /// How many scripts were sent.
    public var pushedScripts = 0
    /// How many changed lines went with them.
    public var pushedLines = 0
    /// How many messages were sent, pushes among them.
    public var pushedMessages = 0
    /// The credits that were used, as far as is known.
    public var charged = 0
    /// The conflicts that wait for a decision.
    public var conflicts: [ConflictDetails] = []
    /// What was not done.
    public var failures: [Failure] = []
    /// The finished videos that came down.
    public var videos: [Media] = []
    /// Of these videos those that are wanted in a file of the person's.
    public var wantedVideos: [WantedVideo] = []
    /// What a person should know though nothing failed, as sentences.
    public var notices: [String] = []
    /// What the agent answered to messages that waited, in the order in which they were recorded.
    public var replies: [Reply] = []
    /// What would be done; empty but for a dry run.
    public var planned: [PlannedItem] = []
    /// What pulls changed in scripts, in their order.
    public var edits: [EditOutcome] = []

    /// Creates the report of a project in which nothing happened.
    public init(project: Project, state: State) {
      self.project = project
      self.state = state
    }
  }

  /// The projects in the order in which they were named.
  public var projects: [ProjectReport]

  /// Creates a report from its parts.
  public init(projects: [ProjectReport]) { self.projects = projects }

  /// All that was not done.
  public var failures: [Failure] { projects.flatMap(\.failures) }
}

/// What came of intents that were carried out at once.
public struct ServiceOutcome: Sendable {
  /// One intent and what it gave.
  public struct Result: Sendable {
    /// The intent as it stands now.
    public var intent: Intent
    /// The agent's words; `nil` where there were none, or none yet.
    public var reply: String?
    /// What changed at the service, as sentences: of use where the agent was silent.
    public var changes: [String]
    /// The script that it made or changed.
    public var scriptID: Script.ID?
    /// The id that its render was started with.
    public var renderID: String?
    /// The finished video.
    public var media: Media?

    /// Creates a result from its parts.
    public init(
      intent: Intent, reply: String? = nil, changes: [String] = [], scriptID: Script.ID? = nil,
      renderID: String? = nil, media: Media? = nil
    ) {
      self.intent = intent
      self.reply = reply
      self.changes = changes
      self.scriptID = scriptID
      self.renderID = renderID
      self.media = media
    }
  }

  /// Intent by intent, in the order in which they were named.
  public var results: [Result]
  /// What else happened, project by project.
  public var report: SyncReport

  /// Creates an outcome from its parts.
  public init(results: [Result], report: SyncReport) {
    self.results = results
    self.report = report
  }
}

/// What a list shows of a project.
public struct ProjectSummary: Hashable, Sendable {
  /// The project.
  public var project: Project
  /// How many scripts it has.
  public var scriptCount: Int
  /// How many speakers its cast has.
  public var speakerCount: Int

  /// Creates a summary from its parts.
  public init(project: Project, scriptCount: Int, speakerCount: Int) {
    self.project = project
    self.scriptCount = scriptCount
    self.speakerCount = speakerCount
  }
}

/// What a list shows of a script, without its lines.
public struct ScriptSummary: Hashable, Sendable {
  /// How a script stands to the service.
  public enum SyncState: String, Hashable, Sendable, CaseIterable {
    /// Bound to no session.
    case local
    case synced, edited
  }

  /// The script's id.
  public var id: Script.ID
  /// The title.
  public var title: String
  /// The project that it belongs to.
  public var projectID: Project.ID
  /// Where its words come from.
  public var kind: Script.Kind
  /// A BCP 47 language tag.
  public var language: String
  /// How many lines it has.
  public var lineCount: Int
  /// The sequence number of its last revision.
  public var revision: Int
  /// How many conflicts wait for a decision.
  public var conflictCount: Int
  /// How it stands to the service.
  public var syncState: SyncState

  /// Creates a summary from its parts.
  public init(
    id: Script.ID, title: String, projectID: Project.ID, kind: Script.Kind, language: String,
    lineCount: Int, revision: Int, conflictCount: Int = 0, syncState: SyncState = .local
  ) {
    self.id = id
    self.title = title
    self.projectID = projectID
    self.kind = kind
    self.language = language
    self.lineCount = lineCount
    self.revision = revision
    self.conflictCount = conflictCount
    self.syncState = syncState
  }
}

/// A speaker of a project's cast with how much is said.
public struct CastMember: Hashable, Sendable {
  /// The speaker.
  public var speaker: Speaker
  /// How many lines of the scripts in question name the speaker.
  public var lineCount: Int

  /// Creates a member from its parts.
  public init(speaker: Speaker, lineCount: Int) {
    self.speaker = speaker
    self.lineCount = lineCount
  }
}

/// One line that a search found.
public struct SearchHit: Hashable, Sendable {
  /// The script.
  public var scriptID: Script.ID
  /// The script's title.
  public var scriptTitle: String
  /// The line.
  public var lineID: Line.ID
  /// The line's number in its script, from 1.
  public var number: Int
  /// The name of its speaker.
  public var speakerName: String?
  /// Its start.
  public var start: Milliseconds?
  /// Its whole text.
  public var text: String
  /// Where the words that were looked for stand in `text`, as UTF-8 offsets, in order.
  public var matches: [Range<Int>]

  /// Creates a hit from its parts.
  public init(
    scriptID: Script.ID, scriptTitle: String, lineID: Line.ID, number: Int, speakerName: String?,
    start: Milliseconds?, text: String, matches: [Range<Int>]
  ) {
    self.scriptID = scriptID
    self.scriptTitle = scriptTitle
    self.lineID = lineID
    self.number = number
    self.speakerName = speakerName
    self.start = start
    self.text = text
    self.matches = matches
  }
}

/// What a command did, or with a dry run would do, to one script.
public struct EditOutcome: Hashable, Sendable {
  /// The script.
  public var scriptID: Script.ID
  /// The new revision; `nil` for a dry run and where nothing changed.
  public var revision: Revision?
  /// The difference that it made.
  public var changes: [Change]

  /// Creates an outcome from its parts.
  public init(scriptID: Script.ID, revision: Revision?, changes: [Change]) {
    self.scriptID = scriptID
    self.revision = revision
    self.changes = changes
  }
}

/// A line with the revision that touched it last.
public struct BlameEntry: Hashable, Sendable {
  /// The line as it stands.
  public var state: Change.State
  /// The revision that touched it last.
  public var revision: Revision

  /// Creates an entry from its parts.
  public init(state: Change.State, revision: Revision) {
    self.state = state
    self.revision = revision
  }
}

/// One check of a workspace and what it found.
public struct HealthCheck: Hashable, Sendable {
  /// A stable kebab-case name such as `foreign-keys`.
  public var name: String
  /// What is wrong, one sentence each; empty where all is well.
  public var problems: [String]

  /// Creates a check from its parts.
  public init(name: String, problems: [String]) {
    self.name = name
    self.problems = problems
  }
}

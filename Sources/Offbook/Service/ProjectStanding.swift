public import ScriptModel

/// Where a project stands to the service, counted without a network.
public struct ProjectStanding: Hashable, Sendable {
  /// The project.
  public var project: Project
  /// The service's name for its live session.
  public var sessionID: String?
  /// How many scripts it has.
  public var scripts: Int
  /// How many of them were edited since they were last seen to agree with the session.
  public var edited: Int
  /// How many of them the session may not have as they are here.
  public var unsent: Int
  /// How many intents wait to be sent.
  public var queued: Int
  /// How many intents may or may not have been carried out.
  public var inDoubt: Int
  /// How many intents a process is carrying out just now.
  public var running = 0
  /// The titles of scripts that are in no session, where the project has one: nothing sends them by itself.
  public var titlesHere: [String] = []
  /// How many conflicts wait for a decision.
  public var conflicts: Int
  /// How many media it has.
  public var media: Int

  /// Creates a standing from its parts.
  public init(
    project: Project, sessionID: String? = nil, scripts: Int = 0, edited: Int = 0,
    unsent: Int = 0, queued: Int = 0, inDoubt: Int = 0, conflicts: Int = 0, media: Int = 0
  ) {
    self.project = project
    self.sessionID = sessionID
    self.scripts = scripts
    self.edited = edited
    self.unsent = unsent
    self.queued = queued
    self.inDoubt = inDoubt
    self.conflicts = conflicts
    self.media = media
  }
}

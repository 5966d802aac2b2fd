public import ScriptModel

/// What happens while the service is spoken to, for bars and plain lines.
public enum ServiceProgress: Hashable, Sendable {
  /// A part of a project's sync that takes a while.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// An anonymous token is fetched.
    case logIn
    /// The session's state is read.
    case look
    /// What was seen is merged into the scripts.
    case merge
    /// A session is opened.
    case openSession
    /// A file is uploaded.
    case upload
    /// A message is sent, and its answer comes.
    case message
    /// A script is sent to its track.
    case push
    /// A video is rendered.
    case render
    /// A medium or a finished video is brought.
    case download
  }

  /// Why nothing is done for a while.
  public enum Pause: String, Hashable, Sendable, CaseIterable {
    /// A request is repeated after it.
    case repetition
    /// The service asked for it.
    case rateLimit
    /// A lost message may still be carried out: the session is looked at afterwards.
    case doubt
    /// A generation was answered: the session is looked at until it rests.
    case stage
    /// A render is asked for again after it.
    case render
  }

  /// A project's sync began.
  case projectBegan(Project)
  /// A project's sync is over.
  case projectEnded(Project.ID, SyncReport.State)
  /// A phase began; `what` is the file, script or message that it is about, for people.
  case phase(Project.ID, Phase, what: String)
  /// So many bytes were sent, of so many.
  case sent(Project.ID, bytes: Int64, of: Int64?)
  /// So many bytes came, of so many.
  case received(Project.ID, bytes: Int64, of: Int64?)
  /// Words of the agent, as they come; put one behind the other they are its reply.
  case replyText(Project.ID, Intent.ID, String)
  /// The agent uses a tool of its own, by that name.
  case tool(Project.ID, Intent.ID, name: String)
  /// Nothing new for 2 minutes, and the service works on.
  case stillWorking(Project.ID, Intent.ID, elapsed: Milliseconds)
  /// Percent of a render that are done.
  case rendered(Project.ID, percent: Int)
  /// Nothing is done for so long.
  case waiting(Project.ID, Pause, Milliseconds)
  /// Something that a person should know, as a sentence.
  case notice(Project.ID, String)
}

package import BackendAPI
package import ScriptModel
package import ScriptStore

/// What an engine works with; tests give their own clock and transport.
package struct SyncEnvironment: Sendable {
  /// The workspace.
  package var store: WorkspaceStore
  /// Carries requests, without a token of its own.
  package var client: ServiceClient
  /// The token in use.
  package var tokens: TokenKeeper
  /// Lets time pass; throws `CancellationError` where the task is cancelled.
  package var sleep: @Sendable (Milliseconds) async throws -> Void
  /// Monotonic time in milliseconds, to tell how long nothing came.
  package var now: @Sendable () -> Int64
  /// Gets what happens.
  package var tell: @Sendable (SyncEvent) -> Void
  /// Decides what may be spent; `nil` where nobody can be asked.
  package var ask: (@Sendable (Project, SpendingPlan) async -> Bool)?

  /// Creates an environment from its parts.
  package init(
    store: WorkspaceStore, client: ServiceClient, tokens: TokenKeeper,
    sleep: @escaping @Sendable (Milliseconds) async throws -> Void,
    now: @escaping @Sendable () -> Int64,
    tell: @escaping @Sendable (SyncEvent) -> Void = { _ in },
    ask: (@Sendable (Project, SpendingPlan) async -> Bool)? = nil
  ) {
    self.store = store
    self.client = client
    self.tokens = tokens
    self.sleep = sleep
    self.now = now
    self.tell = tell
    self.ask = ask
  }
}

/// What happens in a project's sync, for people.
package enum SyncEvent: Sendable {
  /// The sync began.
  case began(Project)
  /// The sync is over.
  case ended(Project.ID, ProjectOutcome.State)
  /// Something that a person should know, as a sentence.
  case notice(Project.ID, String)
  /// A step began that takes a while.
  case step(Project.ID, SyncStep, what: String)
  /// So many bytes were sent, of so many.
  case sent(Project.ID, Int64, of: Int64?)
  /// So many bytes came, of so many.
  case received(Project.ID, Int64, of: Int64?)
  /// Words of the agent.
  case words(Project.ID, Intent.ID, String)
  /// The agent uses a tool.
  case tool(Project.ID, Intent.ID, String)
  /// The service works on, and nothing is new.
  case stillWorking(Project.ID, Intent.ID, elapsed: Milliseconds)
  /// Percent of a render.
  case rendered(Project.ID, percent: Int)
}

/// What a project's sync did beside what its planner counted.
package struct ProjectRun: Sendable {
  /// The planner's outcome.
  package var outcome: ProjectOutcome
  /// The project as the run left it; `nil` where it could not begin.
  package var snapshot: ProjectSnapshot?
  /// The last state of a session that the service forgot in this run, as `SessionState.bytes` has it.
  package var lostState: [UInt8]?
  /// What pulls changed, in order.
  package var edits: [EditOutcome] = []
  /// The agent's words by intent.
  package var replies: [Intent.ID: String] = [:]
  /// What changed at the service since an intent was sent, as sentences.
  package var changes: [Intent.ID: [String]] = [:]
  /// The scripts that extractions gave.
  package var scripts: [Intent.ID: Script.ID] = [:]
  /// The videos that renders gave.
  package var media: [Intent.ID: Media.ID] = [:]
}

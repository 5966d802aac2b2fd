public import ScriptModel

/// Speaks to the service for a workspace: syncs, carries out intents, keeps the tokens.
///
/// Nothing leaves the machine before one of its `async` functions is called. Cancelling the task that
/// calls one interrupts it: what was committed stays, and the next sync goes on from there.
///
///     let connection = try ServiceConnection(workspace, settings: settings)
///     let intent = try workspace.recordMessage("Make the title larger", in: project.id)
///     let outcome = try await connection.carryOut([intent.id])
public final class ServiceConnection: Sendable {
  /// The workspace that it works for.
  public let workspace: Workspace
  /// Where the service is and who asks.
  public let settings: ServiceSettings

  /// Creates a connection; no network is used yet.
  ///
  /// - Throws: `invalidValue` for an address that is none.
  public init(_ workspace: Workspace, settings: ServiceSettings) throws(WorkspaceError) {
    self.workspace = workspace
    self.settings = settings
  }

  /// A stream of all that happens from now on; each call gives one of its own.
  ///
  /// It ends when `close` is called, after all that happened before.
  public func progress() -> AsyncStream<ServiceProgress> { AsyncStream { $0.finish() } }

  /// Ends the progress streams and lets go of all connections.
  public func close() {}
}

// MARK: - Syncing

extension ServiceConnection {
  /// Syncs projects, several at once; one that fails holds up no other.
  ///
  /// What goes wrong is in the report, item by item.
  /// - Parameter projects: `nil` for all that have anything to do with the service.
  /// - Throws: `WorkspaceError` only where nothing could be begun: an unreadable workspace, say.
  public func sync(
    _ projects: [Project.ID]? = nil, options: SyncOptions = SyncOptions()
  ) async throws(WorkspaceError) -> SyncReport {
    throw notYet
  }

  /// Carries out intents of one project or more, with what they need, and tells what came of them.
  ///
  /// What can't be carried out now stays recorded; the report says why.
  public func carryOut(
    _ intents: [Intent.ID], options: SyncOptions = SyncOptions()
  ) async throws(WorkspaceError) -> ServiceOutcome {
    throw notYet
  }
}

// MARK: - Single questions

extension ServiceConnection {
  /// Reads the balance and remembers it.
  ///
  /// - Throws: `offline`, `logIn`.
  public func credits() async throws(WorkspaceError) -> CreditsReading {
    throw notYet
  }

  /// Reads a project's state anew where there is a network, and gives its timeline.
  ///
  /// - Throws: `notFound` where the project has no session.
  public func timeline(of project: Project.ID) async throws(WorkspaceError) -> Timeline {
    throw notYet
  }

  /// Makes a link by which a browser takes over a project's session; it holds no token.
  ///
  /// - Throws: `notFound` where the project has no session, `offline`, `logIn`.
  public func browserLink(of project: Project.ID) async throws(WorkspaceError) -> String {
    throw notYet
  }
}

// MARK: - Tokens

extension ServiceConnection {
  /// Tells who asks the service; no network is used.
  public func authenticationStatus() throws(WorkspaceError) -> AuthenticationStatus {
    throw notYet
  }

  /// Keeps a person's token for this service address, in a file that only the person can read.
  ///
  /// - Throws: `invalidValue` for what can't be a token, `fileProblem`.
  public func storeToken(_ token: String) throws(WorkspaceError) {
    throw notYet
  }

  /// Removes the kept tokens for this service address; the client's id stays.
  ///
  /// - Returns: whether there were any.
  public func forgetTokens() throws(WorkspaceError) -> Bool {
    throw notYet
  }
}

import BackendAPI
import HTTPTransport
package import ScriptModel
import ScriptStore
import ScriptSync
import Synchronization

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

  let base: WebAddress
  let web: WebAddress
  let files: CredentialFiles
  let listeners = ProgressListeners()
  private let transport: CurlTransport
  private let made = Mutex<(client: ServiceClient, tokens: TokenKeeper)?>(nil)

  /// Creates a connection; no network is used yet.
  ///
  /// - Throws: `invalidValue` for an address that is none.
  public init(_ workspace: Workspace, settings: ServiceSettings) throws(WorkspaceError) {
    guard let base = WebAddress(settings.apiAddress) else {
      throw Self.invalid(settings.apiAddress, "NEMO_API_URL")
    }
    guard let web = WebAddress(settings.webAddress) else {
      throw Self.invalid(settings.webAddress, "NEMO_WEB_URL")
    }
    self.workspace = workspace
    self.settings = settings
    self.base = base
    self.web = web
    files = CredentialFiles(
      folder: settings.configurationFolder, home: settings.homeFolder, address: base.root)
    transport = CurlTransport(log: settings.debugLog)
  }

  private static func invalid(_ address: String, _ name: String) -> WorkspaceError {
    WorkspaceError(
      .invalidValue, "The service's address in '\(name)' is no http or https address",
      fix: "Give one such as https://example.com, or leave '\(name)' out.")
  }

  /// Begins to load what speaks to the service, in the background: for commands that are to speak to
  /// it soon, and have something else to do until then.
  ///
  /// - Returns: the thread that does, to be joined before the process ends.
  package static func prepare() -> JoinableThread? { CurlTransport.load() }

  /// A stream of all that happens from now on; each call gives one of its own.
  ///
  /// It ends when `close` is called, after all that happened before.
  public func progress() -> AsyncStream<ServiceProgress> { listeners.stream() }

  /// Ends the progress streams and lets go of all connections.
  public func close() {
    transport.shutdown()
    listeners.finish()
  }

  /// What is wrong with the settings and is got by without, as sentences.
  public var notices: [String] {
    guard settings.environmentToken == nil, settings.clientID != nil,
      settings.usableClientID == nil
    else { return [] }
    return ["'NEMO_CLIENT_ID' holds no UUID and is not used; correct it, or leave it out."]
  }

  /// The client and the token in use, made with the first request.
  func access() throws(WorkspaceError) -> (client: ServiceClient, tokens: TokenKeeper) {
    if let known = made.withLock({ $0 }) { return known }
    if let given = settings.environmentToken, Secret(given.revealed) == nil {
      throw WorkspaceError(
        .logIn, "'NEMO_TOKEN' holds no token: a token is one word of letters, digits and marks",
        fix: "Correct it, or leave it out.")
    }
    var clientID = settings.usableClientID ?? ""
    if clientID.isEmpty {
      do throws(CredentialFiles.Failure) {
        clientID = try files.clientID()
      } catch {
        throw WorkspaceError(.fileProblem, error.description)
      }
    }
    let configuration = ServiceConfiguration(
      base: base, web: web, clientID: clientID, version: settings.version,
      platform: ServiceConfiguration.platform(
        skillSource: settings.skillSource, installPath: settings.programPath,
        home: settings.homeFolder))
    let client = ServiceClient(transport: transport, configuration: configuration)
    let tokens = TokenKeeper(
      files: files, client: client,
      environmentToken: settings.environmentToken.flatMap { Secret($0.revealed) })
    return made.withLock { made in
      if let known = made { return known }
      made = (client, tokens)
      return (client, tokens)
    }
  }

  /// What the engine works with for one call.
  func environment(_ options: SyncOptions) throws(WorkspaceError) -> SyncEnvironment {
    let access = try access()
    let listeners = listeners
    let scale = settings.paceScale
    var environment = SyncEnvironment(
      store: workspace.store, client: access.client, tokens: access.tokens,
      sleep: { time in
        let pause = Int64(Double(time.rawValue) * scale)
        if pause > 100 { listeners.tellPause(time) }
        try await Pause.sleep(Milliseconds(pause))
      },
      now: { Platform.monotonicMilliseconds() },
      tell: { listeners.tell($0) })
    if let ask = options.ask {
      environment.ask = { project, plan in
        await ask(
          SpendingQuestion(
            project: project,
            items: plan.items.map { SpendingQuestion.Item(what: $0.what, estimate: $0.estimate) }))
      }
    }
    return environment
  }
}

// MARK: - Tokens

extension ServiceConnection {
  /// Tells who asks the service; no network is used.
  public func authenticationStatus() throws(WorkspaceError) -> AuthenticationStatus {
    var status = AuthenticationStatus(
      source: .none, apiAddress: base.root,
      clientID: settings.usableClientID ?? files.knownClientID)
    if settings.environmentToken != nil {
      status.source = .environment
    } else if let kept = files.kept() {
      status.source = kept.isAnonymous ? .anonymous : .stored
      status.userID = kept.userID
      status.expires = kept.expires
      if kept.isAnonymous, let user = kept.userID {
        status.registrationLink = registrationLink(user)
      }
    }
    return status
  }

  /// The link by which a person without an account registers and keeps what is there.
  func registrationLink(_ id: String) -> String {
    ServiceConfiguration(base: base, web: web, clientID: "", version: settings.version)
      .registrationLink(id)
  }

  /// Keeps a person's token for this service address, in a file that only the person can read.
  ///
  /// - Throws: `invalidValue` for what can't be a token, `fileProblem`.
  public func storeToken(_ token: String) throws(WorkspaceError) {
    guard let secret = Secret(token) else {
      throw WorkspaceError(
        .invalidValue, "This can't be a token: a token is one word of letters, digits and marks")
    }
    do throws(CredentialFiles.Failure) {
      try files.keep(CredentialFiles.Kept(token: secret, isAnonymous: false))
    } catch {
      throw WorkspaceError(.fileProblem, error.description)
    }
    made.withLock { $0 = nil }
  }

  /// Removes the kept tokens for this service address; the client's id stays.
  ///
  /// - Returns: whether there were any.
  public func forgetTokens() throws(WorkspaceError) -> Bool {
    made.withLock { $0 = nil }
    do throws(CredentialFiles.Failure) {
      return try files.forget()
    } catch {
      throw WorkspaceError(.fileProblem, error.description)
    }
  }
}

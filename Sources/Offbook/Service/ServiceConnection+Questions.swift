import BackendAPI
public import ScriptModel
import ScriptStore
import ScriptSync

extension ServiceConnection {
  /// Reads the balance and remembers it.
  ///
  /// - Throws: `offline`, `logIn`.
  public func credits() async throws(WorkspaceError) -> CreditsReading {
    let credits = try await call(CreditsRequest())
    let store = workspace.store
    return try translating { () throws(StoreError) in
      try store.note(credits)
      return try store.lastCredits() ?? CreditsReading(credits: credits, date: Milliseconds(0))
    }
  }

  /// Reads a project's state anew where there is a network, and gives its timeline.
  ///
  /// - Parameter project: the project.
  /// - Throws: `notFound` where the project has no session.
  public func timeline(of project: Project.ID) async throws(WorkspaceError) -> Timeline {
    let session = try session(of: project)
    let state = try await call(SessionStateRequest(sessionID: session.sessionID))
    return Timeline(state.draft ?? .empty)
  }

  /// Makes a link by which a browser takes over a project's session; it holds no token.
  ///
  /// - Parameter project: the project.
  /// - Throws: `notFound` where the project has no session, `offline`, `logIn`.
  public func browserLink(of project: Project.ID) async throws(WorkspaceError) -> String {
    let session = try session(of: project)
    let token = try await call(
      ClaimTokenRequest(taskID: session.taskID, sessionID: session.sessionID))
    return try access().client.configuration.claimLink(token)
  }

  private func session(of project: Project.ID) throws(WorkspaceError) -> BackendSession {
    let found = try translating { () throws(StoreError) in
      try workspace.store.snapshot(of: project)
    }
    guard let session = found.session else {
      throw WorkspaceError(
        .notFound, "The project '\(found.project.name)' has no session yet",
        fix: "'offbook extract', 'generate', 'attach' or 'say' opens one.")
    }
    return session
  }

  /// Sends one request that may be repeated; an anonymous token that is refused is renewed once.
  private func call<Request: ServiceRequest>(
    _ request: Request
  ) async throws(WorkspaceError) -> Request.Answer {
    var (client, tokens) = try access()
    do throws(CallError) {
      if await tokens.current == nil { _ = try await tokens.renew(refused: nil) }
      client.configuration.token = await tokens.current
      do throws(CallError) {
        return try await client.call(request)
      } catch {
        guard case .service(let refusal) = error, refusal.code == .unauthorized,
          await tokens.canRenew
        else { throw error }
        client.configuration.token = try await tokens.renew(
          refused: client.configuration.token)
        return try await client.call(request)
      }
    } catch {
      throw WorkspaceError(error)
    }
  }
}

extension WorkspaceError {
  /// Says why a single question of the service had no answer.
  init(_ error: CallError) {
    switch error {
    case .transport(let failure):
      let isHere = failure.code == .fileProblem || failure.code == .failed
      self.init(
        failure.code == .cancelled ? .interrupted : isHere ? .failed : .offline,
        "The service can't be reached: \(failure.description)",
        fix: isHere ? nil : "Try again when there is a network.")
    case .service(let refusal): self.init(refusal)
    }
  }

  private init(_ refusal: ServiceError) {
    switch refusal.code {
    case .unauthorized:
      self.init(
        .logIn, "The token is not accepted. \(refusal.description)",
        fix: "Give a new one: 'offbook auth token', or NEMO_TOKEN.")
    case .scopeMissing:
      self.init(
        .logIn, "The token lacks a scope. \(refusal.description)",
        fix: "Give a token with that scope: 'offbook auth token'.")
    case .sessionExpired:
      self.init(
        .notFound, "The session has expired. \(refusal.description)",
        fix: "'offbook sync' opens a new one.")
    case .outOfCredits: self.init(.credits, refusal.description)
    case .planRequired:
      self.init(
        .plan, refusal.description, fix: "Register or upgrade your plan to unlock export.")
    case .rateLimited:
      let pause = refusal.retryAfter.map { "in \(max(1, ($0.rawValue + 999) / 1000)) s" }
      self.init(
        .busy, "The service gets too many requests. \(refusal.description)",
        fix: "Try again \(pause ?? "in a while").")
    case .unavailable:
      self.init(
        .busy, "The service does not work just now. \(refusal.description)",
        fix: "Try again in a while.")
    case .unreadable:
      self.init(
        .failed, refusal.description,
        fix: "Try again in a while; where it stays so, look at the address in NEMO_API_URL.")
    default: self.init(.failed, refusal.description)
    }
  }
}

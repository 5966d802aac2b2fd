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

  /// Sends one request that may be repeated, again where that is of use.
  private func call<Request: ServiceRequest>(
    _ request: Request
  ) async throws(WorkspaceError) -> Request.Answer {
    let access = try access()
    var patience = QuestionPatience()
    while true {
      do throws(CallError) {
        return try await call(request, access.client, access.tokens)
      } catch {
        guard let pause = patience.pause(after: error) else {
          throw WorkspaceError(
            error, scope: Request.scope, hasEnvironmentToken: settings.environmentToken != nil)
        }
        do { try await Task.sleep(for: .milliseconds(scaled(pause))) } catch {
          throw WorkspaceError(.interrupted, "The request was interrupted")
        }
      }
    }
  }

  /// An anonymous token that is refused is renewed once.
  private func call<Request: ServiceRequest>(
    _ request: Request, _ known: ServiceClient, _ tokens: TokenKeeper
  ) async throws(CallError) -> Request.Answer {
    var client = known
    if await tokens.current == nil { _ = try await tokens.renew(refused: nil) }
    client.configuration.token = await tokens.current
    do throws(CallError) {
      return try await client.call(request)
    } catch {
      guard case .service(let refusal) = error, refusal.code == .unauthorized,
        await tokens.canRenew
      else { throw error }
      client.configuration.token = try await tokens.renew(refused: client.configuration.token)
      return try await client.call(request)
    }
  }

  private func scaled(_ pause: Milliseconds) -> Int64 {
    max(1, Int64(Double(pause.rawValue) * settings.paceScale))
  }
}

/// How often and after which pauses a question that nobody is charged for is asked again.
private struct QuestionPatience {
  private let pace = SyncPace()
  private var repetitions = 0
  private var wasRateLimited = false

  /// The pause before the next try; `nil` where there is no use in one.
  mutating func pause(after error: CallError) -> Milliseconds? {
    switch error {
    case .transport(let failure):
      guard failure.isOffline || failure.code == .cut || failure.code == .timedOut else {
        return nil
      }
      return growing(upTo: failure.isOffline ? pace.offlineRepetitions : pace.repetitions)
    case .service(let refusal):
      switch refusal.code {
      case .unavailable, .unreadable: return growing(upTo: pace.repetitions)
      case .rateLimited:
        let pause = max(Milliseconds(0), refusal.retryAfter ?? pace.rateLimit)
        guard !wasRateLimited, pause <= pace.longestRateLimit else { return nil }
        wasRateLimited = true
        return pause
      default: return nil
      }
    }
  }

  /// Each pause twice the last, with up to a quarter of jitter.
  private mutating func growing(upTo limit: Int) -> Milliseconds? {
    guard repetitions < limit else { return nil }
    defer { repetitions += 1 }
    let pause = pace.repetition.rawValue << Int64(repetitions)
    return Milliseconds(pause + Int64.random(in: 0...(pause / 4)))
  }
}

extension ServiceRequest {
  /// What a token must allow for a question, by the service's word for it.
  fileprivate static var scope: String { Self.self == ClaimTokenRequest.self ? "write" : "read" }
}

extension WorkspaceError {
  /// Says why a single question of the service had no answer.
  fileprivate init(_ error: CallError, scope: String, hasEnvironmentToken: Bool) {
    switch error {
    case .transport(let failure):
      let isHere = failure.code == .fileProblem || failure.code == .failed
      self.init(
        failure.code == .cancelled ? .interrupted : isHere ? .failed : .offline,
        "The service can't be reached: \(failure.description)",
        fix: isHere ? nil : "Try again when there is a network.")
    case .service(let refusal):
      self.init(refusal, scope: scope, hasEnvironmentToken: hasEnvironmentToken)
    }
  }

  private init(
    ofToken refusal: ServiceError, _ words: String, scope: String, isOfEnvironment: Bool
  ) {
    if refusal.code == .scopeMissing {
      self.init(
        .logIn, "The token lacks the scope '\(refusal.namedScope ?? scope)'. \(words)",
        fix: isOfEnvironment
          ? "Put a token with that scope into NEMO_TOKEN, or leave NEMO_TOKEN out."
          : "Give a token with that scope: 'offbook auth token'.")
    } else {
      self.init(
        .logIn, "The token is not accepted. \(words)",
        fix: isOfEnvironment
          ? "Only its owner can renew it: put a new one into NEMO_TOKEN, or leave NEMO_TOKEN out."
          : "Give a new one: 'offbook auth token'.")
    }
  }

  private init(_ refusal: ServiceError, scope: String, hasEnvironmentToken: Bool) {
    let words = SyncPlanner.sentence(refusal.description)
    switch refusal.code {
    case .unauthorized, .scopeMissing:
      self.init(ofToken: refusal, words, scope: scope, isOfEnvironment: hasEnvironmentToken)
    case .sessionExpired:
      self.init(
        .notFound, "The session has expired. \(words)",
        fix: "'offbook sync' opens a new one.")
    case .outOfCredits:
      self.init(
        .credits, "The credits are used up. \(words)",
        fix: "Top up credits in your account; without one 'offbook auth status' shows where to "
          + "register.")
    case .planRequired:
      self.init(
        .plan, words,
        fix: "Register, or upgrade your plan: 'offbook auth status' shows who asks.")
    case .rateLimited:
      let pause = refusal.retryAfter.map { "in \(max(1, ($0.rawValue + 999) / 1000)) s" }
      self.init(
        .busy, "The service gets too many requests. \(words)",
        fix: "Try again \(pause ?? "in a while").")
    case .unavailable:
      self.init(
        .busy, "The service does not work just now. \(words)",
        fix: "Try again in a while.")
    case .unreadable:
      self.init(
        .failed, words,
        fix: "Try again in a while; where it stays so, look at the address in NEMO_API_URL.")
    default:
      self.init(
        .failed, words,
        fix: "Look at the address in NEMO_API_URL; where it is right, try again in a while.")
    }
  }
}

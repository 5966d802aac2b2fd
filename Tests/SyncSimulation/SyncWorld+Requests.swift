import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync

/// Why a request gave no answer, and what the service made of it all the same.
struct LostRequest {
  enum Execution { case never, now, later }

  var error: CallError
  var execution: Execution
}

extension SyncWorld {
  /// Whether a request is answered; `nil` where it is.
  mutating func lose(_ device: Int, needsToken: Bool = true, session: Int? = nil) -> LostRequest? {
    devices[device].requests += 1
    if let failure = loseBeforeArrival(device) { return failure }
    if needsToken {
      if faults.strikes(.revokedToken) { service.validToken += 1 }
      if devices[device].token != service.validToken { return refused(.unauthorized, 401) }
    }
    if let session {
      if faults.strikes(.expiredSession) { service.sessions[session].isGone = true }
      if service.sessions[session].isGone { return refused(.sessionExpired, 1002) }
    }
    if faults.strikes(.rateLimited) {
      let pause = [nil, Milliseconds(1000), Milliseconds(600_000)][faults.detail(3)]
      return LostRequest(
        error: .service(ServiceError(.rateLimited, number: 429, retryAfter: pause)),
        execution: .never)
    }
    return loseAnswer()
  }

  private mutating func loseBeforeArrival(_ device: Int) -> LostRequest? {
    if faults.strikes(.offline) { offlineUntil = clock + 60_000 * (1 + faults.detail(5)) }
    if !faults.isCalm, clock < offlineUntil {
      return transport(.unconnected, .nothing, .never)
    }
    if faults.strikes(.cutBefore) { return transport(.timedOut, .nothing, .never) }
    if faults.strikes(.cutDuring) { return transport(.cut, .partly, .never) }
    return nil
  }

  private mutating func loseAnswer() -> LostRequest? {
    if faults.strikes(.cutAfter) {
      return transport(
        [.cut, .timedOut][faults.detail(2)], .whole, [.never, .now, .later][faults.detail(3)])
    }
    if faults.strikes(.unavailable) {
      return LostRequest(
        error: .service(ServiceError(.unavailable, number: 503)),
        execution: [.never, .now, .later][faults.detail(3)])
    }
    if faults.strikes(.unreadable) {
      return LostRequest(
        error: .service(ServiceError(.unreadable, number: 200)), execution: .now)
    }
    if faults.strikes(.unexplained) {
      return LostRequest(
        error: .service(ServiceError(.unexplained, number: 7001)),
        execution: [.never, .now, .later][faults.detail(3)])
    }
    return nil
  }

  func transport(
    _ code: TransportError.Code, _ sent: TransportError.Sent, _ execution: LostRequest.Execution
  ) -> LostRequest {
    LostRequest(
      error: .transport(TransportError(code, sent: sent, "no answer")), execution: execution)
  }

  func refused(_ code: ServiceError.Code, _ number: Int) -> LostRequest {
    LostRequest(error: .service(ServiceError(code, number: number)), execution: .never)
  }

  /// What was lost may have been carried out all the same, now or later.
  mutating func execute(_ message: SimulatedMessage, _ execution: LostRequest.Execution) {
    switch execution {
    case .never: break
    case .later where !takesTurns:
      service.later.append(
        (clock + 1000 + random.below(400_000), message, message.session))
    case .now, .later: service.execute(message, clock: clock, &random)
    }
  }
}

import BackendAPI
import ScriptModel
import ScriptStore

extension SyncPlanner {
  /// Puts the failed request, which may be repeated, on again; `false` where it failed for good.
  mutating func repeats(_ error: CallError) -> Bool {
    guard let step = run.step else { return false }
    if case .service(let refusal) = error {
      if refusal.code == .unauthorized {
        guard renewsToken() else { return false }
        run.duties.insert(contentsOf: [.obtainToken, step], at: 0)
        return true
      }
      if refusal.code == .rateLimited {
        guard !run.wasRateLimited, let pause = rateLimitPause(error) else { return false }
        run.wasRateLimited = true
        run.duties.insert(contentsOf: [.wait(pause, .rateLimit), step], at: 0)
        return true
      }
    }
    guard isWorthRepeating(error), run.repetitions < repetitionLimit(error) else { return false }
    let pause = run.pause(order.pace, repetition: run.repetitions)
    run.repetitions += 1
    run.duties.insert(contentsOf: [.wait(pause, .repetition), step], at: 0)
    return true
  }

  /// Whether a token in the place of the refused one is to be had; once a run.
  mutating func renewsToken() -> Bool {
    guard order.canRenewToken, !run.hasRenewedToken else { return false }
    run.hasRenewedToken = true
    run.hasToken = false
    return true
  }

  func isWorthRepeating(_ error: CallError) -> Bool {
    switch error {
    case .transport(let failure):
      switch failure.code {
      case .unresolved, .unconnected, .cut, .timedOut: true
      case .insecure, .tooLarge, .fileProblem, .cancelled, .unusableAddress, .failed: false
      }
    case .service(let refusal):
      switch refusal.code {
      case .unavailable, .unreadable, .agentFailed: true
      default: false
      }
    }
  }

  private func repetitionLimit(_ error: CallError) -> Int {
    guard case .transport(let failure) = error, failure.isOffline, !run.wasAnswered else {
      return order.pace.repetitions
    }
    return min(order.pace.repetitions, order.pace.offlineRepetitions)
  }

  /// How long the service asked to wait; `nil` where that is too long to stay for.
  func rateLimitPause(_ error: CallError) -> Milliseconds? {
    guard case .service(let refusal) = error else { return nil }
    let pause = max(Milliseconds(0), refusal.retryAfter ?? order.pace.rateLimit)
    return pause <= max(order.pace.longestRateLimit, order.pace.rateLimit) ? pause : nil
  }

  /// Ends the run for good: nothing goes on without this.
  mutating func stop(_ error: CallError, what: String) {
    if case .transport(let failed) = error, failed.isOffline {
      run.end = .offline(failed.description)
    } else {
      run.end = .stopped(failure(error, what: what))
    }
  }

  /// Ends the run where no other request can do better: offline, or no token.
  mutating func endWhereFutile(_ error: CallError, what: String) {
    switch error {
    case .transport(let failed): if failed.isOffline { stop(error, what: what) }
    case .service(let refusal): if refusal.code == .unauthorized { stop(error, what: what) }
    }
  }

  /// A look that failed for good ends the run, after what an answered message still needs.
  mutating func lookFailed(_ error: CallError) {
    if case .service(let refusal) = error, refusal.code == .sessionExpired {
      finishSilentMessage()
      if order.extent == .pull {
        if let session = snapshot.session {
          run.duties.append(.commit(.sessionExpired(session.id)))
        }
        return stop(error, what: projectLabel)
      }
      return expireSession()
    }
    if repeats(error) { return }
    finishSilentMessage()
    stop(error, what: projectLabel)
  }

  /// Without a token nothing that is due can go: only what is stored here still is.
  mutating func tokenFailed(_ error: CallError) {
    if case .service(let refusal) = error, refusal.code == .unauthorized {
      // The token that there is was refused, and no other is to be had.
    } else if repeats(error) {
      return
    }
    finishSilentMessage()
    run.duties.removeAll { !$0.isCommit }
    stop(error, what: projectLabel)
  }
}

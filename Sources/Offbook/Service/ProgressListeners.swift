import ScriptModel
import ScriptSync
import Synchronization

/// Those who hear what happens; each has a stream of its own.
final class ProgressListeners: Sendable {
  private struct State {
    var next = 0
    var continuations: [Int: AsyncStream<ServiceProgress>.Continuation] = [:]
    var isFinished = false
  }

  private let state = Mutex(State())

  func stream() -> AsyncStream<ServiceProgress> {
    AsyncStream { continuation in
      let isFinished = state.withLock { state in
        if !state.isFinished {
          state.continuations[state.next] = continuation
          state.next += 1
        }
        return state.isFinished
      }
      if isFinished { continuation.finish() }
    }
  }

  func finish() {
    let all = state.withLock { state in
      state.isFinished = true
      defer { state.continuations = [:] }
      return Array(state.continuations.values)
    }
    for continuation in all { continuation.finish() }
  }

  private func yield(_ progress: ServiceProgress) {
    let all = state.withLock { Array($0.continuations.values) }
    for continuation in all { continuation.yield(progress) }
  }

  /// Nothing is done for so long; the step before it told why.
  func tellPause(_ time: Milliseconds) {}

  func tell(_ event: SyncEvent) {
    switch event {
    case .began(let project): yield(.projectBegan(project))
    case .ended(let id, let state):
      yield(.projectEnded(id, SyncReport.State(state)))
    case .notice(let id, let text): yield(.notice(id, text))
    case .step(let id, let step, let what):
      if let progress = Self.progress(id, step, what) { yield(progress) }
    case .sent(let id, let bytes, let total): yield(.sent(id, bytes: bytes, of: total))
    case .received(let id, let bytes, let total): yield(.received(id, bytes: bytes, of: total))
    case .words(let id, let intent, let text): yield(.replyText(id, intent, text))
    case .tool(let id, let intent, let name): yield(.tool(id, intent, name: name))
    case .stillWorking(let id, let intent, let elapsed):
      yield(.stillWorking(id, intent, elapsed: elapsed))
    case .rendered(let id, let percent): yield(.rendered(id, percent: percent))
    }
  }

  private static func progress(
    _ id: Project.ID, _ step: SyncStep, _ what: String
  ) -> ServiceProgress? {
    switch step {
    case .obtainToken: .phase(id, .logIn, what: what)
    case .look: .phase(id, .look, what: what)
    case .integrate: .phase(id, .merge, what: what)
    case .openSession: .phase(id, .openSession, what: what)
    case .upload: .phase(id, .upload, what: what)
    case .send: .phase(id, .message, what: what)
    case .startRender, .pollRender: .phase(id, .render, what: "")
    case .download, .downloadRender: .phase(id, .download, what: what)
    case .wait(let time, let why): .waiting(id, ServiceProgress.Pause(why), time)
    default: nil
    }
  }
}

extension ServiceProgress.Pause {
  init(_ wait: SyncWait) {
    switch wait {
    case .repetition: self = .repetition
    case .rateLimit: self = .rateLimit
    case .doubt: self = .doubt
    case .stage: self = .stage
    case .render: self = .render
    }
  }
}

extension SyncReport.State {
  init(_ state: ProjectOutcome.State) {
    switch state {
    case .synced: self = .synced
    case .partial: self = .partial
    case .offline: self = .offline
    case .failed: self = .failed
    case .conflicts: self = .conflicts
    }
  }
}

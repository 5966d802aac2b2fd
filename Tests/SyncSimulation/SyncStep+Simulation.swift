import ScriptModel
import ScriptStore
import ScriptSync

extension SyncStep {
  /// A number for the hash of a trace.
  var number: Int {
    switch self {
    case .commit(let commit): 100 + commit.number
    case .obtainToken: 1
    case .look: 2
    case .integrate: 3
    case .readCredits: 4
    case .openSession: 5
    case .upload(let id): 6 + Int(id.low % 1000) * 1000
    case .send(let id): 7 + Int(id.low % 1000) * 1000
    case .receive: 8
    case .startRender: 9
    case .pollRender: 10
    case .downloadRender: 11
    case .download: 12
    case .wait(let time, _): 13 + Int(time.rawValue % 1_000_000) * 1000
    case .ask: 14
    case .finish: 15
    }
  }
}

extension SyncCommit {
  fileprivate var number: Int {
    switch self {
    case .advance(let advance): Int(advance.state.rawValue.utf8.first ?? 0)
    case .planSession: 1
    case .planPush: 2
    case .sessionOpened: 3
    case .uploaded: 4
    case .sessionExpired: 5
    case .mediumGone: 6
    case .textInstead: 7
    case .credits(let credits, _): 200 + credits.available
    }
  }
}

extension SyncOutcome {
  /// A number for the hash of a trace.
  var number: Int {
    switch self {
    case .begun: 1
    case .committed: 2
    case .notCommitted: 3
    case .tokenObtained: 4
    case .looked(let look): look.fingerprint.reduce(5) { $0 &* 31 &+ Int($1) } & 0xFFFF_FFFF
    case .unchanged: 21
    case .integrated(let integration): 6 + integration.unsent.count * 100
    case .creditsRead(let credits): 7 + credits.available * 100
    case .sessionOpened: 8
    case .uploaded: 9
    case .answerBegan: 10
    case .replied: 11
    case .renderAccepted: 12
    case .renderProgress: 13
    case .downloaded: 14
    case .waited: 15
    case .spendingDecided(let allowed): allowed ? 16 : 17
    case .failed: 18
    case .failedHere: 19
    case .cancelled: 20
    }
  }
}

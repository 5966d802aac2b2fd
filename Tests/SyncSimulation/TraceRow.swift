import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync

extension SyncStep {
  /// The step in a few words, for a trace.
  var row: String {
    switch self {
    case .commit(.advance(let advance)):
      let looks = advance.looks.map { " looks \($0)" } ?? ""
      let charge = advance.charge.map { " charge \($0.credits)" } ?? ""
      return "#\(advance.intentID.low) to \(advance.state.rawValue)\(looks)\(charge)"
        + (advance.evidence.map { " '\($0)'" } ?? "")
    case .commit(.planSession): return "plan a session"
    case .commit(.planPush(let script, let before, _)):
      return "plan a push of script \(script.low) from \(before?.first ?? 0)"
    case .commit(.sessionOpened(_, let grant)): return "session \(grant.sessionID) is open"
    case .commit(.uploaded(let id, _)): return "#\(id.low) is uploaded"
    case .commit(.sessionExpired): return "the session has expired"
    case .commit(.textInstead(let id)): return "#\(id.low) becomes a message"
    case .commit(.mediumGone): return "a medium is gone"
    case .commit(.credits(let credits, let charge)):
      return "credits \(credits.available)"
        + (charge.map { ", #\($0.intentID.low) took \($0.credits)" } ?? "")
    case .openSession(let id): return "open session #\(id.low)"
    case .upload(let id): return "upload #\(id.low)"
    case .send(let id): return "send #\(id.low)"
    case .receive(let id): return "receive #\(id.low)"
    case .startRender(let id): return "start render #\(id.low)"
    case .pollRender(let id): return "poll render #\(id.low)"
    case .wait(let time, let reason): return "wait \(time.rawValue) for \(reason)"
    default: return String("\(self)".prefix(60))
    }
  }
}

extension SyncOutcome {
  /// The outcome in a few words, for a trace.
  var row: String {
    switch self {
    case .committed(let snapshot):
      let intents = snapshot.intents.map {
        "#\($0.intent.id.low) \($0.intent.kind) \($0.intent.purpose) \($0.intent.state)"
      }
      return "stored; \(intents.joined(separator: ", "))"
    case .looked(let look): return "saw \(look.fingerprint.first ?? 0)"
    case .integrated(let integration):
      return "merged, \(integration.pulledLines) lines, unsent "
        + "\(integration.unsent.map(\.scriptID.low))"
    case .failed(.service(let error)): return "refused: \(error.code) \(error.number)"
    case .failed(.transport(let error)): return "no answer: \(error.code), sent \(error.sent)"
    case .creditsRead(let credits): return "\(credits.available) credits"
    default: return String("\(self)".prefix(60))
    }
  }
}

import JSONText
import Offbook
import ScriptModel

extension ExitStatus {
  /// The status of a kind of failure of the service's, or of the workspace's.
  init(_ code: WorkspaceError.Code) {
    switch code {
    case .invalidValue: self = .wrongUse
    case .logIn: self = .logInNeeded
    case .offline: self = .noNetwork
    case .credits, .plan, .spending: self = .notCovered
    case .interrupted: self = .interrupted
    default: self = .failed
    }
  }

  /// The status of a sync: that of its failures where all are of one kind, else partly done.
  init(of report: SyncReport) {
    let statuses = Set(report.failures.map { ExitStatus($0.code) })
    let failed = report.projects.filter { $0.state == .failed || $0.state == .offline }
    if statuses.isEmpty {
      self = report.projects.contains { !$0.conflicts.isEmpty } ? .conflictsWait : .done
    } else if let only = statuses.first, statuses.count == 1, only != .failed {
      self = only
    } else {
      self = failed.count == report.projects.count && statuses == [.failed] ? .failed : .partlyDone
    }
  }
}

extension Console {
  /// Tells what was not done, each with its reason and its next step.
  func failures(_ failures: [SyncReport.Failure]) {
    for failure in failures {
      let what =
        failure.what.isEmpty
        ? ""
        : failure.what.prefix(1).uppercased()
          + failure.what.dropFirst() + ": "
      if failure.code == .offline {
        // Being offline is no error.
        note(VisibleText.row(what + failure.reason))
        if !failure.next.isEmpty { note("  " + VisibleText.row(failure.next)) }
      } else {
        error(what + failure.reason, fix: failure.next.isEmpty ? nil : failure.next)
      }
    }
  }
}

extension SyncReport.Failure {
  /// The failure as the failure of a whole command.
  var commandFailure: CommandFailure {
    CommandFailure(
      type: code.rawValue, message: what.isEmpty ? reason : "\(what): \(reason)",
      fix: next.isEmpty ? nil : next, status: ExitStatus(code))
  }
}

extension ServiceOutcome {
  /// Throws the failure that hindered all of what was asked for; being offline is none.
  func checkCarriedOut() throws {
    guard results.allSatisfy({ $0.intent.state != .done }) else { return }
    if let failure = report.failures.first(where: { $0.code != .offline }) {
      var hindrance = failure.commandFailure
      hindrance.intentIDs = results.map(\.intent.id.description)
      throw hindrance
    }
  }
}

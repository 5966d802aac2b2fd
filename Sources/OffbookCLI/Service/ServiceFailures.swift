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
  ///
  /// Where some items went and others did not it is partly done too; what is held back because nobody has
  /// allowed it, and what is kept without a network, is none of that by itself.
  init(of report: SyncReport) {
    let statuses = Set(report.failures.map { ExitStatus($0.code) })
    if statuses.isEmpty {
      self = report.projects.contains { !$0.conflicts.isEmpty } ? .conflictsWait : .done
    } else if report.failures.allSatisfy({ $0.code == .spending }) {
      self = .notCovered
    } else if report.projects.contains(where: \.failures.isEmpty) {
      self = .partlyDone
    } else if statuses == [.noNetwork] {
      self = .noNetwork
    } else if let only = statuses.first, statuses.count == 1, only != .failed, !report.didSomething
    {
      self = only
    } else {
      let failed = report.projects.allSatisfy { $0.state == .failed || $0.state == .offline }
      self = failed && statuses == [.failed] ? .failed : .partlyDone
    }
  }
}

extension SyncReport {
  /// Whether anything came in, or went out and was charged or answered.
  fileprivate var didSomething: Bool {
    projects.contains { project in
      project.pulledLines + project.pulledMedia + project.pushedScripts + project.pushedMessages
        + project.charged > 0
    }
  }

  /// The failure that stands for all where nothing of what was to be done was done; `nil` elsewhere.
  var wholeFailure: CommandFailure? {
    let status = ExitStatus(of: self)
    guard [.failed, .logInNeeded, .notCovered, .interrupted].contains(status), !didSomething,
      let first = failures.first(where: { $0.code != .spending })
    else { return nil }
    var failure = first.commandFailure(isKept: false)
    failure.status = status
    return failure
  }
}

extension Console {
  /// Tells what was not done, each with its reason and its next step.
  func failures(_ failures: [SyncReport.Failure]) {
    for failure in failures {
      if failure.code == .offline {
        // Being offline is no error.
        note(VisibleText.row(failure.sentence))
        if !failure.next.isEmpty { note("  " + VisibleText.row(failure.next)) }
      } else {
        error(failure.sentence, fix: failure.next.isEmpty ? nil : failure.next)
      }
    }
  }
}

extension SyncReport.Failure {
  /// What was not done, why, and what to do.
  var whole: String { VisibleText.row(next.isEmpty ? sentence : sentence + " " + next) }

  /// What was not done and why.
  fileprivate var sentence: String {
    what.isEmpty ? reason : what.prefix(1).uppercased() + what.dropFirst() + ": " + reason
  }

  /// The failure as the failure of a whole command.
  ///
  /// - Parameter isKept: whether what was asked for goes with a later sync.
  fileprivate func commandFailure(isKept: Bool) -> CommandFailure {
    let isTold = next.isEmpty || next.contains("kept")
    let fix = isKept && !isTold ? next + " What was asked for is kept." : next
    return CommandFailure(
      type: code.rawValue, message: sentence, fix: fix.isEmpty ? nil : fix,
      status: ExitStatus(code))
  }
}

extension ServiceOutcome {
  /// Throws the failure that hindered all of what was asked for; being offline is none.
  ///
  /// - Parameter areOne: whether the last intent is what was asked for, and the others what it needs.
  func checkCarriedOut(areOne: Bool) throws {
    let asked = areOne ? results.suffix(1) : results[...]
    guard asked.allSatisfy({ $0.intent.state != .done }) else { return }
    if let failure = report.failures.first(where: { $0.code != .offline }) {
      var hindrance = failure.commandFailure(
        isKept: results.contains { $0.intent.state == .queued })
      hindrance.intentIDs = results.map(\.intent.id.description)
      throw hindrance
    }
  }

  /// Whether nothing could be done because there is no network.
  var isOffline: Bool { report.failures.contains { $0.code == .offline } }
}

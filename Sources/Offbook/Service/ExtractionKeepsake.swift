import ScriptModel
import ScriptStore
import ScriptSync

/// The extractions that wait before a sync, so that those that end without a script can be told.
struct ExtractionKeepsake {
  private let project: Project
  private let waiting: [Intent]

  /// - Parameter waiting: the project's intents that are not settled before the sync.
  init(of project: Project, waiting: [Intent]) {
    self.project = project
    self.waiting = waiting.filter { $0.purpose == .extract }
  }

  /// What was carried out by now and gave no script, each with its reason and a way to ask again.
  func fruitless(
    after run: ProjectRun, in store: WorkspaceStore
  ) throws(StoreError) -> [SyncReport.Failure] {
    var failures: [SyncReport.Failure] = []
    for intent in waiting where run.scripts[intent.id] == nil {
      let record = try store.intentRecord(intent.id)
      guard record.intent.state == .done else { continue }
      var reply = run.replies[intent.id]
      if reply == nil { reply = try store.reply(to: intent.id) }
      let isEmpty = (reply ?? "").isEmpty
      let isLost = isEmpty || isCut(record.intent)
      // A script that was there is changed by way of its track.
      if record.intent.scriptID != nil, !isLost || hasChanged(record.intent, run) { continue }
      failures.append(isLost ? lost(record.intent, hasWords: !isEmpty) : empty(record.intent))
    }
    return failures
  }

  private func hasChanged(_ intent: Intent, _ run: ProjectRun) -> Bool {
    run.changes[intent.id]?.isEmpty == false || intent.evidence.hasPrefix("The session changed")
  }

  /// Whether what came of the answer is but its beginning.
  private func isCut(_ intent: Intent) -> Bool { intent.evidence != "The agent answered." }

  private func lost(_ intent: Intent, hasWords: Bool) -> SyncReport.Failure {
    SyncReport.Failure(
      code: .failed, what: what(intent),
      reason: "No script came of it. \(intent.evidence)",
      next: (hasWords ? "'offbook say --log -p \(quoted)' shows what came; " : "")
        + "'offbook intents retry \(intent.id)' asks for it again, which is charged again.")
  }

  private func empty(_ intent: Intent) -> SyncReport.Failure {
    SyncReport.Failure(
      code: .failed, what: what(intent), reason: "The reply held no script.",
      next: "'offbook say --log -p \(quoted)' shows it; 'offbook intents retry \(intent.id)' asks "
        + "again, which is charged again.")
  }

  private func what(_ intent: Intent) -> String {
    intent.subject.map { "the script of '\($0)'" } ?? "the extraction"
  }

  private var quoted: String {
    let isWord = project.name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    return isWord && project.name.first != "-" ? project.name : "\"\(project.name)\""
  }
}

import BackendAPI
public import ScriptModel
import ScriptStore
import ScriptSync

extension ServiceConnection {
  /// Syncs projects, several at once; one that fails holds up no other.
  ///
  /// What goes wrong is in the report, item by item.
  ///
  /// - Parameters:
  ///   - projects: `nil` for all that have anything to do with the service.
  ///   - options: how it is done.
  /// - Throws: `WorkspaceError` only where nothing could be begun: an unreadable workspace, say.
  public func sync(
    _ projects: [Project.ID]? = nil, options: SyncOptions = SyncOptions()
  ) async throws(WorkspaceError) -> SyncReport {
    let chosen = try chosen(projects)
    if options.dryRun { return try preview(chosen) }
    var order = order(options)
    order.extent = options.pullOnly ? .pull : .all
    return try await run(chosen, order, options).report
  }

  /// Carries out intents of one project or more, with what they need, and tells what came of them.
  ///
  /// What can't be carried out now stays recorded; the report says why.
  ///
  /// - Parameters:
  ///   - intents: the intents, as `Workspace`'s functions that record them gave them.
  ///   - options: how it is done.
  /// - Throws: `WorkspaceError` only where nothing could be begun.
  public func carryOut(
    _ intents: [Intent.ID], options: SyncOptions = SyncOptions()
  ) async throws(WorkspaceError) -> ServiceOutcome {
    let records = try intents.map { id throws(WorkspaceError) in
      try translating { () throws(StoreError) in try workspace.store.intentRecord(id) }
    }
    var order = order(options)
    order.extent = .intents(intents)
    let ids = Set(records.map(\.intent.projectID))
    let projects = try chosen(Array(ids))
    let (runs, report) = try await run(projects, order, options)
    var outcome = ServiceOutcome(results: [], report: report)
    for record in records {
      let run = runs.first { $0.project.id == record.intent.projectID }?.run
      outcome.results.append(try result(record.intent.id, run))
    }
    return outcome
  }

  private func run(
    _ projects: [Project], _ order: SyncOrder, _ options: SyncOptions
  ) async throws(WorkspaceError) -> (
    runs: [(project: Project, run: ProjectRun)], report: SyncReport
  ) {
    let store = workspace.store
    let waiting = try translating { () throws(StoreError) in
      Dictionary(
        grouping: try store.intents(of: nil, includingSettled: false), by: \.projectID)
    }
    let runs = await SyncEngine(try environment(options)).run(projects, order: order)
    var report = SyncReport(projects: [])
    for (project, run) in runs {
      var entry = try projectReport(project, run)
      if let loss = SessionKeepsake(of: run)?.loss { entry.notices.append(loss) }
      let keepsake = ExtractionKeepsake(of: project, waiting: waiting[project.id] ?? [])
      let fruitless = try translating { () throws(StoreError) in
        try keepsake.fruitless(after: run, in: store)
      }
      entry.failures += fruitless
      if !fruitless.isEmpty, entry.state == .synced { entry.state = .partial }
      report.projects.append(entry)
    }
    return (runs, report)
  }

  private func chosen(_ ids: [Project.ID]?) throws(WorkspaceError) -> [Project] {
    var wanted = ids ?? []
    if ids == nil {
      wanted = try translating { () throws(StoreError) in try workspace.store.projectsToSync() }
    }
    let projects = Dictionary(
      try workspace.projects().map { ($0.project.id, $0.project) },
      uniquingKeysWith: { first, _ in first })
    return wanted.compactMap { projects[$0] }
  }

  private func order(_ options: SyncOptions) -> SyncOrder {
    var generator = SystemRandomNumberGenerator()
    var order = SyncOrder()
    order.spend = options.spend
    order.canAsk = options.ask != nil
    order.waits = options.waits
    order.seed = generator.next()
    return order
  }

  private func result(
    _ id: Intent.ID, _ run: ProjectRun?
  ) throws(WorkspaceError) -> ServiceOutcome.Result {
    let store = workspace.store
    return try translating { () throws(StoreError) in
      let record = try store.intentRecord(id)
      var result = ServiceOutcome.Result(intent: record.intent)
      var reply = run?.replies[id]
      if reply == nil { reply = try store.reply(to: id) }
      result.reply = reply.flatMap { $0.isEmpty ? nil : $0 }
      result.changes = run?.changes[id] ?? []
      result.scriptID = run?.scripts[id] ?? record.intent.scriptID
      result.renderID = record.renderID
      if let medium = run?.media[id] {
        result.media = try store.medium(medium)
      } else if let render = record.renderID {
        result.media = try store.generated("render:" + render, in: record.intent.projectID)
      }
      return result
    }
  }

  private func projectReport(
    _ project: Project, _ run: ProjectRun
  ) throws(WorkspaceError) -> SyncReport.ProjectReport {
    let outcome = run.outcome
    var report = SyncReport.ProjectReport(
      project: project, state: SyncReport.State(outcome.state))
    report.sessionID = try translating { () throws(StoreError) in
      if let snapshot = run.snapshot { return snapshot.session?.sessionID }
      return try workspace.store.snapshot(of: project.id).session?.sessionID
    }
    report.pulledLines = outcome.pulledLines
    report.pulledMedia = outcome.pulledMedia
    report.pushedScripts = outcome.pushed.scripts
    report.pushedLines = outcome.pushed.lines
    report.pushedMessages = outcome.pushed.messages
    report.charged = outcome.charged
    report.notices = outcome.notices
    report.edits = run.edits
    report.replies = try translating { () throws(StoreError) in
      try run.replies.map { id, words throws(StoreError) in
        SyncReport.Reply(intent: try workspace.store.intentRecord(id).intent, words: words)
      }.filter { $0.intent.purpose == .say }
        .sorted { $0.intent.id.description < $1.intent.id.description }
    }
    report.videos = try translating { () throws(StoreError) in
      try run.media.values.map { id throws(StoreError) in try workspace.store.medium(id) }
    }
    report.wantedVideos = try wantedVideos(run)
    report.failures = outcome.failures.map { failure in
      SyncReport.Failure(
        code: WorkspaceError.Code(failure.reason), what: failure.what,
        reason: failure.explanation, next: next(failure))
    }
    // How a run ended does not tell: one without a session looks at nothing, and may have some.
    let open = try translating { () throws(StoreError) in
      try workspace.store.openConflicts(in: project.id)
    }
    var told: Set<Script.ID> = []
    for conflict in open where told.insert(conflict.scriptID).inserted {
      report.conflicts += try workspace.conflicts(of: conflict.scriptID)
    }
    return report
  }

  private func wantedVideos(
    _ run: ProjectRun
  ) throws(WorkspaceError) -> [SyncReport.WantedVideo] {
    try translating { () throws(StoreError) in
      var wanted: [SyncReport.WantedVideo] = []
      for (intent, id) in run.media {
        let options = try workspace.store.intentRecord(intent).options
        guard let output = RenderOutput(options: options) else { continue }
        wanted.append(
          SyncReport.WantedVideo(video: try workspace.store.medium(id), output: output))
      }
      return wanted
    }
  }

  /// Without an account credits come with the registration.
  private func next(_ failure: ProjectOutcome.Failure) -> String {
    guard failure.reason == .credits, settings.environmentToken == nil, let kept = files.kept(),
      kept.isAnonymous, let user = kept.userID
    else { return failure.next }
    return "Register to get more, then run 'offbook sync' (it is kept until then): "
      + registrationLink(user)
  }

  // MARK: Dry run

  private func preview(_ projects: [Project]) throws(WorkspaceError) -> SyncReport {
    let store = workspace.store
    return try translating { () throws(StoreError) in
      var report = SyncReport(projects: [])
      for project in projects {
        let snapshot = try store.snapshot(of: project.id)
        var unsent: [UnsentScript] = []
        for standing in snapshot.scripts where standing.binding != nil {
          if let script = try TrackPreview(store: store).unsent(standing) { unsent.append(script) }
        }
        var entry = SyncReport.ProjectReport(project: project, state: .synced)
        entry.sessionID = snapshot.session?.sessionID
        if !snapshot.scripts.allSatisfy({ $0.binding == nil }),
          let notice = SyncPlanner.newSessionNotice(snapshot)
        {
          entry.notices.append("The project's session has expired. \(notice)")
        }
        for script in unsent {
          guard let obstacle = script.obstacle else { continue }
          entry.notices.append(
            "The script '\(script.title)': \(SyncPlanner.explanation(obstacle)) "
              + SyncPlanner.next(obstacle))
        }
        for item in SyncPlanner.preview(snapshot, unsent: unsent) {
          entry.planned.append(try planned(item, in: snapshot))
        }
        // What waits is not synced; what the session has by now a dry run does not ask.
        if !entry.planned.isEmpty || unsent.contains(where: { $0.obstacle != nil }) {
          entry.state = .partial
        }
        report.projects.append(entry)
      }
      return report
    }
  }

  private func planned(
    _ item: PlannedItem, in snapshot: ProjectSnapshot
  ) throws(StoreError) -> SyncReport.PlannedItem {
    var planned = SyncReport.PlannedItem(
      kind: SyncReport.PlannedItem.Kind(rawValue: item.kind.rawValue) ?? .message,
      what: item.what, intentID: item.intentID, scriptID: item.scriptID,
      lines: item.kind == .push ? item.lineCount : nil, estimate: item.estimate)
    let record = snapshot.intents.first { $0.intent.id == item.intentID }
    if item.kind == .upload, let id = record?.intent.mediaID {
      planned.bytes = try workspace.store.medium(id).byteCount
    }
    return planned
  }
}

extension WorkspaceError.Code {
  init(_ reason: ProjectOutcome.Failure.Reason) {
    switch reason {
    case .offline: self = .offline
    case .logIn: self = .logIn
    case .credits: self = .credits
    case .plan: self = .plan
    case .spending: self = .spending
    case .refused: self = .refused
    case .inDoubt: self = .inDoubt
    case .failed: self = .failed
    case .busy: self = .busy
    case .interrupted: self = .interrupted
    }
  }
}

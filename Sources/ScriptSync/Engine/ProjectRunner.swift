import BackendAPI
import ScriptModel
import ScriptStore

/// Carries out the steps of one project's sync, one after the other; used by one task.
final class ProjectRunner {
  let environment: SyncEnvironment
  let project: Project
  var planner: SyncPlanner
  var run = ProjectRun(outcome: ProjectOutcome(.failed))

  /// The token that the last request had.
  var token: Secret?
  /// The last look's state, and the one before anything was sent.
  var state: SessionState?
  /// What was kept of the state that was seen last, by this run or an earlier one; see `keptState`.
  var kept: KeptState?
  var hasReadKept = false
  /// The answer of a message that began.
  var answer: (id: Intent.ID, answer: AgentAnswer, first: AgentEvent, patience: Patience)?
  /// The words that came of answers before they were cut, until they are stored.
  var cutReplies: [Intent.ID: String] = [:]
  /// Scripts as they are being pushed in this run, until it is known what became of that.
  var leaving: [Script.ID: Script] = [:]
  /// Scripts as they were pushed and carried out in this run, until they are seen.
  var sent: [Script.ID: Script] = [:]
  /// The names of the tracks that scripts were pushed for in this run.
  var pushedTitles: [Script.ID: String] = [:]
  /// SHA-256 of what was pushed last of each script, where its track has not been seen so yet.
  var pushed: [Script.ID: [UInt8]] = [:]
  /// The bases that were read in this run and not changed since.
  var bases: [Script.ID: ReadBase] = [:]
  /// The content of each text track as the last look saw it, by its key: SHA-256.
  var trackContent: [String: [UInt8]] = [:]
  /// Extractions that were answered in this run, with their replies, until they are merged.
  var extractions: [(record: IntentRecord, reply: String)] = []
  /// Whether extractions that an earlier run did not come to merge were looked for.
  var hasRecovered = false
  /// The newest intent that was sent: what changed afterwards is told as its doing.
  var lastSent: Intent.ID?

  init(_ environment: SyncEnvironment, snapshot: ProjectSnapshot, order: SyncOrder) {
    self.environment = environment
    project = snapshot.project
    planner = SyncPlanner(snapshot, order: order)
  }

  var store: WorkspaceStore { environment.store }
  var snapshot: ProjectSnapshot { planner.snapshot }

  /// The client with the token in use, in the name of a workflow.
  func client(for record: IntentRecord? = nil) async -> ServiceClient {
    token = await environment.tokens.current
    var client = environment.client
    client.configuration.token = token
    if let source = record?.source, !source.isEmpty { client.configuration.source = source }
    return client
  }

  func record(_ id: Intent.ID) -> IntentRecord? { snapshot.intents.first { $0.intent.id == id } }

  /// Runs to the end.
  func toTheEnd() async -> ProjectRun {
    var outcome = SyncOutcome.begun
    while true {
      // What came before the person interrupted is taken in: an answer was paid for.
      let step = planner.next(after: outcome, isInterrupted: Task.isCancelled)
      if case .finish(let end) = step {
        run.outcome = end
        run.snapshot = snapshot
        answer?.answer.cancel()
        return run
      }
      tell(step)
      outcome = await carriedOut(step)
    }
  }

  private func tell(_ step: SyncStep) {
    let what: String
    switch step {
    case .upload(let id), .send(let id), .startRender(let id):
      what = record(id)?.intent.message ?? ""
    case .download(let id): what = snapshot.wantedMedia.first { $0.id == id }?.name ?? ""
    default: what = ""
    }
    environment.tell(.step(project.id, step, what: what))
  }

  private func carriedOut(_ step: SyncStep) async -> SyncOutcome {
    do {
      switch step {
      case .commit(let change): return try committed(change)
      case .obtainToken:
        _ = try await environment.tokens.renew(refused: token)
        return .tokenObtained
      case .look: return try await look()
      case .integrate: return .integrated(try integrate())
      case .readCredits:
        return .creditsRead(try await client().call(CreditsRequest()))
      case .openSession(let id): return try await openSession(id)
      case .upload(let id): return try await upload(id)
      case .send(let id): return try await send(id)
      case .receive(let id): return try await receive(id)
      case .startRender(let id): return try await startRender(id)
      case .pollRender(let id): return try await pollRender(id)
      case .downloadRender(let id, let address):
        return try await downloadRender(id, address: address)
      case .download(let id): return try await download(id)
      case .wait(let time, _):
        try await environment.sleep(time)
        return .waited
      case .ask(let plan):
        guard let ask = environment.ask else { return .spendingDecided(allowed: false) }
        return .spendingDecided(allowed: await ask(project, plan))
      case .finish: return .cancelled
      }
    } catch let error as CallError {
      if case .transport(let failure) = error, failure.code == .cancelled { return .cancelled }
      return .failed(error)
    } catch let error as StoreError {
      // What could not be read or merged is no refused arrow: nothing of a request has left by then.
      guard case .commit = step else { return .failedHere(error.description + ".") }
      return .notCommitted(error)
    } catch let error as LocalFailure {
      return .failedHere(error.description)
    } catch {
      return .cancelled
    }
  }

  // MARK: Commits

  private func committed(_ change: SyncCommit) throws -> SyncOutcome {
    switch change {
    case .advance(var advance):
      let record = record(advance.intentID)
      if let record { addCutReply(to: &advance, of: record) }
      let snapshot = try store.advance(advance)
      if let record { note(advance, of: record) }
      return .committed(snapshot)
    case .planSession:
      return .committed(
        try store.planSession(of: project.id, source: Workflow.videoToScript.rawValue))
    case .planPush(let script, let before, let credits):
      return .committed(try planPush(script, stateBefore: before, creditsBefore: credits))
    case .sessionOpened(let id, let grant):
      return .committed(
        try store.sessionOpened(
          id, sessionID: grant.sessionID, taskID: grant.taskID, userID: grant.userID))
    case .textInstead(let id): return .committed(try textInstead(id))
    case .uploaded(let id, let file):
      return .committed(
        try store.uploaded(
          id, serviceName: file?.name, address: file?.address, hash: file?.hash))
    case .sessionExpired(let id):
      let lost = try snapshot.session.flatMap { try keptState(of: $0) }?.bytes
      let snapshot = try store.sessionExpired(id)
      run.lostState = lost
      state = nil
      (kept, hasReadKept) = (nil, false)
      leaving = [:]
      sent = [:]
      pushed = [:]
      return .committed(snapshot)
    case .mediumGone(let id): return .committed(try store.mediumIsGone(id))
    case .credits(let credits, let charge):
      try store.note(credits, charge: charge)
      return .committed(try store.snapshot(of: project.id))
    }
  }

  /// The words of an answer that was cut go into the conversation with the doubt about it.
  private func addCutReply(to advance: inout IntentAdvance, of record: IntentRecord) {
    guard advance.state == .inDoubt,
      let text = cutReplies.removeValue(forKey: advance.intentID), !text.isEmpty
    else { return }
    run.replies[advance.intentID] = text
    guard record.intent.purpose != .push else { return }
    for (role, words) in [
      (ConversationEntry.Role.agent, text),
      (.report, "The connection was lost here: the answer may go on."),
    ] {
      advance.conversation.append(
        ConversationEntry(
          projectID: project.id, intentID: advance.intentID, role: role, text: words,
          date: Milliseconds(0)))
    }
  }

  private func note(_ advance: IntentAdvance, of record: IntentRecord) {
    if record.intent.purpose == .push, let script = record.intent.scriptID,
      advance.state.isSettled || advance.state == .queued
    {
      let left = leaving.removeValue(forKey: script)
      sent[script] = advance.state == .done ? left : nil
    }
    let id = record.intent.id
    if let reply = advance.reply, !reply.isEmpty, advance.state != .inDoubt {
      run.replies[id] = reply
    }
    guard advance.state == .done else { return }
    if record.intent.purpose == .extract {
      extractions.append((record, advance.reply ?? ""))
    }
  }

  private func planPush(
    _ script: Script.ID, stateBefore: [UInt8]?, creditsBefore: Int?
  ) throws -> ProjectSnapshot {
    let current = try store.script(script)
    let binding = snapshot.scripts.first { $0.scriptID == script }?.binding
    let base = try base(of: current)
    let projection = TrackProjection(current, over: base, labels: .own)
    let track = trackName(binding)
    let push = PushMessage(
      title: track ?? current.title, isTrack: track != nil, projection: projection)
    let snapshot = try store.planPush(
      script, message: push.inlineText, contentHash: push.contentHash, stateBefore: stateBefore,
      creditsBefore: creditsBefore, source: Workflow.videoToScript.rawValue)
    leaving[script] = current
    pushedTitles[script] = push.title
    pushed[script] = push.contentHash
    return snapshot
  }

  /// What a script and its track agreed on last.
  private func base(of script: Script) throws -> TrackBase? {
    let bytes = try store.base(of: script.id)
    if let known = bases[script.id], known.bytes == bytes, known.revision == script.revision {
      return known.base
    }
    return TrackBase(bytes, of: script)
  }

  private func trackName(_ binding: TrackBinding?) -> String? {
    guard let binding, binding.sessionID == snapshot.session?.id, let draft = state?.draft,
      let track = draft.track(withKey: binding.trackKey)
    else { return nil }
    return track.name
  }
}

/// Why the local part of a step failed.
struct LocalFailure: Error, CustomStringConvertible {
  var description: String
}

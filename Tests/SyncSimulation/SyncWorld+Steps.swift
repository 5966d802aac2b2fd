import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync

extension SyncWorld {
  /// Carries out one step of a device's planner, as an engine does.
  mutating func perform(_ step: SyncStep, _ device: Int) -> SyncOutcome {
    switch step {
    case .commit(let commit): return perform(commit, device)
    case .obtainToken:
      if let lost = lose(device, needsToken: false) { return .failed(lost.error) }
      devices[device].token = service.validToken
      return .tokenObtained
    case .look: return look(device)
    case .integrate: return integrate(device)
    case .readCredits:
      if let lost = lose(device) { return .failed(lost.error) }
      devices[device].hasSpentSinceBalance = false
      return .creditsRead(
        Credits(available: service.credits, frozen: 0, total: service.credits))
    case .openSession(let id): return openSession(id, device)
    case .upload(let id): return upload(id, device)
    case .send(let id): return send(id, device)
    case .receive(let id): return receive(id, device)
    case .startRender(let id): return startRender(id, device)
    case .pollRender(let id): return pollRender(id, device)
    case .downloadRender:
      if let lost = lose(device) { return .failed(lost.error) }
      return .downloaded
    case .download(let medium): return download(medium, device)
    case .wait(let time, let reason):
      if reason == .stage { devices[device].stageWaits += 1 }
      // A commit that finds the store busy is made again in the next second.
      if reason != .repetition { devices[device].hasSpentSinceBalance = true }
      pass(Int(time.rawValue))
      return .waited
    case .ask(let plan):
      if !devices[device].order.canAsk { violate("A person is asked who can't be") }
      let isAllowed = faults.isCalm || random.chance(60)
      if isAllowed {
        devices[device].allowed.formUnion(plan.items.compactMap(\.scriptID))
        devices[device].allowedTexts.formUnion(plan.items.compactMap(\.intentID))
      }
      return .spendingDecided(allowed: isAllowed)
    case .finish: return .begun
    }
  }

  private mutating func perform(_ commit: SyncCommit, _ device: Int) -> SyncOutcome {
    if faults.strikes(.diskBusy) {
      devices[device].busyCommits += 1
      if devices[device].busyCommits > devices[device].order.pace.repetitions {
        devices[device].hasMissedCommit = true
      }
      return .notCommitted(StoreError(.busy, "busy"))
    }
    devices[device].busyCommits = 0
    if faults.strikes(.diskFull) {
      devices[device].hasMissedCommit = true
      return .notCommitted(StoreError(.diskFull, "full"))
    }
    check(commit, device)
    guard devices[device].store.commit(commit) else {
      if case .advance(let advance) = commit, !devices[device].touched.contains(advance.intentID) {
        violate("An arrow that may not be drawn: \(commit)")
      }
      devices[device].hasMissedCommit = true
      return .notCommitted(StoreError(.conflict, "another process was first"))
    }
    if case .planPush(let script, _, _) = commit {
      let index = Int(script.low)
      if let id = devices[device].store.snapshot.intents.last?.intent.id {
        devices[device].pushes[id] = (
          devices[device].store.lines[index], devices[device].store.base[index] ?? []
        )
      }
    }
    return .committed(devices[device].store.snapshot)
  }

  private mutating func look(_ device: Int) -> SyncOutcome {
    guard let session = session(of: device) else {
      violate("A look without a session")
      return .failedHere("no session")
    }
    if let lost = lose(device, session: session) { return .failed(lost.error) }
    let state = service.sessions[session]
    if devices[device].hasMerged(state) {
      devices[device].hasUnreadLook = true
      return .unchanged([])
    }
    devices[device].hasUnreadLook = false
    var look = Look(fingerprint: state.fingerprint)
    for (index, track) in state.tracks.enumerated() where !track.isEmpty {
      look.trackContent[SimulatedStore.trackKeys[index]] = SimulatedSession.contentHash(track)
    }
    for record in devices[device].store.snapshot.intents where record.intent.kind == .upload {
      if let medium = record.intent.mediaID, state.files.contains(Int(medium.low)) {
        look.uploads[record.intent.id] = UploadedFile()
      }
    }
    if look.fingerprint != devices[device].lastFingerprint { look.changes = ["It changed."] }
    devices[device].isAtRest = look.fingerprint == devices[device].lastFingerprint
    look.isFinished =
      state.generated > 1 && !service.later.contains { $0.message == nil && $0.session == session }
    devices[device].lastFingerprint = look.fingerprint
    devices[device].looked = state
    devices[device].hasSentSinceLook = false
    devices[device].foreignChangesAtLook = service.foreignChanges
    return .looked(look)
  }

  private mutating func openSession(_ id: Intent.ID, _ device: Int) -> SyncOutcome {
    if devices[device].store.record(id)?.intent.state != .sending {
      violate("A session is opened before that is stored")
    }
    if let lost = lose(device) { return .failed(lost.error) }
    return .sessionOpened(SessionGrant(sessionID: String(service.openSession())))
  }

  private mutating func upload(_ id: Intent.ID, _ device: Int) -> SyncOutcome {
    guard let record = devices[device].store.record(id), record.intent.state == .sending,
      let medium = record.intent.mediaID, let session = session(of: device)
    else {
      violate("A file is sent before that is stored")
      return .failedHere("not stored")
    }
    if faults.strikes(.localFailure) { return .failedHere("the file is gone") }
    devices[device].hasSentSinceLook = true
    devices[device].hasSpentSinceBalance = true
    if let lost = lose(device, session: session) {
      if lost.execution != .never { service.sessions[session].files.insert(Int(medium.low)) }
      return .failed(lost.error)
    }
    if faults.strikes(.unsupported) { return .failed(refused(.unsupportedFile, 4001).error) }
    service.sessions[session].files.insert(Int(medium.low))
    return .uploaded(UploadedFile())
  }

  private mutating func download(_ medium: Media.ID, _ device: Int) -> SyncOutcome {
    if faults.strikes(.localFailure) { return .failedHere("the disk is full") }
    if let lost = lose(device, needsToken: false) { return .failed(lost.error) }
    if faults.strikes(.goneMedium) {
      devices[device].goneMedia.insert(medium)
      return .failed(refused(.notFound, 404).error)
    }
    devices[device].store.snapshot.wantedMedia.removeAll { $0.id == medium }
    return .downloaded
  }

  // MARK: - Renders

  private mutating func startRender(_ id: Intent.ID, _ device: Int) -> SyncOutcome {
    guard let record = devices[device].store.record(id), record.intent.state == .sending,
      let render = record.renderID
    else {
      violate("A render is started before its id is stored")
      return .failedHere("not stored")
    }
    let others = devices[device].store.snapshot.intents.contains { other in
      guard other.intent.id != id, let id = other.renderID, other.intent.kind == .render,
        other.intent.state == .streaming
      else { return false }
      if case .working = service.renders[id] { return true }
      return false
    }
    if others { violate("Two renders at once") }
    if faults.strikes(.localFailure) { return .failedHere("no draft") }
    if let lost = lose(device, session: session(of: device)) {
      if lost.execution != .never, service.renders[render] == nil {
        service.renders[render] = .working(random.below(4))
      }
      return .failed(lost.error)
    }
    if faults.strikes(.noPlan) { service.hasPlan = false }
    if !service.hasPlan { return .failed(refused(.planRequired, 402).error) }
    if faults.strikes(.noScope) { return .failed(refused(.scopeMissing, 403).error) }
    if service.renders[render] == nil { service.renders[render] = .working(random.below(4)) }
    return .renderAccepted
  }

  private mutating func pollRender(_ id: Intent.ID, _ device: Int) -> SyncOutcome {
    guard let render = devices[device].store.record(id)?.renderID else {
      violate("A render without an id is asked for")
      return .failedHere("no id")
    }
    if let lost = lose(device) { return .failed(lost.error) }
    if faults.strikes(.forgottenRender) { service.renders[render] = nil }
    switch service.renders[render] {
    case nil: return .failed(refused(.notFound, 404).error)
    case .completed: return .renderProgress(RenderProgress(state: .completed, address: "a"))
    case .failed: return .renderProgress(RenderProgress(state: .failed))
    case .working(let left):
      let isFailing = left == 0 && faults.strikes(.failedRender)
      service.renders[render] = left > 0 ? .working(left - 1) : isFailing ? .failed : .completed
      return .renderProgress(RenderProgress(state: left > 2 ? .pending : .processing))
    }
  }
}

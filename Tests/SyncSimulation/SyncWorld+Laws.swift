import ScriptModel
import ScriptStore
import ScriptSync

extension SyncWorld {
  // MARK: - While it runs

  /// Laws of what a planner stores.
  mutating func check(_ commit: SyncCommit, _ device: Int) {
    let store = devices[device].store
    switch commit {
    case .advance(let advance):
      guard let record = store.record(advance.intentID), record.intent.kind == .message else {
        return
      }
      if devices[device].touched.contains(advance.intentID) { return }
      if advance.state == .done { checkDone(record, device) }
      if advance.state == .refused { checkRefused(record, device) }
      if advance.looks == IntentRecord.outlivedLooks,
        record.sessionID == store.snapshot.session?.id, record.looks < 6
      {
        violate("A doubt is given up before it was looked for")
      }
      if advance.state == .sending, record.intent.state != .queued {
        violate("A message is sent again without having been queued")
      }
    case .planPush(let script, let before, _):
      checkRepetition(script, before ?? [], device)
      if store.snapshot.intents.contains(where: {
        $0.intent.scriptID == script && $0.intent.state == .inDoubt
          && $0.sessionID == store.snapshot.session?.id
      }) {
        violate("A script is pushed while a push of it is in doubt")
      }
      let isNamed = store.settled.values.contains {
        $0.intent.scriptID == script && devices[device].retries[$0.intent.id] != nil
      }
      if devices[device].order.spend == nil, !devices[device].allowed.contains(script), !isNamed {
        violate("A script is pushed that nobody allowed")
      }
      if devices[device].order.extent == .pull { violate("A pull pushes") }
    default: break
    }
  }

  /// A push that came to nothing is only sent again where the person wants it.
  private mutating func checkRepetition(_ script: Script.ID, _ track: [UInt8], _ device: Int) {
    let store = devices[device].store
    let content = SimulatedSession.contentHash(store.lines[Int(script.low)])
    guard let vain = store.pushInVain(script, content: content, track: track) else { return }
    let isWanted = store.settled.values.contains {
      $0.intent.scriptID == script && $0.intent.id.low > vain.low
        && devices[device].retries[$0.intent.id] != nil
    }
    // What a person edits after the merge is not merged yet: the planner can't know of it.
    if !isWanted, devices[device].mergedContent[script] == content {
      violate("A push that came to nothing is sent again by itself")
    }
  }

  /// A message is only refused on a definite answer, or after all looks.
  private mutating func checkRefused(_ record: IntentRecord, _ device: Int) {
    if record.intent.state == .inDoubt, record.looks + 1 < devices[device].looksInAll {
      violate("A message is refused before it was looked for")
    }
  }

  /// A message is only done where it was carried out, or something happened that looks like it.
  private mutating func checkDone(_ record: IntentRecord, _ device: Int) {
    if record.intent.purpose == .generate, devices[device].order.waits,
      record.sessionID == devices[device].store.snapshot.session?.id, !devices[device].isAtRest,
      devices[device].stageWaits < 11
    {
      violate("A generation is done while its session still changes")
    }
    if service.executions[record.intent.id] != nil { return }
    guard let session = session(of: device) else { return }
    let state = devices[device].looked ?? service.sessions[session]
    let isChanged: Bool
    if record.intent.purpose == .push, let script = record.intent.scriptID {
      let index = Int(script.low)
      let track = index < state.tracks.count ? state.tracks[index] : []
      let now = track.isEmpty ? SyncPlanner.noTrack : SimulatedSession.contentHash(track)
      isChanged = now != record.stateBefore
    } else {
      isChanged = state.fingerprint != record.stateBefore
    }
    // Whatever else was charged meanwhile may be taken for this message's charge.
    if !isChanged, !service.hasActedLate { violate("A message counts as done that nothing shows") }
    if isChanged, devices.count == 1,
      devices[device].foreignChangesBefore[record.intent.id] == service.foreignChanges
    {
      violate("A device takes its own change for a message's")
    }
    if !isChanged, devices[device].order.sharesCredits, record.intent.state == .inDoubt {
      violate("A shared balance counts as evidence")
    }
  }

  /// Laws of the moment in which a message leaves.
  mutating func checkSending(_ message: SimulatedMessage, _ device: Int) {
    let store = devices[device].store
    guard let record = store.record(message.intentID) else { return }
    devices[device].foreignChangesBefore[message.intentID] = devices[device].foreignChangesAtLook
    let executed = service.executions[message.intentID, default: 0]
    if executed > devices[device].retries[message.intentID, default: 0] {
      violate("A message is carried out twice without anybody having asked for it")
    }
    if devices[device].order.extent == .pull { violate("A pull sends a message") }
    if record.creditsBefore != nil, devices[device].hasSpentSinceBalance {
      violate("A message is sent with an old balance")
    }
    if devices[device].hasSentSinceLook { violate("A message is sent without a fresh look") }
    if devices[device].hasUnreadLook { violate("A message is sent by a look that was not read") }
    if let looked = devices[device].looked, record.intent.purpose != .push,
      record.stateBefore != looked.fingerprint
    {
      violate("The state before is not what the last look saw")
    }
    if message.purpose == .push, let looked = devices[device].looked,
      message.track < looked.tracks.count, !looked.tracks[message.track].isEmpty,
      looked.tracks[message.track] != message.seen
    {
      violate("A push leaves before what was seen is merged")
    }
    let isBlocked = store.snapshot.intents.contains { other in
      other.intent.kind == .message && other.intent.id != message.intentID
        && other.sessionID == store.snapshot.session?.id
        && (other.intent.state == .sending || other.intent.state == .streaming
          || (other.intent.state == .inDoubt && other.looks < IntentRecord.outlivedLooks))
    }
    if isBlocked, devices[device].touched.isEmpty {
      violate("A message is sent while it may still show what became of another")
    }
    if message.purpose == .extract,
      store.snapshot.intents.contains(where: {
        $0.intent.kind == .upload && $0.intent.mediaID == record.intent.mediaID
      })
    {
      violate("An extraction is sent before its file")
    }
    if record.standsForFile, devices[device].order.spend == nil,
      devices[device].order.extent == .all,
      !devices[device].allowedTexts.contains(message.intentID)
    {
      violate("A message goes in the place of a file that nobody allowed")
    }
    checkSpending(message, device)
  }

  private mutating func checkSpending(_ message: SimulatedMessage, _ device: Int) {
    guard let spend = devices[device].order.spend else { return }
    let used = service.chargesOfSync[message.syncNumber, default: 0]
    if used + (message.purpose == .generate ? 100 : 50) > spend {
      violate("More may be spent than was allowed")
    }
  }

  /// Laws of a sync's end.
  mutating func finish(_ device: Int, _ outcome: ProjectOutcome) {
    note(device, { "ends: \(outcome.state) \(outcome.failures.map(\.explanation))" })
    trace.add(UInt64(outcome.failures.count) << 8 | UInt64(outcome.state.rawValue.utf8.count))
    if outcome.failures.contains(where: { $0.explanation.isEmpty || $0.next.isEmpty }) {
      violate("A failure without a reason or a next step")
    }
    if outcome.state == .synced, devices[device].order.extent == .all,
      let intents = devices[device].planner?.snapshot.intents,
      let left = intents.first(where: { left in
        !devices[device].touched.contains(left.intent.id)
          && (left.intent.kind != .render || devices[device].order.waits)
      })
    {
      violate("A sync counts as done with an intent left: \(left.intent)")
    }
    if !devices[device].hasMissedCommit {
      for id in devices[device].answered where !devices[device].store.replies.contains(id) {
        violate("The words of an answer are lost")
      }
      for medium in devices[device].store.snapshot.wantedMedia
      where devices[device].goneMedia.contains(medium.id) && !devices[device].wasCancelled {
        violate("A medium that is gone will be asked for again")
      }
    }
    devices[device].lastOutcome = outcome
    devices[device].forgetSync()
  }

  // MARK: - In the end

  /// The faults have stopped: everything must settle in a bounded number of syncs.
  mutating func settleDown() {
    service.hasPlan = true
    for device in devices.indices { devices[device].token = service.validToken }
    if let turn { complete(turn) }
    syncAll(rounds: 5)
    checkDoubts()
    for device in devices.indices {
      for record in devices[device].store.snapshot.intents where record.intent.state == .inDoubt {
        decide(device, record.intent.id, retries: random.chance(50))
      }
    }
    syncAll(rounds: 8)
    checkSettled()
    checkNothingToDo()
    checkTokens()
    checkCharges()
  }

  private mutating func syncAll(rounds: Int) {
    for _ in 0..<rounds {
      while let due = service.later.map(\.due).min() { pass(max(0, due - clock)) }
      for device in devices.indices {
        service.credits = max(service.credits, 10_000)
        retryPushesInVain(device)
        var order = SyncOrder()
        order.canAsk = true
        order.sharesCredits = devices.count > 1
        if devices[device].planner == nil { beginSync(device, order) }
        complete(device)
      }
      if isQuiet, service.later.isEmpty { return }
    }
  }

  /// The person looks, and has sent again what came to nothing.
  private mutating func retryPushesInVain(_ device: Int) {
    let store = devices[device].store
    guard store.session >= 0 else { return }
    for index in store.lines.indices where store.base[index] != store.lines[index] {
      let tracks = service.sessions[store.session].tracks
      let track = index < tracks.count ? tracks[index] : []
      let script = SimulatedStore.scriptID(index)
      let isInVain =
        store.pushInVain(
          script, content: SimulatedSession.contentHash(store.lines[index]),
          track: track.isEmpty ? SyncPlanner.noTrack : SimulatedSession.contentHash(track)) != nil
      guard isInVain, let id = devices[device].store.pushAnew(script) else { continue }
      devices[device].retries[id] = 1
      devices[device].touched.insert(id)
    }
  }

  private mutating func complete(_ device: Int) {
    while devices[device].planner != nil, violation == nil { step(device) }
  }

  /// Whether another round would find nothing to do.
  private var isQuiet: Bool {
    devices.allSatisfy { device in
      device.store.snapshot.intents.isEmpty && device.store.snapshot.wantedMedia.isEmpty
        && (device.store.session < 0
          || device.store.knownGenerated == service.sessions[device.store.session].generated)
        && device.store.snapshot.scripts.indices.allSatisfy { index in
          device.store.snapshot.scripts[index].binding == nil
            || (device.store.base[index] == device.store.lines[index]
              && service.sessions[device.store.session].tracks[index]
                == device.store.lines[index])
        }
    }
  }

  private mutating func checkDoubts() {
    for device in devices.indices {
      for record in devices[device].store.snapshot.intents {
        guard record.intent.kind == .message, record.intent.state == .inDoubt else {
          violate("Not settled though all is well: \(record.intent)")
          continue
        }
        if record.intent.evidence.isEmpty || !record.intent.maybeCharged {
          violate("In doubt without a word why: \(record.intent)")
        }
        let session = devices[device].store.snapshot.session?.id
        if session != nil, record.sessionID != session,
          record.intent.purpose == .push || record.looks < IntentRecord.outlivedLooks
        {
          violate("A doubt of a session that is gone stays open: \(record.intent)")
        }
      }
    }
  }

  private mutating func checkSettled() {
    if violation == nil, !isQuiet { violate("Not all is settled in the end") }
    for device in devices.indices {
      for (id, count) in service.executions
      where id.high == 100 + UInt64(device)
        && count > 1 + devices[device].retries[id, default: 0]
      {
        violate("A message was carried out \(count) times")
      }
    }
  }

  private mutating func checkNothingToDo() {
    for device in devices.indices where violation == nil {
      beginSync(device, SyncOrder())
      complete(device)
      let allowed = devices[device].store.snapshot.session == nil ? 0 : 1
      let requests = devices[device].requests
      if requests != allowed {
        violate("A sync with nothing to do takes \(requests) requests")
      }
      let hasConflicts = !devices[device].store.conflicts.isEmpty
      let state = devices[device].lastOutcome?.state
      if state != .synced, !(hasConflicts && state == .conflicts) {
        violate("A sync with nothing to do ends \(String(describing: state))")
      }
    }
  }

  private mutating func checkTokens() {
    var live: [Token] = []
    for device in devices {
      for lines in device.store.lines { live += lines }
      for conflict in device.store.conflicts { live += [conflict.ours, conflict.theirs] }
    }
    let lost = service.tokens.lost(keeping: live + seenByNobody)
    if !lost.isEmpty { violate("Lost: \(lost)") }
    if devices.count == 2, devices[0].store.session == devices[1].store.session,
      devices[0].store.session >= 0, devices[0].store.lines != devices[1].store.lines
    {
      violate("The devices differ in the end")
    }
  }

  /// What the agent wrote into sessions that are gone, or that no device is at, before anyone looked.
  private var seenByNobody: [Token] {
    let live = Set(devices.map(\.store.session))
    return service.sessions.indices.filter { !live.contains($0) }
      .flatMap { service.sessions[$0].tracks.joined() }
  }

  private mutating func checkCharges() {
    if devices.count > 1 || service.hasActedLate { return }
    for charge in devices[0].store.ledger.values
    where !charge.isEstimate && devices[0].retries[charge.intentID] == nil {
      if charge.credits != service.charges[charge.intentID, default: 0] {
        violate("The ledger says \(charge.credits) for what took another sum")
      }
    }
  }
}

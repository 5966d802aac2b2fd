import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync

extension SyncWorld {
  mutating func send(_ id: Intent.ID, _ device: Int) -> SyncOutcome {
    guard let message = message(id, device) else { return .failedHere("not stored") }
    checkSending(message, device)
    if faults.strikes(.localFailure) { return .failedHere("the script is gone") }
    devices[device].hasSentSinceLook = true
    devices[device].hasSpentSinceBalance = true
    if let lost = lose(device, session: message.session) {
      execute(message, lost.execution)
      return .failed(lost.error)
    }
    if service.credits <= 0 || faults.strikes(.noCredits) {
      return .failed(refused(.outOfCredits, 2001).error)
    }
    if faults.strikes(.agentFailure) {
      let isKept = faults.detail(5) == 0
      let hasBegun = faults.detail(2) == 0
      // Without a word of the agent's a code is taken at its word; else its work may come late.
      if !isKept || hasBegun { execute(message, [.never, .now, .later][faults.detail(3)]) }
      return .replied(
        Reply(
          text: hasBegun ? "Beginning" : "",
          failure: ServiceError(isKept ? .outOfCredits : .agentFailed, number: 200)))
    }
    if random.chance(20) {
      service.execute(message, clock: clock, &random)
      return reply(message, device)
    }
    let isExecuted = random.chance(50)
    if isExecuted { service.execute(message, clock: clock, &random) }
    devices[device].answering = (message, isExecuted)
    return .answerBegan
  }

  mutating func receive(_ id: Intent.ID, _ device: Int) -> SyncOutcome {
    guard let (message, isExecuted) = devices[device].answering, message.intentID == id else {
      violate("An answer is read that did not begin")
      return .failedHere("no answer")
    }
    if devices[device].store.record(id)?.intent.state != .streaming {
      violate("An answer is read before that is stored")
    }
    devices[device].answering = nil
    if faults.strikes(.cutAfter) {
      if !isExecuted { execute(message, [.never, .now, .later][faults.detail(3)]) }
      return .failed(transport(.cut, .whole, .never).error)
    }
    pass(random.below(100_000))
    if !isExecuted, service.sessions[message.session].isGone {
      return .failed(transport(.cut, .whole, .never).error)
    }
    if !isExecuted { service.execute(message, clock: clock, &random) }
    return reply(message, device)
  }

  private mutating func reply(_ message: SimulatedMessage, _ device: Int) -> SyncOutcome {
    if random.chance(30) { return .replied(Reply(text: "")) }
    devices[device].answered.insert(message.intentID)
    return .replied(Reply(text: "Words"))
  }

  private mutating func message(_ id: Intent.ID, _ device: Int) -> SimulatedMessage? {
    let store = devices[device].store
    guard let record = store.record(id), record.intent.state == .sending,
      record.sessionID == store.snapshot.session?.id, let session = session(of: device),
      record.stateBefore != nil
    else {
      violate("A message is sent before that is stored, with its session and the state before")
      return nil
    }
    var message = SimulatedMessage(
      intentID: id, purpose: record.intent.purpose, session: session,
      syncNumber: devices[device].syncNumber)
    message.medium = Int(record.intent.mediaID?.low ?? 0)
    message.track = store.lines.count
    if record.intent.purpose == .push {
      message.track = Int(record.intent.scriptID?.low ?? 0)
      guard let push = devices[device].pushes[id] else { return nil }
      (message.content, message.seen) = push
    }
    return message
  }

  /// Merges what the last look saw, line by line, as the engine merges scripts.
  mutating func integrate(_ device: Int) -> SyncOutcome {
    guard let seen = devices[device].looked else {
      violate("A merge without a look in the same sync")
      return .failedHere("no look")
    }
    if faults.strikes(.localFailure) {
      return faults.detail(2) == 0
        ? .failedHere("the disk is full") : .notCommitted(StoreError(.busy, "busy"))
    }
    var integration = Integration(snapshot: devices[device].store.snapshot)
    for (index, track) in seen.tracks.enumerated() where !track.isEmpty {
      if index < devices[device].store.lines.count {
        integration.pulledLines += merge(track, index, device)
      } else if index == devices[device].store.lines.count {
        devices[device].store.addScript(track, base: track)
        integration.pulledLines += track.count
      }
    }
    findMedia(seen, device, &integration)
    let store = devices[device].store
    for index in store.lines.indices where store.snapshot.scripts[index].binding != nil {
      guard store.base[index] != store.lines[index] else { continue }
      var script = UnsentScript(
        scriptID: SimulatedStore.scriptID(index), title: "Script", lineCount: 1,
        contentHash: SimulatedSession.contentHash(store.lines[index]))
      let track = index < seen.tracks.count ? seen.tracks[index] : []
      script.obstacle = store.pushInVain(
        script.scriptID, content: script.contentHash,
        track: track.isEmpty ? SyncPlanner.noTrack : SimulatedSession.contentHash(track)
      ).map { .notTaken($0) }
      devices[device].mergedContent[script.scriptID] = script.contentHash
      integration.unsent.append(script)
    }
    integration.snapshot = store.snapshot
    return .integrated(integration)
  }

  private mutating func merge(_ theirs: [Token], _ index: Int, _ device: Int) -> Int {
    let base = devices[device].store.base[index]
    if base == theirs { return 0 }
    var pulled = 0
    for line in theirs.indices {
      let ours = devices[device].store.lines[index][line]
      if ours == theirs[line] || base?[line] == theirs[line] { continue }
      if base?[line] == ours {
        devices[device].store.lines[index][line] = theirs[line]
        pulled += 1
      } else {
        devices[device].store.conflicts.append(
          LineConflict(script: index, line: line, ours: ours, theirs: theirs[line]))
      }
    }
    devices[device].store.base[index] = theirs
    return pulled
  }

  private mutating func findMedia(
    _ seen: SimulatedSession, _ device: Int, _ integration: inout Integration
  ) {
    while devices[device].store.knownGenerated < seen.generated {
      devices[device].store.knownGenerated += 1
      integration.foundMedia += 1
      devices[device].store.snapshot.wantedMedia.append(
        Media(
          id: devices[device].store.makeID(), projectID: integration.snapshot.project.id,
          name: "video", kind: .video, origin: .generated, state: .remote))
    }
  }
}

import BackendAPI
package import ScriptModel
package import ScriptStore

extension SyncPlanner {
  /// What the run came to.
  func outcome() -> ProjectOutcome {
    var failures = run.failures
    failures += emptyPushes()
    failures += snapshot.intents.filter(isListedDoubt).map(unknownOutcome)
    var state: ProjectOutcome.State =
      failures.isEmpty ? (run.conflicts.isEmpty ? .synced : .conflicts) : .partial
    switch run.end {
    case .offline(let reason):
      state = .offline
      failures.append(
        Failure(
          .offline, what: projectLabel,
          explanation: Self.sentence("The service can't be reached: \(reason)"),
          next: "Everything is kept: run 'offbook sync' when there is a network."))
    case .stopped(let failure):
      state = failure.reason == .offline ? .offline : run.look == nil ? .failed : .partial
      if !failures.contains(failure) { failures.append(failure) }
    case .interrupted:
      state = run.look == nil ? .failed : .partial
      failures.append(
        Failure(
          .interrupted, what: projectLabel, explanation: "The sync was interrupted.",
          next: "Run 'offbook sync' to go on: what was stored stays."))
    case nil: break
    }
    var outcome = ProjectOutcome(state)
    outcome.pulledLines = run.pulledLines
    outcome.pulledMedia = run.pulledMedia
    outcome.pushed = run.pushed
    outcome.mayBeCharged = run.earlierCharges
    let open = Set(snapshot.intents.lazy.filter { !$0.isWatched }.map(\.intent.id))
    for (id, credits) in run.charges {
      if open.contains(id) {
        outcome.mayBeCharged += credits
      } else {
        outcome.charged += run.knownCharges[id] ?? credits
      }
    }
    outcome.spent = run.spent
    outcome.conflicts = run.conflicts
    outcome.failures = failures
    outcome.notices = run.notices
    return outcome
  }

  /// Messages whose outcome is not known are listed by each sync until the person decides.
  private func isListedDoubt(_ record: IntentRecord) -> Bool {
    guard record.intent.kind == .message, record.intent.state == .inDoubt else { return false }
    if case .intents(let ids) = order.extent { return ids.contains(record.intent.id) }
    return true
  }

  /// Pushes that were answered, and after which the track is as it was.
  private func emptyPushes() -> [Failure] {
    run.unsent.compactMap { script in
      guard let pushed = run.pushedScripts[script.scriptID], run.end == nil,
        pushed.contentHash == script.contentHash, !run.held.contains(script.scriptID.retyped()),
        !snapshot.intents.contains(where: {
          $0.intent.scriptID == script.scriptID && $0.intent.purpose == .push
        })
      else { return nil }
      return Failure(
        .failed, what: label(script),
        explanation: "The agent answered, but the session still does not have its "
          + "\(Self.lines(script.lineCount)).",
        next: script.obstacle.map(Self.next)
          ?? "Look with 'offbook timeline', then run 'offbook sync'.")
    }
  }
}

/// One thing that a sync would send, for `--dry-run`.
package struct PlannedItem: Hashable, Sendable {
  /// What kind of request it makes.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case session, upload, message, push, render, download
  }

  /// The kind.
  package var kind: Kind
  /// The intent; `nil` for what a sync plans by itself.
  package var intentID: Intent.ID?
  /// The script of a push.
  package var scriptID: Script.ID?
  /// The item, for people.
  package var what: String
  /// How many lines differ, of a push.
  package var lineCount = 0
  /// About how many credits; 0 for what is free.
  package var estimate = 0
}

extension SyncPlanner {
  /// What a sync would send of a project as it stands, in about the order in which it would.
  ///
  /// What is in doubt is not in it: that is looked for, never sent again by itself.
  package static func preview(
    _ snapshot: ProjectSnapshot, unsent: [UnsentScript]
  ) -> [PlannedItem] {
    var items: [PlannedItem] = []
    let doubtful = Set(
      snapshot.intents.lazy.filter {
        $0.intent.purpose == .push && $0.intent.state == .inDoubt
          && $0.sessionID == snapshot.session?.id
      }.compactMap(\.intent.scriptID))
    for script in unsent where !doubtful.contains(script.scriptID) && script.obstacle == nil {
      let spending = spending(script)
      items.append(
        PlannedItem(
          kind: .push, scriptID: script.scriptID, what: spending.what,
          lineCount: script.lineCount, estimate: spending.estimate))
    }
    for record in snapshot.intents {
      let kind: PlannedItem.Kind? =
        switch (record.intent.kind, record.intent.state) {
        case (.upload, _): .upload
        case (.render, .queued), (.render, .inDoubt): .render
        case (.message, .queued): record.intent.purpose == .push ? nil : .message
        default: nil
        }
      guard let kind else { continue }
      items.append(
        PlannedItem(
          kind: kind, intentID: record.intent.id, what: label(record, in: snapshot),
          estimate: CreditEstimate.credits(for: record.intent.purpose)))
    }
    if snapshot.session == nil,
      !items.isEmpty || snapshot.scripts.contains(where: { $0.binding != nil })
    {
      items.insert(PlannedItem(kind: .session, what: "a session for the project"), at: 0)
    }
    for medium in snapshot.wantedMedia {
      items.append(PlannedItem(kind: .download, what: "the file '\(shortened(medium.name))'"))
    }
    return items
  }
}

import ScriptModel
import ScriptStore
import ScriptSync

extension SyncWorld {
  /// A person does something at a device, in another terminal where a sync runs.
  mutating func personActs(_ device: Int) {
    let choice = random.below(100)
    trace.add(UInt64(choice) << 8 | UInt64(device))
    switch choice {
    case 0..<60: edit(device)
    case 60..<68: devices[device].store.record(.message, .say)
    case 68..<73: devices[device].store.record(.message, .generate)
    case 73..<78: devices[device].store.record(.render)
    case 78..<84: attach(device)
    case 84..<92: decide(device)
    case 92..<96: giveUp(device)
    default: resolve(device)
    }
    note(device, { "the person acts: \(choice)" })
  }

  private mutating func edit(_ device: Int) {
    guard !devices[device].store.lines.isEmpty else { return }
    let script = random.below(devices[device].store.lines.count)
    let line = random.below(devices[device].store.lines[script].count)
    let old = devices[device].store.lines[script][line]
    devices[device].store.lines[script][line] = service.tokens.write(over: old)
  }

  /// A file to upload, and mostly what to make of it.
  private mutating func attach(_ device: Int) {
    let medium = 1 + random.below(3)
    let isThere = devices[device].store.snapshot.intents.contains {
      $0.intent.mediaID == SimulatedStore.mediaID(medium)
    }
    guard !isThere, devices[device].store.lines.count < 8 else { return }
    if !devices[device].store.uploadedMedia.contains(medium) || random.chance(30) {
      devices[device].store.record(.upload, medium: medium)
    }
    if random.chance(75) { devices[device].store.record(.message, .extract, medium: medium) }
  }

  /// Decides about a message in doubt: to be sent again, or given up.
  private mutating func decide(_ device: Int) {
    let doubts = devices[device].store.snapshot.intents.filter {
      $0.intent.kind == .message && $0.intent.state == .inDoubt
    }
    guard !doubts.isEmpty else { return }
    decide(device, doubts[random.below(doubts.count)].intent.id, retries: random.chance(60))
  }

  mutating func decide(_ device: Int, _ id: Intent.ID, retries: Bool) {
    devices[device].touched.insert(id)
    var advance = IntentAdvance(id, to: retries ? .queued : .abandoned)
    if retries { advance.looks = 0 }
    if devices[device].store.advance(advance), retries {
      devices[device].retries[id, default: 0] += 1
    }
  }

  private mutating func giveUp(_ device: Int) {
    let queued = devices[device].store.snapshot.intents.filter { $0.intent.state == .queued }
    guard !queued.isEmpty else { return }
    let id = queued[random.below(queued.count)].intent.id
    devices[device].touched.insert(id)
    _ = devices[device].store.advance(IntentAdvance(id, to: .abandoned))
  }

  /// Settles a conflict with a text that takes both sides into account.
  private mutating func resolve(_ device: Int) {
    guard let conflict = devices[device].store.conflicts.popLast() else { return }
    let now = devices[device].store.lines[conflict.script][conflict.line]
    devices[device].store.lines[conflict.script][conflict.line] = service.tokens.write(
      over: now, conflict.ours, conflict.theirs)
  }

  /// A sync as somebody may start it.
  mutating func randomOrder(_ device: Int) -> SyncOrder {
    var order = SyncOrder()
    let ids = devices[device].store.snapshot.intents.map(\.intent.id)
    switch random.below(10) {
    case 0: order.extent = .pull
    case 1 where !ids.isEmpty: order.extent = .intents([ids[random.below(ids.count)]])
    default: break
    }
    if random.chance(40) { order.spend = random.below(8) * 25 }
    order.canAsk = random.chance(50)
    order.waits = random.chance(80)
    order.canRenewToken = random.chance(85)
    order.hasToken = devices[device].token > 0
    order.sharesCredits = devices.count > 1
    order.seed = random.next()
    return order
  }
}

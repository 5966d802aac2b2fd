import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync

/// One simulated history: a service, one or two devices, what goes wrong, and what must hold.
package struct SyncWorld: Sendable {
  /// The seed that everything follows from.
  package let seed: UInt64
  /// The first law that was broken, as a sentence.
  package private(set) var violation: String?
  /// A hash over all that happened.
  package var traceHash: UInt64 { trace.value }
  /// How many steps of planners were carried out.
  package internal(set) var stepCount = 0
  /// How many tokens a push replaced unseen: a race that the service has no means against.
  package var raceCount: Int { service.tokens.blindlyReplaced.count }
  /// What happened, one row a step; empty where no trace was asked for.
  package private(set) var rows: [String] = []

  let isTracing: Bool
  /// Whether devices take turns, and nothing comes about late: then no push can race.
  let takesTurns: Bool
  var random: SimulationRandom
  var faults: FaultPlan
  var trace = TraceHash()
  var service = SimulatedService()
  var devices: [SimulatedDevice] = []
  var clock = 0
  var offlineUntil = 0
  var syncs = 0
  var turn: Int?

  /// Creates the world of a seed.
  ///
  /// - Parameter suppressed: faults, by the numbers of their draws, that are left out.
  package init(seed: UInt64, suppressed: Set<UInt64> = [], isTracing: Bool = false) {
    self.seed = seed
    self.isTracing = isTracing
    random = SimulationRandom(seed: SimulationRandom.mixed(seed &+ 1))
    faults = FaultPlan(seed: seed, suppressed: suppressed)
    takesTurns = random.chance(50)
    let count = random.chance(60) ? 2 : 1
    devices = (0..<count).map { SimulatedDevice($0) }
    if random.chance(75) { shareSession() }
  }

  /// The faults that struck, by the number of their draw.
  package var struckFaults: [(draw: UInt64, fault: Fault)] { faults.struck }

  private mutating func shareSession() {
    let session = service.openSession()
    let scripts = 1 + random.below(2)
    for _ in 0..<scripts {
      let lines = (0..<SimulatedService.linesInTrack).map { _ in service.tokens.write(over: 0) }
      service.sessions[session].tracks.append(lines)
    }
    for index in devices.indices {
      devices[index].store.snapshot.session = BackendSession(
        id: Identifier(high: 50, low: UInt64(index)),
        projectID: devices[index].store.snapshot.project.id, sessionID: String(session), taskID: "")
      devices[index].store.session = session
      for lines in service.sessions[session].tracks {
        devices[index].store.addScript(lines, base: lines)
      }
    }
  }

  /// Runs the whole history.
  package mutating func run() {
    let ticks = 15 + random.below(90)
    for _ in 0..<ticks where violation == nil { tick() }
    faults.isCalm = true
    if violation == nil { settleDown() }
  }

  private mutating func tick() {
    let device = turn ?? random.below(devices.count)
    switch random.below(100) {
    case 0..<26: personActs(random.below(devices.count))
    case 26..<30:
      if service.sessions.isEmpty || (takesTurns && turn != nil) { return }
      service.foreignChanges += 1
      service.agentEdits(random.below(service.sessions.count), &random)
    case 30..<32:
      service.credits += 1000
    default:
      if devices[device].planner == nil {
        beginSync(device, randomOrder(device))
        if takesTurns { turn = device }
      }
      for _ in 0...random.below(6) where devices[device].planner != nil { step(device) }
      if devices[device].planner == nil { turn = nil }
    }
  }

  mutating func beginSync(_ device: Int, _ order: SyncOrder) {
    syncs += 1
    devices[device].beginSync(order, number: syncs)
    note(device, { "begins sync \(order.extent), spend \(order.spend.map(String.init) ?? "-")" })
  }

  /// Lets a device's planner take one step and carries it out.
  mutating func step(_ device: Int) {
    let outcome = devices[device].outcome
    let isEnding = devices[device].isEnding
    guard let step = devices[device].planner?.next(after: outcome, isInterrupted: isEnding) else {
      return
    }
    stepCount += 1
    devices[device].steps += 1
    trace.add(UInt64(device) << 32 | UInt64(truncatingIfNeeded: step.number))
    if devices[device].steps > 2500 { violate("A sync does not end: \(step)") }
    if case .finish(let outcome) = step { return finish(device, outcome) }
    if devices[device].wasCancelled || (isEnding && !step.isCommit) {
      violate("An interrupted sync goes on with \(step)")
    }
    if faults.strikes(.crash) {
      if faults.detail(2) == 0 { _ = perform(step, device) }
      note(device, { "crashes at \(step.row)" })
      devices[device].forgetSync()
      turn = nil
      return
    }
    if !step.isCommit, faults.strikes(.interruption) {
      if faults.detail(2) == 0 { _ = perform(step, device) }
      devices[device].outcome = .cancelled
      devices[device].wasCancelled = true
      devices[device].answered = []
      note(device, { "is interrupted at \(step.row)" })
      return
    }
    let result = perform(step, device)
    devices[device].outcome = result
    if !isEnding, faults.strikes(.ending) {
      devices[device].isEnding = true
      note(device, { "is asked to end" })
    }
    trace.add(UInt64(truncatingIfNeeded: result.number))
    if takesTurns, raceCount > 0 { violate("A push replaced what its device had not seen") }
    note(device, { "\(step.row) → \(result.row)" })
  }

  /// Notes the first law that was broken.
  mutating func violate(_ sentence: @autoclosure () -> String) {
    if violation == nil { violation = sentence() }
  }

  mutating func note(_ device: Int, _ row: () -> String) {
    if isTracing { rows.append("\(clock) device \(device): \(row().prefix(400))") }
  }

  /// The service's number of a device's live session.
  func session(of device: Int) -> Int? {
    let session = devices[device].store.session
    return service.sessions.indices.contains(session) ? session : nil
  }

  mutating func pass(_ milliseconds: Int) {
    clock += milliseconds
    service.pass(to: clock, &random)
  }
}

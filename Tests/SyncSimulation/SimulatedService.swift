import ScriptModel

/// A message as it leaves a device.
struct SimulatedMessage: Sendable {
  var intentID: Intent.ID
  var purpose: Intent.Purpose
  var session: Int
  /// The run of a device that sent it, for what that run may spend.
  var syncNumber: Int
  var medium = 0
  var track = 0
  /// What a push puts into its track, and what its device had seen there.
  var content: [Token] = []
  var seen: [Token] = []
}

/// A session of the service.
struct SimulatedSession: Sendable {
  var tracks: [[Token]] = []
  /// The track that a medium was extracted to.
  var extracted: [Int: Int] = [:]
  var files: Set<Int> = []
  var generated = 0
  var edits: UInt64 = 0
  var isGone = false

  var fingerprint: [UInt8] {
    var hash = TraceHash()
    for track in tracks {
      hash.add(UInt64(track.count))
      for token in track { hash.add(UInt64(token)) }
    }
    hash.add(UInt64(generated) << 32 | edits)
    var files: UInt64 = 0
    for file in self.files { files ^= SimulationRandom.mixed(UInt64(file)) }
    hash.add(files)
    return hash.bytes
  }

  static func contentHash(_ lines: [Token]) -> [UInt8] {
    var hash = TraceHash()
    for token in lines { hash.add(UInt64(token)) }
    return hash.bytes
  }
}

/// The service: what it holds, what it did, what it took for it.
struct SimulatedService: Sendable {
  enum RenderState: Sendable { case working(Int), completed, failed }

  static let linesInTrack = 3

  var sessions: [SimulatedSession] = []
  var credits = 1000
  var validToken = 1
  var hasPlan = true
  var hasScope = true
  var renders: [String: RenderState] = [:]
  var tokens = TokenTable()
  var goneMedia: Set<Media.ID> = []
  /// How often each message was carried out.
  var executions: [Intent.ID: Int] = [:]
  var charges: [Intent.ID: Int] = [:]
  var chargesOfSync: [Int: Int] = [:]
  /// What comes about by itself later: lost messages, second stages of generations.
  var later: [(due: Int, message: SimulatedMessage?, session: Int)] = []
  var hasActedLate = false
  /// How often a session changed by somebody else's hand: the agent's by itself, and late.
  var foreignChanges = 0

  mutating func openSession() -> Int {
    sessions.append(SimulatedSession())
    return sessions.count - 1
  }

  /// Does what has come due.
  mutating func pass(to clock: Int, _ random: inout SimulationRandom) {
    while let index = later.firstIndex(where: { $0.due <= clock }) {
      let job = later.remove(at: index)
      foreignChanges += 1
      if let message = job.message {
        hasActedLate = true
        execute(message, clock: clock, &random)
      } else if !sessions[job.session].isGone {
        sessions[job.session].generated += 1
        sessions[job.session].edits += 1
      }
    }
  }

  /// Carries a message out, and charges it.
  mutating func execute(
    _ message: SimulatedMessage, clock: Int, _ random: inout SimulationRandom
  ) {
    guard !sessions[message.session].isGone else { return }
    executions[message.intentID, default: 0] += 1
    let price = message.purpose == .generate ? 100 : 50
    let charge = [price, price, price / 2, 0][random.below(4)]
    credits -= charge
    charges[message.intentID, default: 0] += charge
    chargesOfSync[message.syncNumber, default: 0] += charge
    switch message.purpose {
    case .push: put(message, &random)
    case .extract:
      guard sessions[message.session].files.contains(message.medium),
        sessions[message.session].extracted[message.medium] == nil
      else { return }
      sessions[message.session].extracted[message.medium] =
        sessions[message.session].tracks.count
      sessions[message.session].tracks.append(
        (0..<Self.linesInTrack).map { _ in tokens.write(over: 0) })
    case .generate:
      sessions[message.session].generated += 1
      later.append((clock + 1000 + random.below(200_000), nil, message.session))
    case .say, .none:
      switch random.below(3) {
      case 0: sessions[message.session].edits += 1
      case 1: agentEdits(message.session, &random)
      default: break
      }
    }
  }

  private mutating func put(_ message: SimulatedMessage, _ random: inout SimulationRandom) {
    if random.chance(4) { return }
    while sessions[message.session].tracks.count <= message.track {
      sessions[message.session].tracks.append([])
    }
    let there = sessions[message.session].tracks[message.track]
    for (line, token) in there.enumerated() where message.content[line] != token {
      let seen = line < message.seen.count ? message.seen[line] : 0
      if seen != token { tokens.replaceBlindly(token) }
    }
    sessions[message.session].tracks[message.track] = message.content
    if random.chance(6) { agentEdits(message.session, &random) }
  }

  /// The agent changes a line by itself.
  mutating func agentEdits(_ session: Int, _ random: inout SimulationRandom) {
    guard !sessions[session].isGone, !sessions[session].tracks.isEmpty else { return }
    let track = random.below(sessions[session].tracks.count)
    guard !sessions[session].tracks[track].isEmpty else { return }
    let line = random.below(sessions[session].tracks[track].count)
    let old = sessions[session].tracks[track][line]
    sessions[session].tracks[track][line] = tokens.write(over: old)
  }
}

import JSONText

extension World {
  /// `POST /run_sse`
  mutating func answerMessage(
    _ call: ServiceCall, _ account: Account
  ) throws(Refusal) -> Answer {
    let body = try call.json(options)
    guard try body.string("app_name") == "nemo_agent", try body.string("user_id") == "me" else {
      throw .notFound("App")
    }
    var session = try messageSession(try body.string("session_id"), call, account)
    let message = try body.message()
    var turn = Agent(options: namingOptions(call.fault), session: session).turn(for: message)
    let cost = options.access.costs.cost(of: turn.kind)
    guard account.available >= cost else {
      throw .outOfCredits(userID: account.userID, taskID: session.taskID)
    }
    charge(cost, kind: turn.kind.rawValue, message: message, to: session)
    session.messageCount += 1
    turn.work = turn.work.map { registeringMedia($0) }
    plan(turn, call.work, in: &session)
    sessions[session.id] = session
    var seed = SeededRandom(
      seed: options.seed &+ UInt64(session.messageCount), for: session.id)
    return stream(of: turn, isFailing: call.isAgentFailing, seed: seed.next())
  }

  private mutating func messageSession(
    _ id: String, _ call: ServiceCall, _ account: Account
  ) throws(Refusal) -> Session {
    do throws(Refusal) {
      return try session(id, call, account)
    } catch {
      guard options.answers.unknownSession == .adk else { throw error }
      throw Refusal(status: 404, code: 404, message: "Session not found: \(id)", isDetail: true)
    }
  }

  private func namingOptions(_ fault: Fault.Action?) -> SimulatorOptions {
    guard case .name(let names) = fault else { return options }
    var options = options
    options.media.names = names
    return options
  }

  /// Makes the medium that work needs.
  private mutating func registeringMedia(_ work: Work) -> Work {
    guard case .generate(var record, let prompt, let milliseconds) = work else { return work }
    record.sha256 = addMedium(record.mediumID, name: record.name)
    return .generate(record, prompt: prompt, milliseconds: milliseconds)
  }

  /// Adds a medium of the usual size.
  ///
  /// - Returns: Its SHA-256; empty for one too large to be hashed at once.
  mutating func addMedium(_ id: String, name: String) -> String {
    var random = SeededRandom(seed: options.seed, for: id)
    let content = MediaContent(length: options.media.byteCount, seed: random.next())
    let hash = content.length <= 64 << 20 ? content.sha256 : ""
    media[id] = Medium(name: name, content: content, sha256: hash.isEmpty ? nil : hash)
    return hash
  }

  /// Does the work of a turn now or lets it wait for reads of the state.
  private func plan(_ turn: AgentTurn, _ time: Fault.Work, in session: inout Session) {
    var reads = 0
    if case .late(let wanted) = time { reads = min(wanted, mostReads) }
    if reads == 0 {
      session.carryOut(turn.work)
    } else {
      session.pending.append(.init(reads: reads, work: turn.work))
    }
    if turn.later.isEmpty { return }
    let later = reads + options.agent.readsUntilSecondStage
    if later == 0 {
      session.carryOut(turn.later)
    } else {
      session.pending.append(.init(reads: later, work: turn.later))
    }
  }

  private func stream(of turn: AgentTurn, isFailing: Bool, seed: UInt64) -> Answer {
    var dialect = EventDialect(options: options.events, seed: seed)
    var writer = EventWriter(options: options.events, seed: seed)
    var signals = turn.flood > 0 ? [] : turn.signals(options.events)
    if isFailing { signals = [.toolCall(turn.tool), .failure("The model is overloaded.")] }
    for signal in signals {
      for event in dialect.events(of: signal) { writer.event(event) }
    }
    writer.flood(turn.flood)
    var answer = Answer(contentType: "text/event-stream", body: .stream(writer.stream()))
    answer.headers.append(("Cache-Control", "no-cache"))
    answer.endsWithConnection = options.events.ending == .close
    return answer
  }
}

/// A number of reads that never comes.
private let mostReads = 1 << 40

extension ServiceCall {
  /// Whether the agent is to report a failure.
  fileprivate var isAgentFailing: Bool {
    if case .agentError = fault { true } else { false }
  }
}

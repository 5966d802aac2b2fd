import BackendAPI
import JSONText

/// What holds of the agent's events: both ways to read them agree, and the reply says each word once.
enum AgentEventProperties {
  static func check(_ input: [UInt8]) throws(Violation) {
    var choices = Choices(input)
    var events: [AgentEvent] = []
    for found in EventStreamProperties.events(in: choices.pieces(of: input)) {
      switch found.kind {
      case .event:
        let fast = read(found.data) { $0.read($1) }
        let plain = read(found.data) { $0.readAsDocument($1) }
        // Of broken JSON the scan may still read what it needs.
        let isJSON = JSONProperties.value(found.data) != nil
        try require(fast == plain || !isJSON, "\(fast) instead of \(plain)")
        try require(!fast.isEmpty, "an event is read as nothing")
        events += fast
      case .unfinishedEvent: events += read(found.data) { $0.readUnfinished($1) }
      case .oversizedEvent: events += [.unknown([])]
      case .comment: events += [.heartbeat]
      }
    }
    try checkReply(events)
  }

  private static func read(
    _ data: [UInt8], with how: (inout AgentEventReader, [UInt8]) -> Void
  ) -> [AgentEvent] {
    var reader = AgentEventReader()
    how(&reader, data)
    var events: [AgentEvent] = []
    while let event = reader.next() { events.append(event) }
    return events
  }

  /// Puts the words together.
  static func checkReply(_ events: [AgentEvent]) throws(Violation) {
    var assembler = ReplyAssembler()
    var shown = ""
    var told = 0
    for event in events {
      if case .text(let words, _) = event { told += words.utf8.count + 3 }
      shown += assembler.absorb(event)
    }
    shown += assembler.finish()
    let text = assembler.text
    try require(text.utf8.count <= told, "\(text.utf8.count) bytes of words, \(told) came")
    try require(shown.utf8.count <= told, "\(shown.utf8.count) bytes are shown, \(told) came")
    try require(assembler.hasWords || text.isEmpty, "words out of nothing")
    let isFailed = events.contains { if case .failure = $0 { true } else { false } }
    try require(isFailed == (assembler.failure != nil), "a failure is not told")
    try require(assembler.finish().isEmpty, "a second end shows words again")
  }
}

/// What holds of the whole answer to a message, whatever kind of body it has.
enum AgentAnswerProperties {
  static func check(_ input: [UInt8]) throws(Violation) {
    var choices = Choices(input)
    let (head, body) = AnswerProperties.headAndBody(input)
    let whole = answer(head, [body])
    let pieces = answer(head, choices.pieces(of: body))
    try require(whole == pieces, "\(pieces) instead of \(whole)")
    if case .refused(.service(let error)) = whole.last { try AnswerProperties.check(error) }
  }

  enum Step: Equatable {
    case event(AgentEvent)
    case refused(CallError)
    case never
  }

  private static func answer(_ head: HTTPHead, _ pieces: [[UInt8]]) -> [Step] {
    let feed = Feed([.head(head)] + pieces.map { .bytes($0) })
    let answer = AgentAnswer(HTTPExchange(next: { feed.next() }, cancel: {}))
    let steps = Box<[Step]>([.never])
    // Nothing here ever waits, so the task has ended when it was started.
    Task(executorPreference: CallingThread.executor) {
      var found: [Step] = []
      do throws(CallError) {
        while let event = try await answer.next() { found.append(.event(event)) }
      } catch {
        found.append(.refused(error))
      }
      steps.value = found
    }
    return steps.value
  }
}

/// Runs every job at once, on the thread that brings it.
private final class CallingThread: TaskExecutor {
  static let executor = CallingThread()

  func enqueue(_ job: consuming ExecutorJob) {
    UnownedJob(job).runSynchronously(on: asUnownedTaskExecutor())
  }
}

/// A value that one thread alone touches.
private final class Box<Value>: @unchecked Sendable {
  // No lock: `CallingThread` keeps all on the thread that made it.
  var value: Value

  init(_ value: Value) { self.value = value }
}

/// The events of an exchange, one by one.
private final class Feed: @unchecked Sendable {
  // No lock: `CallingThread` keeps all on the thread that made it.
  private var events: [HTTPEvent]
  private var taken = 0

  init(_ events: [HTTPEvent]) { self.events = events }

  func next() -> HTTPEvent? {
    guard taken < events.count else { return nil }
    defer { taken += 1 }
    return events[taken]
  }
}

import BackendAPI
import Synchronization

/// What the loop has learnt and nobody has pulled yet.
struct News: Sendable {
  /// How much went, of how much: only the newest count is kept.
  var sent: (count: Int64, whole: Int64?)?
  /// The final head.
  var head: HTTPHead?
  /// Bytes of the body: small pieces become one.
  var bytes: [UInt8] = []
  /// How much of a file is there, of how much: only the newest count is kept.
  var received: (count: Int64, whole: Int64?)?

  /// Moves everything into another, older first; this is empty then.
  mutating func move(into other: inout News) {
    if let sent { other.sent = sent }
    if let head { other.head = head }
    if let received { other.received = received }
    if other.bytes.isEmpty { swap(&bytes, &other.bytes) } else { other.bytes += bytes }
    bytes.removeAll(keepingCapacity: true)
    (sent, head, received) = (nil, nil, nil)
  }

  /// Takes the first of it.
  mutating func takeEvent() -> HTTPEvent? {
    if let sent {
      self.sent = nil
      return .sent(sent.count, of: sent.whole)
    }
    if let head {
      self.head = nil
      return .head(head)
    }
    if !bytes.isEmpty {
      var taken: [UInt8] = []
      swap(&taken, &bytes)
      return .bytes(taken)
    }
    guard let received else { return nil }
    self.received = nil
    return .received(received.count, of: received.whole)
  }
}

/// Between the loop, which puts news in, and the one that pulls them.
final class Mailbox: Sendable {
  /// How an exchange ended.
  enum End: Sendable {
    case whole(TransportError.Sent)
    case failed(TransportError)
  }

  /// What there is for the one that pulls.
  enum Taken: Sendable {
    /// An event, and whether the transfer waited for room and may go on.
    case event(HTTPEvent, resumes: Bool)
    case end(End)
    case nothing
  }

  private struct State {
    var news = News()
    var end: End?
    var isEndTaken = false
    var isCancelled = false
    var isPaused = false
    var waiting: [UnsafeContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  // MARK: - The loop's side

  /// Puts news in and wakes who waits for them.
  ///
  /// - Returns: the number of bytes that are there now; with `bound` or more the transfer counts as
  ///   paused until some are taken.
  func deliver(_ news: inout News, pausingAt bound: Int = .max) -> Int {
    let (count, woken) = state.withLock { state in
      news.move(into: &state.news)
      if state.news.bytes.count >= bound { state.isPaused = true }
      return (state.news.bytes.count, Self.takeWaiting(&state))
    }
    for continuation in woken { continuation.resume() }
    return count
  }

  /// Tells the end; only the first counts. Somebody who cancelled is told so, whatever came after.
  func finish(_ end: End) {
    let woken = state.withLock { state in
      if state.end == nil { state.end = state.isCancelled ? Self.cancelled(end) : end }
      return Self.takeWaiting(&state)
    }
    for continuation in woken { continuation.resume() }
  }

  /// Whether somebody cancelled.
  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  // MARK: - The other side

  /// Takes the next event, or the end when all were taken; after a cancellation the end alone.
  func take() -> Taken {
    state.withLock { state in
      if !state.isCancelled, let event = state.news.takeEvent() {
        let resumes = state.isPaused
        state.isPaused = false
        return .event(event, resumes: resumes)
      }
      guard let end = state.end else { return .nothing }
      state.isEndTaken = true
      return .end(end)
    }
  }

  /// Waits until there is something to take.
  func wait() async {
    await withUnsafeContinuation { continuation in
      let isThere = state.withLock { state in
        let hasNews = !state.isCancelled && state.news.hasEvent
        if hasNews || state.end != nil { return true }
        state.waiting.append(continuation)
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  /// Drops what was not taken, so that the end is next; `false` where the end was taken already.
  ///
  /// An end that is there becomes a cancelled one; else the loop has to bring it.
  func cancel() -> Bool {
    let woken: [UnsafeContinuation<Void, Never>]? = state.withLock { state in
      if state.isEndTaken || state.isCancelled { return nil }
      state.isCancelled = true
      state.news = News()
      if let end = state.end { state.end = Self.cancelled(end) }
      return state.end == nil ? [] : Self.takeWaiting(&state)
    }
    guard let woken else { return false }
    for continuation in woken { continuation.resume() }
    return true
  }

  private static func cancelled(_ end: End) -> End {
    switch end {
    case .whole(let sent):
      .failed(TransportError(.cancelled, sent: sent, hasAnswerBegun: true, "It was cancelled"))
    case .failed(let error):
      .failed(
        TransportError(
          .cancelled, sent: error.sent, hasAnswerBegun: error.hasAnswerBegun, "It was cancelled"))
    }
  }

  private static func takeWaiting(_ state: inout State) -> [UnsafeContinuation<Void, Never>] {
    var waiting: [UnsafeContinuation<Void, Never>] = []
    swap(&waiting, &state.waiting)
    return waiting
  }
}

extension News {
  /// Whether there is an event to take.
  var hasEvent: Bool { sent != nil || head != nil || !bytes.isEmpty || received != nil }
}

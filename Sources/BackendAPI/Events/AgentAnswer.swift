internal import Synchronization

/// The agent's answer on its way: events are pulled one by one, so that the first can be told apart.
package struct AgentAnswer: Sendable {
  /// Waits for the next event; `nil` after a proper end. One task pulls at a time.
  ///
  /// - Throws: `CallError`: a refusal before the first event, or what the transport knows.
  package let next: @Sendable () async throws(CallError) -> AgentEvent?
  /// Ends the exchange at once; done more than once, and after the end, it does nothing.
  package let cancel: @Sendable () -> Void

  /// Creates an answer from its two functions.
  package init(
    next: @escaping @Sendable () async throws(CallError) -> AgentEvent?,
    cancel: @escaping @Sendable () -> Void
  ) {
    self.next = next
    self.cancel = cancel
  }

  /// Reads the events of an exchange.
  package init(_ exchange: HTTPExchange, hiding secret: Secret? = nil) {
    let reading = SharedReading()
    cancel = exchange.cancel
    next = { () async throws(CallError) -> AgentEvent? in
      while true {
        switch reading.take() {
        case .event(.failure(let error)): return .failure(error.hiding(secret))
        case .event(let event): return event
        case .end: return nil
        case .refused(let error): throw .service(error.hiding(secret))
        case .needsMore: break
        }
        let event: HTTPEvent?
        do throws(TransportError) { event = try await exchange.next() } catch {
          guard error.code != .cancelled, reading.endsRefused() else { throw .transport(error) }
          continue
        }
        try reading.absorb(event)
      }
    }
  }
}

/// The reading that the calls of `next` share.
private final class SharedReading: Sendable {
  private let reading = Mutex(AgentAnswerReading())

  func take() -> AgentAnswerReading.Outcome { reading.withLock { $0.take() } }

  /// Ends an answer that was cut; whether its head had refused the message already.
  func endsRefused() -> Bool { reading.withLock { $0.endsRefused() } }

  func absorb(_ event: HTTPEvent?) throws(CallError) {
    guard let event else {
      let hasHead = reading.withLock { $0.finish() }
      if !hasHead { throw .transport(.noAnswer) }
      return
    }
    reading.withLock { $0.absorb(event) }
  }
}

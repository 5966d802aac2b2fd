import BackendAPI
import Synchronization

/// One exchange as its puller holds it: what begins it, wakes it, and ends it when it is dropped.
final class Exchange: Sendable {
  private enum Phase {
    case idle
    case running(Transfer)
    /// Ended before anything began.
    case over
  }

  private let transport: CurlTransport
  private let request: HTTPRequest
  private let mailbox = Mailbox()
  private let phase = Mutex(Phase.idle)

  init(_ request: HTTPRequest, over transport: CurlTransport) {
    self.request = request
    self.transport = transport
  }

  deinit { cancel() }

  /// Waits for the next event; the first call begins the exchange.
  func next() async throws(TransportError) -> HTTPEvent? {
    if Task.isCancelled { cancel() } else { begin() }
    while true {
      switch mailbox.take() {
      case .event(let event, let resumes):
        if resumes { tellLoop { .resume($0) } }
        return event
      case .end(.whole): return nil
      case .end(.failed(let error)): throw error
      case .nothing:
        await withTaskCancellationHandler {
          await mailbox.wait()
        } onCancel: {
          cancel()
        }
      }
    }
  }

  /// Ends the exchange at once.
  func cancel() {
    guard mailbox.cancel() else { return }
    let hasBegun = phase.withLock { phase in
      if case .running = phase { return true }
      phase = .over
      return false
    }
    if hasBegun {
      tellLoop { .cancel($0) }
    } else {
      mailbox.finish(.failed(TransportError(.cancelled, sent: .nothing, "It was cancelled")))
    }
  }

  private func begin() {
    let problem: TransportError? = phase.withLock { phase in
      guard case .idle = phase else { return nil }
      do throws(TransportError) {
        let loop = try transport.loop()
        let transfer = Transfer(
          request, mailbox: mailbox, loop: loop, settings: transport.settings,
          number: transport.nextNumber())
        guard loop.submit(.start(transfer)) else { throw CurlTransport.isShutDown }
        phase = .running(transfer)
        return nil
      } catch {
        phase = .over
        return error
      }
    }
    if let problem { mailbox.finish(.failed(problem)) }
  }

  private func tellLoop(_ command: (Transfer) -> TransferLoop.Command) {
    let transfer: Transfer? = phase.withLock { phase in
      if case .running(let transfer) = phase { transfer } else { nil }
    }
    guard let transfer else { return }
    // A loop that is over has ended all its transfers: there is nothing left to tell it.
    _ = transfer.loop.submit(command(transfer))
  }
}

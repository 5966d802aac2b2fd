#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// A TCP proxy on 127.0.0.1 that ends connections after a given byte in either direction.
///
/// ```swift
/// let proxy = try CuttingProxy(to: simulator.port)
/// defer { proxy.stop() }
/// proxy.cut(.request, at: 120)      // the next connection
/// // … a request to proxy.address …
/// proxy.settle()                    // the simulator has seen the end of it
/// ```
package final class CuttingProxy: Sendable {
  /// Which way bytes go.
  package enum Direction: Hashable, Sendable { case request, answer }

  /// How a connection ends for the client.
  package enum Ending: Hashable, Sendable, CaseIterable {
    /// Orderly, with FIN.
    case close
    /// With RST.
    case reset
    /// Not at all: nothing moves any more until the client goes.
    case hold
  }

  /// What went through a connection.
  package struct Passage: Hashable, Sendable {
    /// Bytes from the client that reached the server.
    package var requestBytes: Int64 = 0
    /// Bytes from the server that reached the client.
    package var answerBytes: Int64 = 0
    /// Whether the proxy ended it.
    package var wasCut = false
  }

  private struct Cut: Sendable {
    var direction: Direction
    var place: Int64
    var ending: Ending
    /// The connection that it is for, counted from 0; `nil` for every one.
    var connection: Int?
  }

  private struct State: Sendable {
    var cuts: [Cut] = []
    var passages: [Passage] = []
    var activeCount = 0
  }

  /// The port that it listens on.
  package let port: UInt16
  /// The address that clients use instead of the server's.
  package var address: String { "http://127.0.0.1:\(port)" }

  private let target: UInt16
  private let listener: Int32
  private let signal = StopSignal()
  private let state = Mutex(State())

  /// Starts a proxy for a port of 127.0.0.1.
  ///
  /// - Throws: `SimulatorError` where no port is to be had.
  package init(to target: UInt16) throws(SimulatorError) {
    self.target = target
    (listener, port) = Sockets.listen()
    guard listener >= 0 else { throw SimulatorError(port: 0) }
    state.withLock { $0.activeCount = 1 }
    let isRunning = Threads.start { [self] in
      accept()
      state.withLock { $0.activeCount -= 1 }
    }
    if !isRunning { state.withLock { $0.activeCount -= 1 } }
  }

  /// Ends a connection to come after so many bytes in a direction.
  ///
  /// - Parameter connection: 1 for the next one; `nil` for every one from now on.
  package func cut(
    _ direction: Direction, at place: Int64, ending: Ending = .close, connection: Int? = 1
  ) {
    state.withLock { state in
      state.cuts.append(
        Cut(
          direction: direction, place: place, ending: ending,
          connection: connection.map { state.passages.count + $0 - 1 }))
    }
  }

  /// Lets connections to come go through whole.
  package func clearCuts() { state.withLock { $0.cuts = [] } }

  /// What went through each connection so far, in the order of their opening.
  package var passages: [Passage] { state.withLock { $0.passages } }

  /// Waits until no connection is open, so that the server has seen the end of each.
  ///
  /// - Returns: Whether that was so within the time.
  @discardableResult
  package func settle(milliseconds: Int = 10_000) -> Bool {
    let end = Platform.now() + Int64(milliseconds)
    while state.withLock({ $0.activeCount }) > 1 {
      if Platform.now() > end || !signal.pause(milliseconds: 1) { return false }
    }
    return true
  }

  /// Closes the port and all connections.
  package func stop() {
    signal.ring()
    // The threads end by themselves, at once; their descriptors are closed by then.
    let end = Platform.now() + 5000
    while state.withLock({ $0.activeCount }) > 0, Platform.now() < end { sched_yield() }
  }

  private func accept() {
    defer { close(listener) }
    while true {
      var waiting = [
        pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signal.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&waiting, 2, -1) < 0, errno != EINTR { return }
      if waiting[1].revents != 0 { return }
      if waiting[0].revents == 0 { continue }
      let client = systemAccept(listener)
      if client < 0 { continue }
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      Sockets.sendAtOnce(client)
      let index = state.withLock { state in
        state.passages.append(Passage())
        state.activeCount += 1
        return state.passages.count - 1
      }
      let isRunning = Threads.start { [self] in
        pass(client, index: index)
        state.withLock { $0.activeCount -= 1 }
      }
      if !isRunning {
        close(client)
        state.withLock { $0.activeCount -= 1 }
      }
    }
  }

  private func systemAccept(_ listener: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.accept(listener, nil, nil)
    #elseif canImport(Musl)
      Musl.accept(listener, nil, nil)
    #else
      Darwin.accept(listener, nil, nil)
    #endif
  }

  private func pass(_ client: Int32, index: Int) {
    let cuts = state.withLock { state in
      state.cuts.filter { $0.connection == nil || $0.connection == index }
    }
    let request = cuts.first { $0.direction == .request }
    let answer = cuts.first { $0.direction == .answer }
    var passing = PassingConnection(
      client: client, signal: signal,
      limits: (request: request?.place, answer: answer?.place))
    let end = passing.run(to: target)
    let counts = passing.counts
    state.withLock { state in
      state.passages[index] = Passage(
        requestBytes: counts.request, answerBytes: counts.answer,
        wasCut: end == .requestCut || end == .answerCut)
    }
    switch end {
    case .requestCut: passing.finish(request?.ending ?? .close)
    case .answerCut: passing.finish(answer?.ending ?? .close)
    case .over: passing.finish(.close)
    }
  }
}

import Synchronization

/// The service, rehearsed: a server on 127.0.0.1 that speaks all of its requests.
///
/// ```swift
/// let simulator = try Simulator(SimulatorOptions())
/// defer { simulator.stop() }
/// simulator.add(Fault(.message, .cutAnswer(at: 10, reset: false)))
/// // … requests to simulator.address …
/// #expect(simulator.charges.count == 1)
/// ```
package final class Simulator: Sendable {
  /// Where it listens, such as `http://127.0.0.1:40123`.
  package let address: String
  /// The port that it listens on.
  package let port: UInt16

  let signal: StopSignal
  private let state: SimulatorState
  private let daemon: HTTPDaemon

  /// Starts a server.
  ///
  /// - Throws: `SimulatorError` where the port is not to be had.
  package init(_ options: SimulatorOptions = SimulatorOptions()) throws(SimulatorError) {
    signal = StopSignal()
    state = SimulatorState(World(options))
    let entrance = Entrance()
    daemon = HTTPDaemon(answerer: entrance, signal: signal)
    guard let port = daemon.start(port: options.port) else {
      throw SimulatorError(port: options.port)
    }
    self.port = port
    let address = "http://127.0.0.1:\(port)"
    self.address = address
    state.world.withLock { $0.address = address }
    entrance.simulator.withLock { $0 = WeakSimulator(self) }
  }

  /// Closes the port and all connections, whatever they wait for, and ends their threads.
  package func stop() { daemon.stop() }

  deinit {
    // The last to let go may be a thread of the daemon, which can't wait for itself.
    let daemon = daemon
    if daemon.isRunning { _ = Threads.start { daemon.stop() } }
  }

  /// Gives the lock's holder everything that the service knows.
  func withWorld<Result: Sendable>(_ body: (inout sending World) -> sending Result) -> Result {
    state.world.withLock(body)
  }

  /// Changes an entry of the log.
  func updateLog(_ number: Int, _ body: (inout LoggedRequest) -> Void) {
    let entry = state.world.withLock { world -> LoggedRequest? in
      // After a reset the entries of requests under way are gone.
      guard let index = world.log.firstIndex(where: { $0.number == number }) else { return nil }
      let before = world.log[index]
      body(&world.log[index])
      return world.options.isVerbose && !before.isOver && world.log[index].isOver
        ? world.log[index] : nil
    }
    if let entry { Platform.write(entry.line + "\n", to: 2) }
  }
}

extension Simulator {
  /// Begins an exchange.
  func begin(_ request: ServerRequest, socket: Int32) -> any RequestHandling {
    if request.path.hasPrefix("/simulator/") { return ControlExchange(self, request) }
    do throws(Refusal) {
      let route = try Route(method: request.method, path: request.path)
      let (fault, number) = withWorld { world in
        let fault = world.nextFault(for: route.endpoint)
        return (fault, world.enter(request, route.endpoint, fault))
      }
      return ServiceExchange(
        self, request, route, fault: fault, number: number, socket: socket)
    } catch {
      let refusal = error
      let (answer, number) = withWorld { world in
        (refusal.answer(world.options.answers.refusals), world.enter(request, nil, nil))
      }
      return ReadyExchange(answer) { isComplete in
        self.updateLog(number) { entry in
          entry.status = answer.status
          entry.isComplete = isComplete
          entry.isOver = true
        }
      }
    }
  }
}

extension World {
  /// Notes a request.
  ///
  /// - Returns: Its number.
  mutating func enter(
    _ request: ServerRequest, _ endpoint: Endpoint?, _ fault: Fault.Action?
  ) -> Int {
    requestCount += 1
    let attribution = request.attribution.map { [$0.source, $0.version, $0.platform] }
    log.append(
      LoggedRequest(
        number: requestCount, endpoint: endpoint, method: request.method, path: request.path,
        isAuthorized: request["Authorization"] != nil, attribution: attribution,
        range: request["Range"], fault: fault?.name))
    return requestCount
  }
}

extension LoggedRequest {
  /// The request in one line for people.
  fileprivate var line: String {
    let result = status.map { "\($0)" } ?? "cut"
    return "\(method) \(path) → \(result)" + (fault.map { " (fault: \($0))" } ?? "")
  }
}

/// The lock around the service.
private final class SimulatorState: Sendable {
  let world: Mutex<World>

  init(_ world: sending World) { self.world = Mutex(world) }
}

/// What the daemon holds on to, so that it does not keep the simulator alive.
private final class Entrance: RequestAnswering {
  let simulator = Mutex(WeakSimulator(nil))

  func begin(_ request: ServerRequest, socket: Int32) -> any RequestHandling {
    if let simulator = simulator.withLock({ $0.simulator }) {
      return simulator.begin(request, socket: socket)
    }
    let answer = Refusal(status: 503, code: 503, message: "Not ready").answer(.status)
    return ReadyExchange(answer) { _ in }
  }
}

private struct WeakSimulator: Sendable {
  weak let simulator: Simulator?

  init(_ simulator: Simulator?) { self.simulator = simulator }
}

/// Why a simulator can't be started.
package struct SimulatorError: Error, Hashable, CustomStringConvertible {
  /// The port that was asked for.
  package var port: UInt16

  /// What is wrong and what to do.
  package var description: String {
    "Port \(port) of 127.0.0.1 is not to be had; another program may use it. "
      + "Use '--port 0' for a free one"
  }
}

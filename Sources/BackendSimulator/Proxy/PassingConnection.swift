#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Two sockets between which bytes are passed on, up to a limit in each direction.
struct PassingConnection {
  /// Why it came to its end.
  enum End { case over, requestCut, answerCut }

  private let client: Int32
  private var server: Int32 = -1
  private let signal: StopSignal
  private let limits: (request: Int64?, answer: Int64?)
  /// The bytes that were passed on.
  private(set) var counts: (request: Int64, answer: Int64) = (0, 0)
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)
  private var isClientDone = false

  init(client: Int32, signal: StopSignal, limits: (request: Int64?, answer: Int64?)) {
    self.client = client
    self.signal = signal
    self.limits = limits
  }

  /// Passes bytes on until one side ends or a limit is reached.
  mutating func run(to port: UInt16) -> End {
    if limits.request == 0 { return .requestCut }
    server = Sockets.connect(port: port)
    if server < 0 { return .over }
    while true {
      var waiting = [
        pollfd(fd: isClientDone ? -1 : client, events: Int16(POLLIN), revents: 0),
        pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signal.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&waiting, 3, -1) < 0 {
        if errno == EINTR { continue }
        return .over
      }
      if waiting[2].revents != 0 { return .over }
      if waiting[1].revents != 0 {
        if limits.answer == counts.answer, isReadable(server) { return .answerCut }
        guard let count = move(server, to: client, limit: limits.answer, counts.answer) else {
          return .over
        }
        counts.answer += Int64(count)
        // At a limit that is the very end too, the next byte is not waited for.
        if counts.answer == limits.answer { return .answerCut }
      }
      if waiting[0].revents != 0 {
        guard let count = move(client, to: server, limit: limits.request, counts.request) else {
          // The client may have ended its half only: what the server still says is passed on.
          isClientDone = true
          shutdown(server, Int32(SHUT_WR))
          continue
        }
        counts.request += Int64(count)
        if counts.request == limits.request { return .requestCut }
      }
    }
  }

  /// Ends the connection for the client as wanted, and for the server in an orderly way.
  mutating func finish(_ ending: CuttingProxy.Ending) {
    switch ending {
    case .reset:
      SocketEnding.reset(client)
      close(client)
      drain(server)
    case .close:
      shutdown(client, Int32(SHUT_WR))
      drain(server)
      // Closed with bytes that nobody read, a socket sends a reset.
      drain(client)
      close(client)
    case .hold:
      drain(client, whole: true)
      close(client)
      drain(server)
    }
    if server >= 0 { close(server) }
  }

  /// Whether there is a byte, not just an end.
  private func isReadable(_ descriptor: Int32) -> Bool {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) > 0
  }

  /// Passes on what is there, up to the limit; `nil` at the end of either side.
  private mutating func move(
    _ source: Int32, to target: Int32, limit: Int64?, _ passed: Int64
  ) -> Int? {
    let room = limit.map { min(Int64(buffer.count), $0 - passed) } ?? Int64(buffer.count)
    let count = recv(source, &buffer, Int(max(0, room)), 0)
    guard count > 0, Sockets.send(buffer[..<count], to: target) else { return nil }
    return count
  }

  /// Tells the other side that nothing more comes, and takes what it still sends.
  ///
  /// - Parameter whole: waits as long as it takes; else two seconds at most.
  private mutating func drain(_ descriptor: Int32, whole: Bool = false) {
    guard descriptor >= 0 else { return }
    if !whole { shutdown(descriptor, Int32(SHUT_WR)) }
    let end = Platform.now() + 2000
    while true {
      var waiting = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signal.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let left = whole ? -1 : Int32(clamping: end - Platform.now())
      if !whole, left <= 0 { return }
      let count = poll(&waiting, 2, left)
      if count < 0, errno == EINTR { continue }
      guard count > 0, waiting[1].revents == 0, recv(descriptor, &buffer, buffer.count, 0) > 0
      else { return }
    }
  }
}

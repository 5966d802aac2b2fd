import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A server on loopback that does with each connection what a test's closure says, byte by byte.
final class ScriptedServer: Sendable {
  /// Where it listens.
  let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var requests: [ReceivedRequest] = []
    var connectionCount = 0
    var isOver = false
  }

  /// Listens on a port of the system's choice; `serve` runs on a thread per connection.
  init(_ serve: @escaping @Sendable (Peer) -> Void) {
    // Another test's child must not keep a connection open that a script closes.
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutableBytes(of: &address) { bytes in
      if let base = bytes.baseAddress {
        let pointer = base.assumingMemoryBound(to: sockaddr.self)
        _ = bind(descriptor, pointer, length)
        listen(descriptor, 128)
        getsockname(descriptor, pointer, &length)
      }
    }
    listener = descriptor
    port = UInt16(bigEndian: address.sin_port)
    startThread { [self] in accept(serve) }
  }

  /// A port that nobody listens on.
  static func closedPort() -> UInt16 {
    let server = ScriptedServer { _ in }
    server.stop()
    return server.port
  }

  /// The base of its addresses.
  var address: String { "http://127.0.0.1:\(port)" }
  /// The requests whose heads came whole.
  var requests: [ReceivedRequest] { state.withLock { $0.requests } }
  /// The connections that were accepted.
  var connectionCount: Int { state.withLock { $0.connectionCount } }

  /// Takes no more connections; those that stand go on.
  func stop() {
    let first = state.withLock { state in
      defer { state.isOver = true }
      return !state.isOver
    }
    guard first else { return }
    // The accepting thread closes it: a number that is in use must not become another socket's.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  fileprivate func note(_ request: ReceivedRequest) {
    state.withLock { $0.requests.append(request) }
  }

  private func accept(_ serve: @escaping @Sendable (Peer) -> Void) {
    while true {
      let descriptor = acceptConnection(listener)
      if descriptor < 0 {
        close(listener)
        return
      }
      let number = state.withLock { state in
        if state.isOver { return 0 }
        state.connectionCount += 1
        return state.connectionCount
      }
      if number == 0 {
        close(descriptor)
        continue
      }
      var one: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
      startThread { [self] in
        let peer = Peer(descriptor: descriptor, number: number, server: self)
        serve(peer)
        peer.hangUp()
      }
    }
  }
}

/// A request as the server saw it.
struct ReceivedRequest: Sendable {
  /// The request line and the fields, without the empty line.
  var head: String
  /// The bytes behind the head, where they were read.
  var body: [UInt8] = []

  /// The value of a field; `nil` where it did not come.
  func value(of name: String) -> String? {
    for line in head.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.first?.lowercased() == name.lowercased() {
        return parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
      }
    }
    return nil
  }

  /// Method and target.
  var line: String {
    head.split(separator: "\r\n").first?.split(separator: " ").prefix(2).joined(separator: " ")
      ?? ""
  }
}

/// The server's end of a connection.
final class Peer: @unchecked Sendable {
  // Belongs to the thread of its connection.

  /// Which of the server's connections it is, from 1.
  let number: Int
  private let descriptor: Int32
  private let server: ScriptedServer
  private var pending: [UInt8] = []
  private var isOpen = true

  fileprivate init(descriptor: Int32, number: Int, server: ScriptedServer) {
    self.descriptor = descriptor
    self.number = number
    self.server = server
  }

  /// Reads a request with its body; `nil` where the connection ends before.
  func request() -> ReceivedRequest? {
    guard var request = head() else { return nil }
    let count = Int(request.value(of: "Content-Length") ?? "") ?? 0
    while request.body.count < count {
      guard let more = receive() else { return nil }
      request.body += more
    }
    pending = Array(request.body.dropFirst(count))
    request.body = Array(request.body.prefix(count))
    server.note(request)
    return request
  }

  /// Reads a request's head and perhaps a beginning of its body.
  func head() -> ReceivedRequest? {
    var bytes = pending
    pending = []
    while true {
      if let end = bytes.indices.first(where: { bytes[$0...].starts(with: "\r\n\r\n".utf8) }) {
        return ReceivedRequest(
          head: String(decoding: bytes[..<end], as: UTF8.self), body: Array(bytes[(end + 4)...]))
      }
      guard let more = receive() else { return nil }
      bytes += more
    }
  }

  /// Reads what comes next; `nil` at the end of the connection.
  func receive() -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    return count > 0 ? Array(chunk[..<count]) : nil
  }

  /// Sends a text; `false` where the other end is gone.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends bytes; `false` where the other end is gone.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        sendBytes(
          descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done,
          Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      done += count
    }
    return true
  }

  /// Sends each byte of a text in a packet of its own.
  func drip(_ text: String) { for byte in text.utf8 { send([byte]) } }

  /// Sends a whole answer with a length.
  func answer(_ status: String = "200 OK", _ headers: String = "", body: String = "") {
    send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
  }

  /// How many bytes go out while nobody reads them: until none has gone for 300 ms, or `most` have.
  func sendUntilBlocked(most: Int) -> Int {
    let chunk = [UInt8](repeating: 0x61, count: 1 << 14)
    var total = 0
    while total < most {
      var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&poller, 1, 300) <= 0 { break }
      let count = sendBytes(
        descriptor, chunk, chunk.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      if count <= 0 { break }
      total += count
    }
    return total
  }

  /// Keeps the connection and says nothing until the other end closes it, or for 10 s.
  @discardableResult
  func waitForClose() -> Bool {
    while true {
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&poller, 1, 600_000) <= 0 { return false }
      if receive() == nil { return true }
    }
  }

  /// Closes at once with a reset, so that what the other end still sends fails.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    hangUp()
  }

  /// Closes the connection.
  func hangUp() {
    if isOpen { close(descriptor) }
    isOpen = false
  }
}

private final class Work: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func startThread(_ run: @escaping @Sendable () -> Void) {
  let work = Unmanaged.passRetained(Work(run))
  var handle = pthread_t()
  let failed = pthread_create(
    &handle, nil,
    { context in
      if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
      return nil
    }, work.toOpaque())
  if failed == 0 { pthread_detach(handle) } else { work.release() }
}

/// Lets other threads of a server go first.
func letOthersRun() { sched_yield() }

extension Gate {
  /// Holds up the thread of a server: slowness is what some scripts are about.
  static func holdFor(seconds: Int = 0, milliseconds: Int = 0) {
    usleep(UInt32(seconds * 1_000_000 + milliseconds * 1000))
  }
}

// The system's functions under names that no method here hides.
private let sendBytes = send(_:_:_:_:)

/// As with the listener: what another test's child keeps open would never be seen to close.
private func acceptConnection(_ listener: Int32) -> Int32 {
  let descriptor = accept(listener, nil, nil)
  if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  return descriptor
}

import CMicroHTTPD
import Synchronization

/// What answers the requests of a daemon; called from many threads at once.
protocol RequestAnswering: AnyObject, Sendable {
  /// Begins an exchange at the head of a request.
  func begin(_ request: ServerRequest, socket: Int32) -> any RequestHandling
}

/// One exchange; called from the thread of its connection alone.
protocol RequestHandling: BodyReceiving {
  /// Whether the body is wanted; else the connection ends at the head.
  var wantsBody: Bool { get }
  /// Gives the answer when the whole request is there; `nil` ends the connection without a byte.
  func answer() -> Answer?
  /// Is told that the exchange is over.
  func end(isComplete: Bool)
}

/// An HTTP server on 127.0.0.1 over libmicrohttpd, with a thread for each connection.
final class HTTPDaemon: Sendable {
  // The daemon's own locks make its calls safe on any thread.
  private struct Handle: @unchecked Sendable {
    var daemon: OpaquePointer?
  }

  fileprivate let answerer: any RequestAnswering
  fileprivate let signal: StopSignal
  private let handle = Mutex(Handle(daemon: nil))

  /// Creates a server that does not listen yet.
  init(answerer: any RequestAnswering, signal: StopSignal) {
    self.answerer = answerer
    self.signal = signal
  }

  /// Starts to listen.
  ///
  /// - Returns: The port; `nil` where the wanted one is not to be had.
  func start(port: UInt16) -> UInt16? {
    let context = Unmanaged.passUnretained(self).toOpaque()
    guard let daemon = offbook_daemon_start(port, handleAccess, handleCompletion, context) else {
      return nil
    }
    handle.withLock { $0.daemon = daemon }
    return offbook_daemon_port(daemon)
  }

  /// Ends all pauses, closes all connections and the port, and waits for the threads.
  func stop() {
    signal.ring()
    let daemon = handle.withLock { handle in
      defer { handle.daemon = nil }
      return handle.daemon
    }
    if let daemon { MHD_stop_daemon(daemon) }
  }

  /// Whether it was started and not stopped yet.
  var isRunning: Bool { handle.withLock { $0.daemon != nil } }

  deinit { stop() }
}

/// What a connection keeps between the calls of one exchange.
private final class ExchangeContext {
  let handling: any RequestHandling
  let socket: Int32
  var isAnswered = false

  init(_ handling: any RequestHandling, socket: Int32) {
    self.handling = handling
    self.socket = socket
  }
}

private func handleAccess(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?, url: UnsafePointer<CChar>?,
  method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, data: UnsafePointer<CChar>?,
  size: UnsafeMutablePointer<Int>?,
  slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let size, let slot else { return offbook_no }
  let daemon = Unmanaged<HTTPDaemon>.fromOpaque(context).takeUnretainedValue()
  guard let known = slot.pointee else {
    guard let url, let method else { return offbook_no }
    let request = ServerRequest(
      method: String(cString: method), path: String(cString: url),
      headers: headers(of: connection))
    let socket = offbook_connection_socket(connection)
    let exchange = ExchangeContext(
      daemon.answerer.begin(request, socket: socket), socket: socket)
    slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
    return exchange.handling.wantsBody ? offbook_yes : offbook_no
  }
  let exchange = Unmanaged<ExchangeContext>.fromOpaque(known).takeUnretainedValue()
  if size.pointee > 0 {
    let piece = UnsafeRawBufferPointer(start: data, count: size.pointee)
    size.pointee = 0
    if exchange.isAnswered { return offbook_yes }
    return exchange.handling.receive(piece) ? offbook_yes : offbook_no
  }
  return exchange.isAnswered ? offbook_yes : send(exchange, on: connection, of: daemon)
}

private func headers(of connection: OpaquePointer) -> [(name: String, value: String)] {
  var found: [(name: String, value: String)] = []
  withUnsafeMutablePointer(to: &found) { list in
    _ = MHD_get_connection_values(
      connection, offbook_header_kind,
      { list, _, name, value in
        guard let list, let name else { return offbook_yes }
        list.assumingMemoryBound(to: [(name: String, value: String)].self).pointee.append(
          (String(cString: name), value.map { String(cString: $0) } ?? ""))
        return offbook_yes
      }, UnsafeMutableRawPointer(list))
  }
  return found
}

private func send(
  _ exchange: ExchangeContext, on connection: OpaquePointer, of daemon: HTTPDaemon
) -> MHD_Result {
  exchange.isAnswered = true
  guard let answer = exchange.handling.answer() else { return offbook_no }
  let reader = AnswerReader(answer, signal: daemon.signal, socket: exchange.socket)
  let length = answer.length.map { UInt64(max(0, $0 + answer.trouble.lengthError)) } ?? .max
  let response = MHD_create_response_from_callback(
    length, 64 << 10,
    { reader, _, buffer, room in
      guard let reader, let buffer else { return offbook_content_failed }
      let target = UnsafeMutableRawBufferPointer(start: buffer, count: room)
      switch Unmanaged<AnswerReader>.fromOpaque(reader).takeUnretainedValue().read(into: target) {
      case .bytes(let count): return count
      case .end: return offbook_content_end
      case .failure: return offbook_content_failed
      }
    }, Unmanaged.passRetained(reader).toOpaque(),
    { reader in
      if let reader { Unmanaged<AnswerReader>.fromOpaque(reader).release() }
    })
  guard let response else { return offbook_no }
  defer { MHD_destroy_response(response) }
  for header in answer.headers { MHD_add_response_header(response, header.name, header.value) }
  if answer.endsWithConnection { offbook_response_ends_with_connection(response) }
  return MHD_queue_response(connection, UInt32(answer.status), response)
}

private func handleCompletion(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
  slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
  guard let slot, let known = slot.pointee else { return }
  slot.pointee = nil
  let exchange = Unmanaged<ExchangeContext>.fromOpaque(known).takeRetainedValue()
  exchange.handling.end(isComplete: offbook_is_complete(reason) != 0)
}

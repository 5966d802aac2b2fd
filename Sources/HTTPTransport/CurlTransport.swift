package import BackendAPI
package import ScriptModel
import CCurl
import Synchronization

/// Carries requests over libcurl, which is loaded with the first one.
///
/// All exchanges share one thread and its connections; both end with `shutdown()`, or when the
/// transport and its exchanges are dropped. Certificates are always checked. Proxies are those of
/// the environment, as for `curl`, but this machine is never reached through one.
package final class CurlTransport: HTTPTransporting {
  /// What every transfer has to know.
  struct Settings: Sendable {
    var certificates: TrustedCertificates
    var log: (@Sendable (String) -> Void)?
  }

  private enum State {
    case idle
    case running(TransferLoop)
    case over
  }

  static let isShutDown = TransportError(
    .failed, sent: .nothing, "The connection to the service was shut down")

  let settings: Settings
  private let state = Mutex(State.idle)
  private let count = Atomic<Int>(0)

  /// Creates a transport; nothing is loaded or started yet.
  ///
  /// - Parameter log: gets a line an event, from the transport's thread: method, host, path, status,
  ///   sizes and times; no query, header, token or body.
  package init(
    certificates: TrustedCertificates = .ofEnvironment(),
    log: (@Sendable (String) -> Void)? = nil
  ) {
    settings = Settings(certificates: certificates, log: log)
  }

  /// Begins to load libcurl on a thread of its own, so that it is there when the first request is.
  ///
  /// It brings thirty libraries along, which take longer than all else that a short sync does. Join the
  /// thread before the process ends: what they set up must not meet what takes them down.
  ///
  /// - Returns: `nil` without a thread: then libcurl is loaded with the first request, as ever.
  package static func load() -> JoinableThread? {
    JoinableThread { _ = offbook_curl_unavailable() }
  }

  deinit { end(waiting: false) }

  package func begin(_ request: HTTPRequest) -> HTTPExchange {
    let exchange = Exchange(request, over: self)
    return HTTPExchange(
      next: { () async throws(TransportError) -> HTTPEvent? in try await exchange.next() },
      cancel: { exchange.cancel() })
  }

  /// Cancels all exchanges, closes the connections and waits until the thread has ended.
  ///
  /// Whatever is begun afterwards fails.
  package func shutdown() { end(waiting: true) }

  /// The loop, which is started where it does not run yet.
  func loop() throws(TransportError) -> TransferLoop {
    let result: Result<TransferLoop, TransportError> = state.withLock { state in
      switch state {
      case .running(let loop): return .success(loop)
      case .over: return .failure(Self.isShutDown)
      case .idle:
        let made = TransferLoop.start()
        if case .success(let loop) = made { state = .running(loop) }
        return made
      }
    }
    return try result.get()
  }

  /// The number of a new exchange, from 1.
  func nextNumber() -> Int { count.add(1, ordering: .relaxed).newValue }

  private func end(waiting: Bool) {
    let loop: TransferLoop? = state.withLock { state in
      defer { state = .over }
      if case .running(let loop) = state { return loop }
      return nil
    }
    loop?.stop(waiting: waiting)
  }
}

/// The certificates that servers are checked against.
package struct TrustedCertificates: Hashable, Sendable {
  /// A file of certificates in PEM form; `nil` for the system's own.
  package var file: String?
  /// A folder of certificates, named by their hashes; `nil` for the system's own.
  package var folder: String?

  /// Creates a choice of certificates.
  package init(file: String? = nil, folder: String? = nil) {
    self.file = file
    self.folder = folder
  }

  /// What the environment asks for, as `curl` has it: `CURL_CA_BUNDLE`, `SSL_CERT_DIR`, `SSL_CERT_FILE`.
  package static func ofEnvironment() -> TrustedCertificates {
    if let file = Platform.environment("CURL_CA_BUNDLE") { return TrustedCertificates(file: file) }
    return TrustedCertificates(
      file: Platform.environment("SSL_CERT_FILE"), folder: Platform.environment("SSL_CERT_DIR"))
  }
}

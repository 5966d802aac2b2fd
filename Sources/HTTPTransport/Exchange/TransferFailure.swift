import BackendAPI
import CCurl

/// Why a transfer failed, before it is known what had left.
struct TransferFailure: Error, Hashable {
  var code: TransportError.Code
  /// A sentence for people that names the host at most.
  var text: String

  init(_ code: TransportError.Code, _ text: String) {
    self.code = code
    self.text = text
  }

  init(_ problem: UploadedFile.Problem) { self.init(.fileProblem, problem.text) }

  init(_ problem: DownloadedFile.Problem, from place: String) {
    let isLocal = problem.code == .fileProblem
    self.init(problem.code, isLocal ? problem.text : "'\(place)' answered wrongly: \(problem.text)")
  }

  /// Says what a code of libcurl means.
  ///
  /// - Parameters:
  ///   - detail: libcurl's own words, which name hosts at most.
  ///   - hasConnected: whether the request was about to go, or further.
  init(_ code: CURLcode, at place: String, detail: String, hasConnected: Bool, isResolved: Bool) {
    let isConnectionLost = [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING].contains(code)
    if isConnectionLost, !hasConnected {
      // It was lost on the way to a connection: a proxy, as a rule, made none.
      self.init(.unconnected, "No connection to '\(place)' could be made")
      return
    }
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      self.init(.unresolved, "The host '\(place)' was not found: is there a network?")
    case CURLE_COULDNT_RESOLVE_PROXY:
      self.init(.unresolved, "The proxy was not found: look at http_proxy and https_proxy")
    case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED:
      self.init(.unconnected, "No connection to '\(place)' could be made")
    case CURLE_OPERATION_TIMEDOUT:
      if !isResolved {
        self.init(.unresolved, "The host '\(place)' was not found in time: is there a network?")
      } else if !hasConnected {
        self.init(.unconnected, "No connection to '\(place)' could be made in time")
      } else {
        self.init(.timedOut, "'\(place)' took too long")
      }
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED:
      self.init(.insecure, "'\(place)' could not be trusted: \(detail)")
    case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
      self.init(.unusableAddress, "The address at '\(place)' can't be used")
    case CURLE_UNSUPPORTED_PROTOCOL where hasConnected, CURLE_WEIRD_SERVER_REPLY:
      self.init(.cut, "'\(place)' did not answer in HTTP")
    case CURLE_UNSUPPORTED_PROTOCOL:
      self.init(.unusableAddress, "The address at '\(place)' can't be used")
    case CURLE_GOT_NOTHING:
      self.init(.cut, "'\(place)' closed the connection without an answer")
    case CURLE_SEND_ERROR:
      self.init(.cut, "The connection to '\(place)' ended while the request was sent")
    case CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      self.init(.cut, "The connection to '\(place)' ended before the whole answer had come")
    case CURLE_BAD_CONTENT_ENCODING:
      self.init(.cut, "The answer of '\(place)' is damaged: it can't be unpacked")
    default:
      self.init(.failed, "Talking to '\(place)' failed: \(detail)")
    }
  }
}

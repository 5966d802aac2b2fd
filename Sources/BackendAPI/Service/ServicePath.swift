/// The places of the service below its base address; the simulator reads what the client writes.
package enum ServicePath: Hashable, Sendable {
  /// `POST`: a new anonymous token.
  case anonymousToken
  /// `POST`: a new session.
  case newSession
  /// `POST`: a token for a link in the browser.
  case claimToken
  /// `POST`: a message to the agent.
  case message
  /// `POST`: files for a session.
  case upload(session: String)
  /// `GET`: the balance.
  case credits
  /// `GET`: a session's latest state.
  case state(session: String)
  /// `POST`: a new render.
  case renders
  /// `GET`: how far a render is.
  case render(String)
  /// `POST`: an end to a render.
  case renderCancel(String)
  /// `GET`: the file of a render.
  case renderDownload(String)
}

private let uploadPrefix = "/api/upload-video/nemo_agent/me/"
private let statePrefix = "/api/state/nemo_agent/me/"
private let renderPrefix = "/api/render/proxy/"

extension ServicePath {
  /// The path, its ids escaped.
  package var text: String {
    switch self {
    case .anonymousToken: "/api/auth/anonymous-token"
    case .newSession: "/api/tasks/me/with-session/nemo_agent"
    case .claimToken: "/api/auth/claim-token"
    case .message: "/run_sse"
    case .upload(let session): uploadPrefix + PercentEncoding.escaped(session)
    case .credits: "/api/credits/balance/simple"
    case .state(let session): statePrefix + PercentEncoding.escaped(session) + "/latest"
    case .renders: renderPrefix + "lambda"
    case .render(let id): renderPrefix + "lambda/" + PercentEncoding.escaped(id)
    case .renderCancel(let id): renderPrefix + "lambda/" + PercentEncoding.escaped(id) + "/cancel"
    case .renderDownload(let id): renderPrefix + PercentEncoding.escaped(id) + "/download"
    }
  }

  /// Reads a path, without its query; `nil` for one that the service does not have.
  package init?(_ path: some StringProtocol) {
    let fixed: [ServicePath] = [
      .anonymousToken, .newSession, .claimToken, .message, .credits, .renders,
    ]
    let path = String(path)
    if let match = fixed.first(where: { $0.text == path }) {
      self = match
      return
    }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
      .map { PercentEncoding.unescaped($0) }
    func id(after prefix: String, _ tail: [String]) -> String? {
      let count = prefix.split(separator: "/", omittingEmptySubsequences: false).count - 1
      guard path.hasPrefix(prefix), segments.count == count + 1 + tail.count,
        Array(segments[(count + 1)...]) == tail.map(Optional.some), let id = segments[count],
        !id.isEmpty
      else { return nil }
      return id
    }
    if let session = id(after: uploadPrefix, []) {
      self = .upload(session: session)
    } else if let session = id(after: statePrefix, ["latest"]) {
      self = .state(session: session)
    } else if let render = id(after: renderPrefix + "lambda/", ["cancel"]) {
      self = .renderCancel(render)
    } else if let render = id(after: renderPrefix + "lambda/", []), render != "download" {
      self = .render(render)
    } else if let render = id(after: renderPrefix, ["download"]) {
      self = .renderDownload(render)
    } else {
      return nil
    }
  }
}

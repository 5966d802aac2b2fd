import BackendSimulator

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One thing that goes wrong at one request of a busy sync.
struct FaultCase: Sendable, CustomStringConvertible {
  let endpoint: Endpoint
  let first: Int
  let action: Fault.Action

  var description: String { "\(endpoint.rawValue)#\(first): \(action)" }

  /// Every fault at every endpoint with `OFFBOOK_EVERY_BYTE=1`; else every 31st.
  static let chosen: [FaultCase] = {
    let all = everything
    if getenv("OFFBOOK_EVERY_BYTE") != nil { return all }
    return stride(from: 3, to: all.count, by: 31).map { all[$0] }
  }()

  private static var everything: [FaultCase] {
    var cases: [FaultCase] = []
    for endpoint in Endpoint.allCases where endpoint != .claim && endpoint != .cancel {
      for action in actions + actions(of: endpoint) {
        cases.append(FaultCase(endpoint: endpoint, first: 1, action: action))
        let repeats = [.message, .state, .upload, .credits, .poll].contains(endpoint)
        if repeats { cases.append(FaultCase(endpoint: endpoint, first: 2, action: action)) }
      }
    }
    return cases
  }

  /// What may happen to any request.
  private static let actions: [Fault.Action] = {
    var actions: [Fault.Action] = [
      .cutBeforeBody(reset: false), .cutBeforeBody(reset: true), .cutBody(at: 20, reset: true),
      .cutAnswer(at: 0, reset: false), .cutAnswer(at: 15, reset: true),
      .stall(at: nil, milliseconds: 5), .slow(bytes: 64, milliseconds: 1),
      .body("<html><body>Bad gateway</body></html>"), .body("{\"code\":0,\"data\":{\""), .body(""),
      .status(200, code: 1002, retryAfter: nil, form: .json, work: .undone),
      .status(200, code: 2001, retryAfter: nil, form: .json, work: .undone),
      .status(429, code: nil, retryAfter: 2, form: .json, work: .undone),
      .status(429, code: nil, retryAfter: nil, form: .empty, work: .undone),
      .revokeToken, .expireSession,
    ]
    for work in [Fault.Work.done, .undone, .late(reads: 2)] {
      actions.append(.cutAfterBody(work: work, reset: false))
      actions.append(.status(503, code: nil, retryAfter: nil, form: .html, work: work))
    }
    for status in [400, 401, 402, 403, 404, 500] {
      let form: Fault.BodyForm = status % 2 == 0 ? .json : .empty
      actions.append(.status(status, code: nil, retryAfter: nil, form: form, work: .undone))
    }
    return actions
  }()

  private static func actions(of endpoint: Endpoint) -> [Fault.Action] {
    switch endpoint {
    case .message: [.agentError(work: .undone), .agentError(work: .done)]
    case .render, .poll: [.failRender, .forgetRender]
    case .media, .download:
      [.corrupt, .length(by: 5), .length(by: -5), .cutAnswer(at: 999, reset: true)]
    default: []
    }
  }
}

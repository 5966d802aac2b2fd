/// Something that goes wrong with chosen requests.
package struct Fault: Hashable, Sendable {
  /// Which requests; `nil` for all.
  package var endpoint: Endpoint?
  /// The first of these requests that it happens to, counted from 1 since the fault was added.
  package var first: Int
  /// To how many in a row it happens.
  package var count: Int
  /// What goes wrong.
  package var action: Action

  /// Creates a fault from its parts.
  package init(_ endpoint: Endpoint?, first: Int = 1, count: Int = 1, _ action: Action) {
    self.endpoint = endpoint
    self.first = first
    self.count = count
    self.action = action
  }

  /// What happens with the work of a request that fails.
  package enum Work: Hashable, Sendable {
    case done
    case undone
    /// Charged at once, seen in the state only after so many reads of it.
    case late(reads: Int)
  }

  /// The body of a failed answer.
  package enum BodyForm: String, Hashable, Sendable, CaseIterable { case json, html, empty }

  /// What can go wrong.
  package enum Action: Hashable, Sendable {
    /// The connection ends at the head of the request; nothing is done.
    case cutBeforeBody(reset: Bool)
    /// The connection ends once so many bytes of the body have come; nothing is done.
    case cutBody(at: Int64, reset: Bool)
    /// The connection ends without a byte of the answer.
    case cutAfterBody(work: Work, reset: Bool)
    /// The answer's body ends after so many bytes; the work is done.
    case cutAnswer(at: Int64, reset: Bool)
    /// Nothing moves for a while: before the answer, or in its body after so many bytes.
    case stall(at: Int64?, milliseconds: Int)
    /// An HTTP status instead of the answer; `code` goes into the envelope.
    case status(Int, code: Int?, retryAfter: Int?, form: BodyForm, work: Work)
    /// Other bytes instead of the answer, with HTTP 200; the work is done.
    case body(String)
    /// The answer at so many bytes a write, with a pause after each.
    case slow(bytes: Int, milliseconds: Int)
    /// The request's token is no longer valid, from this request on.
    case revokeToken
    /// The request's session is gone, from this request on.
    case expireSession
    /// The render that the request asks for, or about, fails.
    case failRender
    /// The render that the request asks about is forgotten.
    case forgetRender
    /// What the request generates gets a name of this kind.
    case name(MediaOptions.Names)
    /// `Content-Length` is wrong by so many bytes.
    case length(by: Int64)
    /// One byte of the medium is another than its hash says.
    case corrupt
    /// The agent reports a failure in the middle of its events.
    case agentError(work: Work)
    /// Nothing goes wrong: to let requests pass in a list of faults.
    case none
  }
}

extension Fault.Action {
  /// The name in rules and in the log.
  package var name: String {
    switch self {
    case .cutBeforeBody: "cut-before-body"
    case .cutBody: "cut-body"
    case .cutAfterBody: "cut-after-body"
    case .cutAnswer: "cut-answer"
    case .stall: "stall"
    case .status(let status, _, _, _, _): "status \(status)"
    case .body: "body"
    case .slow: "slow"
    case .revokeToken: "revoke-token"
    case .expireSession: "expire-session"
    case .failRender: "fail-render"
    case .forgetRender: "forget-render"
    case .name: "name"
    case .length: "length"
    case .corrupt: "corrupt"
    case .agentError: "agent-error"
    case .none: "none"
    }
  }
}

/// The kinds of requests that the service takes.
package enum Endpoint: String, Hashable, Sendable, CaseIterable {
  case token, session, claim, message, upload, credits, state
  case render, poll, cancel, download, media
}

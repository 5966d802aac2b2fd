import JSONText

/// A whole request for the service, with the fault that happens to it.
struct ServiceCall {
  var request: ServerRequest
  var route: Route
  /// The body, but of an upload.
  var body: [UInt8]
  /// The files of an upload.
  var files: UploadBody?
  var fault: Fault.Action?
  /// When the work of a message is to be seen.
  var work = Fault.Work.done

  /// The body as strictly as the options say.
  func json(_ options: SimulatorOptions) throws(Refusal) -> StrictBody {
    try StrictBody(
      body, contentType: request["Content-Type"], isStrict: options.answers.isStrict)
  }
}

extension World {
  /// Does what a request asks for and gives the answer.
  mutating func answer(_ call: ServiceCall) -> Answer {
    do throws(Refusal) {
      return try checkedAnswer(call)
    } catch {
      return error.answer(options.answers.refusals)
    }
  }

  private mutating func checkedAnswer(_ call: ServiceCall) throws(Refusal) -> Answer {
    let endpoint = call.route.endpoint
    if endpoint == .token { return try answerToken(call) }
    if endpoint == .media { return try answerMedia(call) }
    if call.fault == .revokeToken { revoke(token: call.request.bearerToken) }
    guard let account = account(token: call.request.bearerToken) else { throw .unauthorized }
    switch endpoint {
    case .session: return try answerSession(call, account)
    case .claim: return try answerClaim(call, account)
    case .message: return try answerMessage(call, account)
    case .upload: return try answerUpload(call, account)
    case .credits: return success(credits(of: account))
    case .state: return try answerState(call, account)
    case .render: return try answerRender(call, account)
    case .poll: return try answerPoll(call)
    case .cancel: return try answerCancel(call)
    case .download: return try answerDownload(call)
    case .token, .media: throw .notFound("Path")
    }
  }

  /// An envelope of success.
  func success(_ data: JSONValue) -> Answer {
    var envelope: JSONValue = .members(["code": .whole(0)])
    switch options.answers.fullness {
    case .sparse: break
    case .usual: envelope = envelope.adding("message", .string("success"))
    case .extra:
      envelope = envelope.adding("message", .null).adding("request_id", .string("req-1"))
        .adding("trace", .members(["span": .null, "sampled": .bool(false)]))
    }
    return Answer(
      json: envelope.adding("data", data).rewritingNumbers(options.answers.numbers))
  }

  /// The session that a request names, if it is the account's and has not expired.
  mutating func session(
    _ id: String, _ call: ServiceCall, _ account: Account
  ) throws(Refusal) -> Session {
    if call.fault == .expireSession { expire(session: id) }
    return try session(id, of: account)
  }

  /// Lets a session be gone.
  mutating func expire(session id: String) {
    sessions[id] = nil
    sessionOrder.removeAll { $0 == id }
  }

  private func credits(of account: Account) -> JSONValue {
    .members([
      "available": .whole(account.available), "frozen": .whole(0), "total": .whole(account.total),
    ])
  }
}

import JSONText

extension World {
  /// `POST /api/auth/anonymous-token`
  mutating func answerToken(_ call: ServiceCall) throws(Refusal) -> Answer {
    guard let clientID = call.request["X-Client-Id"], !clientID.isEmpty else {
      throw .clientIDMissing
    }
    let (token, account) = try issueToken(clientID: clientID)
    var data: JSONValue = .members(["token": .string(token)])
    if options.answers.fullness != .sparse {
      data = data.adding("user_id", .string(account.userID))
        .adding("expires_at", .string(Platform.date(afterSeconds: 7 * 86_400)))
        .adding("credits", .whole(account.available))
    }
    return success(data)
  }

  /// `POST /api/tasks/me/with-session/nemo_agent`
  mutating func answerSession(
    _ call: ServiceCall, _ account: Account
  ) throws(Refusal) -> Answer {
    let body = try call.json(options)
    let session = openSession(
      userID: account.userID, name: try body.string("task_name"),
      language: try body.string("language"))
    var ids: JSONValue = .members([
      "task_id": .string(session.taskID), "session_id": .string(session.id),
    ])
    if options.answers.fullness != .sparse {
      ids = ids.adding("user_id", .string(account.userID))
    }
    if options.answers.idPlace == .data { return success(ids) }
    var envelope: JSONValue = .members(["code": .whole(0), "message": .string("success")])
    for member in ids.object ?? [] { envelope = envelope.adding(member.name, member.value) }
    let data: JSONValue = options.answers.idPlace == .both ? ids : .members([:])
    return Answer(json: envelope.adding("data", data).rewritingNumbers(options.answers.numbers))
  }

  /// `POST /api/auth/claim-token`
  mutating func answerClaim(_ call: ServiceCall, _ account: Account) throws(Refusal) -> Answer {
    let body = try call.json(options)
    let session = try session(try body.string("session_id"), call, account)
    guard try body.string("task_id") == session.taskID else { throw .notFound("Task") }
    return success(.members(["claim_token": .string("clm_\(letters(24))")]))
  }
}

import BackendAPI
import ScriptModel
import Testing

/// The answer to a message from the transport's pieces to the agent's events.
struct AgentAnswerTests {
  private func events(
    _ status: Int, _ pieces: [String], headers: [HTTPHeader] = []
  ) async throws -> [AgentEvent] {
    let transport = ScriptedTransport(
      [.event(.sent(5, of: 5)), .event(.head(HTTPHead(status: status, headers: headers)))]
        + pieces.map { .event(.bytes(Array($0.utf8))) })
    return try await events(transport)
  }

  private func events(_ transport: ScriptedTransport) async throws -> [AgentEvent] {
    let client = ServiceClient(transport: transport, configuration: try Stage.configuration())
    let answer = client.message(MessageRequest(sessionID: "s", text: "hi"))
    #expect(transport.requests.count == 1)
    var events: [AgentEvent] = []
    while let event = try await answer.next() { events.append(event) }
    #expect(try await answer.next() == nil)
    return events
  }

  @Test func eventsComeOneByOneThroughAnyPieces() async throws {
    let text = ": ping\r\n\r\ndata: {\"type\":\"text\",\"content\":\"é🎬\"}\r\n\r\ndata:\r\n\r\n"
    let expected: [AgentEvent] = [.heartbeat, .text("é🎬", isPartial: true), .heartbeat]
    #expect(try await events(200, [text]) == expected)
    let transport = ScriptedTransport(
      [.event(.head(HTTPHead(status: 200, headers: [])))]
        + Array(text.utf8).map { .event(.bytes([$0])) })
    #expect(try await events(transport) == expected)
  }

  @Test func anEmptyBodyIsAnAnswerWithoutWords() async throws {
    #expect(try await events(200, []) == [])
    #expect(try await events(200, ["", "\n", " \n"]) == [])
    #expect(try await events(204, []) == [])
  }

  @Test func aLastEventWithoutItsEmptyLineCountsWhereItIsWhole() async throws {
    #expect(
      try await events(200, [#"data: {"type":"text","content":"a"}"#])
        == [.text("a", isPartial: true)])
    let cut = #"{"type":"text","conte"#
    #expect(try await events(200, ["data: " + cut]) == [.unknown(Array(cut.utf8))])
  }

  @Test(arguments: [
    (402, "{\"code\":20", ServiceError.Code.planRequired), (401, "", .unauthorized),
    (400, #"{"code":2001}"#, .outOfCredits), (429, "x", .rateLimited), (422, "{", .refused),
  ])
  func aHeadThatRefusesSettlesAMessageHoweverItsBodyEnds(
    status: Int, body: String, code: ServiceError.Code
  ) async throws {
    let cut = ScriptedTransport([
      .event(.head(HTTPHead(status: status, headers: []))), .event(.bytes(Array(body.utf8))),
      .failure(TransportError(.cut, sent: .whole, hasAnswerBegun: true, "cut")),
    ])
    await #expect {
      _ = try await events(cut)
    } throws: { error in
      guard case .service(let refusal)? = error as? CallError else { return false }
      return refusal.code == code && !refusal.detail.contains("{")
    }
  }

  @Test(arguments: [200, 302, 408, 500, 503])
  func anyOtherHeadLeavesACutMessageInDoubt(status: Int) async throws {
    let failure = TransportError(.cut, sent: .whole, hasAnswerBegun: true, "cut")
    let cut = ScriptedTransport([
      .event(.head(HTTPHead(status: status, headers: []))), .failure(failure),
    ])
    await #expect(throws: CallError.transport(failure)) { _ = try await events(cut) }
  }

  @Test(arguments: [
    (200, #"{"code":1002,"message":"gone"}"#, ServiceError.Code.sessionExpired, 1002),
    (200, #"{"code":2001,"message":"x"}"#, .outOfCredits, 2001),
    (404, #"{"detail":"Session not found: 1"}"#, .sessionExpired, 404),
    (404, "", .notFound, 404), (410, "<html>", .notFound, 410),
    (200, #"{"code":7001,"message":"x"}"#, .unexplained, 7001),
    (200, #"{"success":false}"#, .unexplained, 200),
    (422, #"{"detail":[{"msg":"no","loc":["body"]}]}"#, .refused, 422),
    (401, "", .unauthorized, 401),
    (500, "data: x\n\n", .unavailable, 500), (200, "<html>login</html>", .unreadable, 200),
    (200, "\u{FEFF} {\"code\":1001}", .unauthorized, 1001), (200, "{\"code\":", .unreadable, 200),
  ])
  func aDocumentInThePlaceOfEventsIsReadAsWhatItIs(
    status: Int, body: String, code: ServiceError.Code, number: Int
  ) async {
    await #expect {
      try await events(status, body.map { String($0) })
    } throws: { error in
      guard case .service(let error)? = error as? CallError else { return false }
      return error.code == code && error.number == number
    }
  }

  @Test func aListOfEventsIsReadToo() async throws {
    let body = #"[{"content":{"parts":[{"text":"a"}]},"author":"x"},{"type":"heartbeat"}]"#
    #expect(try await events(200, [body]) == [.text("a", isPartial: false), .heartbeat])
  }

  @Test func aCutAfterSomeWordsGivesTheWordsThenTheError() async throws {
    let cut = TransportError(.cut, sent: .whole, hasAnswerBegun: true, "cut")
    let transport = ScriptedTransport([
      .event(.head(HTTPHead(status: 200, headers: []))),
      .event(.bytes(Array("data: {\"type\":\"text\",\"content\":\"a\"}\n\ndata: {\"ty".utf8))),
      .failure(cut),
    ])
    let client = ServiceClient(transport: transport, configuration: try Stage.configuration())
    let answer = client.message(MessageRequest(sessionID: "s", text: "hi"))
    #expect(try await answer.next() == .text("a", isPartial: true))
    await #expect(throws: CallError.transport(cut)) { try await answer.next() }
    answer.cancel()
    #expect(transport.cancellations == 1)
  }
}

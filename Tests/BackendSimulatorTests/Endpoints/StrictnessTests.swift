import BackendSimulator
import JSONText
import Testing

/// Bodies of the message endpoint that a server with validated models refuses; `SID` is the session.
private let badMessages = [
  "", "[]", "{", #"{"app_name":"nemo_agent"}"#,
  #"{"app_name":"nemo_agent","user_id":"me","session_id":7123456789012345671,"new_message":{"parts":[{"text":"x"}]}}"#,
  #"{"app_name":"nemo_agent","user_id":"me","session_id":"SID","new_message":{"parts":[{"text":"x"}],"id":"1"}}"#,
  #"{"app_name":"nemo_agent","user_id":"me","session_id":"SID","new_message":{"parts":"x"}}"#,
  #"{"app_name":"nemo_agent","user_id":"me","session_id":"SID","new_message":{"parts":[]}}"#,
  #"{"app_name":"nemo_agent","user_id":"me","session_id":"SID","new_message":{"parts":[{"text":1}]}}"#,
  #"{"app_name":"nemo_agent","user_id":"me","session_id":"SID","new_message":{"parts":[{"text":"x","y":1}]}}"#,
  #"{"app_name":1,"user_id":"me","session_id":"SID","new_message":{"parts":[{"text":"x"}]}}"#,
]

@Test(arguments: badMessages)
func aMessageOfTheWrongFormIsRefusedAndNotCharged(body: String) throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let text = body.split(separator: "SID", omittingEmptySubsequences: false)
    .joined(separator: visitor.session)
  #expect(try visitor.request("POST", "/run_sse", json: text).status == 422)
  #expect(simulator.charges.isEmpty)
}

@Test func aBodyMustSayThatItIsJSON() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let bytes = visitor.bytes(
    "POST", "/api/tasks/me/with-session/nemo_agent", contentType: "text/plain",
    body: Array(#"{"task_name":"Demo","language":"en"}"#.utf8))
  #expect(try visitor.exchange(bytes).status == 422)
  simulator.change { $0.answers.isStrict = false }
  #expect(try visitor.exchange(bytes).status == 200)
}

@Test(arguments: AnswerOptions.UnknownSession.allCases)
func anExpiredSessionIsToldInBothForms(form: AnswerOptions.UnknownSession) throws {
  let simulator = try Simulator(quickOptions { $0.answers.unknownSession = form })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  simulator.expire()
  let answer = try visitor.say("Add a title \"Hello\"")
  switch form {
  case .code: #expect(answer.status == 200 && answer.code == 1002)
  case .adk:
    #expect(answer.status == 404)
    #expect(answer.json["detail"]?.string == "Session not found: \(visitor.session)")
  }
}

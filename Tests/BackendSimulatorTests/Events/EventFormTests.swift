import BackendSimulator
import JSONText
import Testing

/// Changes of the stream's form, none of which may change what is said.
private let forms: [(name: String, change: @Sendable (inout EventOptions) -> Void)] = [
  ("typed", { _ in }), ("crlf", { $0.rowEnd = .crlf }), ("cr", { $0.rowEnd = .cr }),
  ("byte", { $0.splitting = .byte }), ("odd", { $0.splitting = .odd }),
  ("none", { $0.splitting = .none }), ("close", { $0.ending = .close }),
  ("comments", { $0.hasComments = true }), ("fields", { $0.hasFields = true }),
  ("rows", { $0.hasSeveralDataRows = true }), ("noise", { $0.hasNoise = true }),
  ("heartbeats", { $0.heartbeats = 5 }), ("adk", { $0.dialect = .adk }),
  (
    "adk 2.13",
    {
      $0.dialect = .adk
      $0.sharesIDs = true
      $0.combinesCalls = true
    }
  ),
  (
    "adk snake",
    {
      $0.dialect = .adk
      $0.usesSnakeCase = true
      $0.sendsPartials = false
    }
  ),
  (
    "everything",
    {
      $0.dialect = .adk
      $0.rowEnd = .crlf
      $0.splitting = .byte
      $0.ending = .close
      $0.hasComments = true
      $0.hasFields = true
      $0.hasSeveralDataRows = true
      $0.hasNoise = true
    }
  ),
]

@Test(arguments: forms.indices)
func theFormOfTheStreamDoesNotChangeWhatIsSaid(index: Int) throws {
  let simulator = try Simulator(
    quickOptions {
      forms[index].change(&$0.events)
      $0.agent.usesUnicodeSeparators = true
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let answer = try visitor.say("Add a title \"日本\"")
  #expect(answer.isWhole && answer["Content-Type"] == "text/event-stream")
  #expect(
    spoken(events(in: answer.body))
      == "I've added the title \"日本\" at the beginning.\u{2028}Line\u{2029}and\u{85}paragraph.",
    "\(forms[index].name)")
}

@Test func bothDialectsHaveTheirKeys() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let typed = events(in: try visitor.say("Add a title \"A title of many words\"").body)
  #expect(
    typed.compactMap { $0["type"]?.string } == [
      "tool_call", "heartbeat", "tool_result", "text", "text",
    ])
  simulator.change { $0.events.dialect = .adk }
  let kit = events(in: try visitor.say("Add a title \"A title of many words\"").body)
  #expect(kit[0]["content"]?["parts"]?[0]?["functionCall"]?["name"]?.string == "edit_timeline")
  let partials = kit.filter { $0["partial"]?.bool == true }
  #expect(partials.count == 2 && kit.last?["partial"] == nil)
  #expect(Set(kit.compactMap { $0["id"]?.string }).count == kit.count - 1)
  simulator.change { $0.events.sharesIDs = true }
  let shared = events(in: try visitor.say("Add a title \"A title of many words\"").body)
  #expect(Set(shared.suffix(3).compactMap { $0["id"]?.string }).count == 1)
}

@Test func aFailureInTheMiddleIsAnEvent() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  simulator.add(Fault(.message, .agentError(work: .undone)))
  let answer = try visitor.say("Add a title \"A\"")
  #expect(answer.status == 200 && answer.isWhole)
  #expect(events(in: answer.body).last?["error"]?.string != nil)
  #expect(simulator.tracks().isEmpty)
}

@Test func aMillionEventsAreNotKeptInMemory() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let answer = try visitor.say("Simulate 2050 events")
  #expect(events(in: answer.body).count == 2050)
}

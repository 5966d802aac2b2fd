import BackendSimulator
import JSONText
import Testing

private func steer(_ visitor: Visitor, _ path: String, _ json: String? = nil) throws -> RawAnswer {
  try visitor.request(json == nil ? "GET" : "POST", "/simulator/\(path)", json: json)
}

@Test func everythingIsSteeredFromOutside() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let added = try steer(
    visitor, "faults", #"{"fault":"credits:status,status=503","faults":["state:empty"]}"#)
  #expect(added.json["added"]?.integer == 2)
  #expect(try visitor.request("GET", "/api/credits/balance/simple").status == 503)
  #expect(try steer(visitor, "faults", #"{"fault":"nonsense"}"#).status == 400)
  #expect(
    try steer(visitor, "options", #"{"dialect":"adk","comments":true,"seed":4}"#).status == 200)
  #expect(try visitor.say("Add a title \"A\"").text.contains(": ping"))
  #expect(try steer(visitor, "options", #"{"dialect":"klingon"}"#).status == 400)
  #expect(try steer(visitor, "credits", #"{"available":5}"#).status == 200)
  #expect(try visitor.say("Add a title \"B\"").code == 2001)
  #expect(try steer(visitor, "revoke-tokens", "{}").status == 200)
  #expect(try visitor.say("Add a title \"B\"").status == 401)
  #expect(try steer(visitor, "nothing").status == 404)
}

@Test func theLogAndTheChargesAreTold() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say(smallPush)
  _ = try visitor.say(smallPush)
  let charges = try steer(visitor, "charges").json
  #expect(charges["charges"]?[0]?["executions"]?.integer == 2)
  #expect(charges["total"]?.integer == 10 && charges["count"]?.integer == 2)
  let log = try steer(visitor, "log")
  let requests = try #require(log.json["requests"]?.array)
  #expect(
    requests.compactMap { $0["endpoint"]?.string } == ["token", "session", "message", "message"])
  #expect(requests.last?["attribution"]?[2]?.string == "unknown")
  #expect(!log.text.contains(visitor.token))
  #expect(try steer(visitor, "sessions").json["sessions"]?[0]?["messages"]?.integer == 2)
  #expect(try steer(visitor, "renders").json["renders"] == .array([]))
}

@Test func anotherDeviceEditsATrack() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say(smallPush)
  let edited = try steer(
    visitor, "edit",
    #"""
    {"track":"Talk","edits":[{"op":"insert","text":"BEN: Hi.","start":3000,"duration":500},
    {"op":"set","index":0,"text":"ANNA: Good evening."},{"op":"rename","from":"BEN","to":"MARC"},
    {"op":"shift","ms":100},{"op":"move","index":1,"to":0}]}
    """#)
  #expect(edited.json["edits"]?.integer == 5)
  let segments = simulator.tracks()[0].segments
  #expect(segments.map(\.text) == ["MARC: Hi.", "ANNA: Good evening."])
  #expect(segments.map(\.start) == [3100, 100] && segments.allSatisfy { !$0.id.isEmpty })
  // All or nothing.
  let bad = #"{"edits":[{"op":"delete","index":0},{"op":"delete","index":5}]}"#
  #expect(try steer(visitor, "edit", bad).status == 400)
  #expect(simulator.tracks()[0].segments == segments)
  #expect(simulator.charges.count == 1)
}

@Test func aResetForgetsAllButTheOptions() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say(smallPush)
  #expect(try steer(visitor, "reset", "{}").status == 200)
  #expect(simulator.sessionIDs.isEmpty && simulator.charges.isEmpty && simulator.log.isEmpty)
  #expect(try visitor.say(smallPush).status == 401)
  _ = try Visitor(simulator)
}

import BackendSimulator
import JSONText
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Test(arguments: [
  ("message#2:cut-answer,at=100", Fault(.message, first: 2, .cutAnswer(at: 100, reset: false))),
  ("*:cut-before-body,reset=yes", Fault(nil, .cutBeforeBody(reset: true))),
  (
    "state#1x3:status,status=503,retry-after=7,form=html",
    Fault(
      .state, count: 3, .status(503, code: nil, retryAfter: 7, form: .html, work: .undone))
  ),
  (
    "message:lost-answer,work=late,reads=2",
    Fault(.message, .cutAfterBody(work: .late(reads: 2), reset: false))
  ),
  ("poll:stall,ms=5", Fault(.poll, .stall(at: nil, milliseconds: 5))),
  ("credits:body,text=[1,2]", Fault(.credits, .body("[1,2]"))),
  ("message:name,kind=rtl", Fault(.message, .name(.rtl))),
])
func aRuleIsRead(text: String, fault: Fault) { #expect(Fault(parsing: text) == fault) }

@Test(arguments: [
  "", "message", "messages:empty", "message#0:empty", "message#1x0:empty", "message#1x2x3:empty",
  "message:unknown", "message:status", "message:status,status=9", "message:name,kind=odd",
  "message:cut-answer,at", "message#:empty", "message:lost-answer,work=perhaps",
])
func whatIsNoRuleIsRefused(text: String) { #expect(Fault(parsing: text) == nil) }

/// A fault, the credits' answer to it, and how often the message is carried out.
private let lost: [(String, Int)] = [
  ("message:cut-before-body", 0), ("message:cut-body,at=1", 0), ("message:lost-answer", 1),
  ("message:lost-answer,reset=yes", 1), ("message:lost-answer,work=undone", 0),
  ("message:status,status=500,work=done", 1), ("message:status,status=500", 0),
  ("message:broken-json", 1), ("message:html", 1), ("message:empty", 1),
  ("message:cut-answer,at=0", 1), ("message:cut-answer,at=33", 1), ("message:agent-error", 1),
]

@Test(arguments: lost)
func whatIsLostIsDoneOrNotAsWanted(rule: String, executions: Int) throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  simulator.add(try #require(Fault(parsing: rule)))
  let received = RawClient.exchange(visitor.message(smallPush), port: simulator.port)
  #expect(simulator.executions(of: smallPush) == executions)
  #expect(simulator.tracks().count == executions)
  if rule.contains("lost") || rule.contains("before") { #expect(received.bytes.isEmpty) }
  if rule.contains("reset") { #expect(received.ending == .reset) }
  // It happens once.
  #expect(try visitor.say(smallPush).status == 200)
  #expect(simulator.executions(of: smallPush) == executions + 1)
}

@Test func lateWorkIsSeenAfterSomeReads() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  simulator.add(try #require(Fault(parsing: "message:lost-answer,work=late,reads=2")))
  _ = RawClient.exchange(visitor.message(smallPush), port: simulator.port)
  #expect(simulator.charges.count == 1)
  #expect(try visitor.state()["draft"]?["t"] == nil)
  #expect(try visitor.state()["draft"]?["t"]?.array?.count == 1)
}

@Test(arguments: [0, 1, 17, 60])
func anAnswerIsCutAtItsByte(place: Int) throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let path = "/api/credits/balance/simple"
  let whole = try visitor.request("GET", path)
  simulator.add(Fault(.credits, .cutAnswer(at: Int64(place), reset: false)))
  let cut = try visitor.request("GET", path)
  #expect(cut.body == Array(whole.body.prefix(place)) && !cut.isWhole)
}

@Test func statusesComeWithWhatBelongsToThem() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  for status in [401, 402, 403, 404, 429, 500, 502, 503] {
    simulator.add(
      Fault(.state, .status(status, code: 7, retryAfter: 3, form: .json, work: .undone)))
    let answer = try visitor.request("GET", "/api/state/nemo_agent/me/\(visitor.session)/latest")
    #expect(answer.status == status && answer.code == 7 && answer["Retry-After"] == "3")
    simulator.clearFaults()
  }
}

@Test func aTokenAndASessionEndInTheMiddle() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  simulator.add(Fault(.state, first: 2, .expireSession))
  simulator.add(Fault(.credits, .revokeToken))
  _ = try visitor.state()
  let path = "/api/state/nemo_agent/me/\(visitor.session)/latest"
  #expect(try visitor.request("GET", path).code == 1002)
  #expect(try visitor.request("GET", path).code == 1002)
  #expect(try visitor.request("GET", "/api/credits/balance/simple").status == 401)
  #expect(try visitor.request("GET", path).status == 401)
}

@Test func aStallEndsWithTheServer() throws {
  let simulator = try Simulator(quickOptions())
  let visitor = try Visitor(simulator)
  simulator.add(Fault(.credits, .stall(at: 3, milliseconds: 3_600_000)))
  let bytes = visitor.bytes("GET", "/api/credits/balance/simple")
  let descriptor = RawClient.connection(port: simulator.port)
  #expect(descriptor >= 0)
  _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
  var received: [UInt8] = []
  var byte: UInt8 = 0
  while RawAnswer(received)?.body.count != 3, recv(descriptor, &byte, 1, 0) == 1 {
    received.append(byte)
  }
  simulator.stop()
  let rest = RawClient.readAll(descriptor)
  close(descriptor)
  #expect(RawAnswer(received + rest.bytes)?.body.count == 3)
  #expect(RawClient.exchange(bytes, port: simulator.port).ending == .unconnected)
}

@Test func lengthsAreWrongAndAnswersSlow() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let path = "/api/credits/balance/simple"
  let whole = try visitor.request("GET", path)
  simulator.add(Fault(.credits, .length(by: 5)))
  let long = try visitor.request("GET", path)
  #expect(!long.isWhole && long.body == whole.body)
  simulator.clearFaults()
  simulator.add(Fault(.credits, .length(by: -5)))
  #expect(try visitor.request("GET", path).body == Array(whole.body.dropLast(5)))
  simulator.clearFaults()
  simulator.add(Fault(.credits, .slow(bytes: 3, milliseconds: 0)))
  #expect(try visitor.request("GET", path).body == whole.body)
}

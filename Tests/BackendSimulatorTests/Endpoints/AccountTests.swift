import BackendSimulator
import JSONText
import Testing

@Test func aTokenNeedsAClientAndOpensTheRest() throws {
  let simulator = try Simulator(quickOptions { $0.access.credits = 100 })
  defer { simulator.stop() }
  var visitor = try Visitor(simulator)
  #expect(visitor.token.hasPrefix("nmv_usr_"))
  let credits = try visitor.request("GET", "/api/credits/balance/simple")
  #expect(credits.json["data"]?["available"]?.integer == 100)
  let claim = try visitor.request(
    "POST", "/api/auth/claim-token",
    json: #"{"task_id":"\#(visitor.task)","session_id":"\#(visitor.session)"}"#)
  #expect(claim.json["data"]?["claim_token"]?.string?.hasPrefix("clm_") == true)
  visitor.token = "nmv_usr_other"
  let refused = try visitor.request("GET", "/api/credits/balance/simple")
  #expect(refused.status == 401 && refused.code == 1001)
  let nobody = try visitor.request("POST", "/api/auth/anonymous-token")
  #expect(nobody.status == 400)
}

@Test func aSecondTokenIsRefusedWhereTheyAreLimited() throws {
  let simulator = try Simulator(quickOptions { $0.access.limitsTokens = true })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let again = try visitor.request(
    "POST", "/api/auth/anonymous-token", headers: ["X-Client-Id: client-1"])
  #expect(again.status == 429 && again["Retry-After"] == "604800")
  _ = try Visitor(simulator, client: "client-2")
}

@Test func oneClientIsOneAccountAndSeesItsSessionsOnly() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let first = try Visitor(simulator)
  var second = try Visitor(simulator)
  var stranger = try Visitor(simulator, client: "client-2")
  second.session = first.session
  stranger.session = first.session
  _ = try second.state()
  let refused = try stranger.request(
    "GET", "/api/state/nemo_agent/me/\(stranger.session)/latest")
  #expect(refused.status == 200 && refused.code == 1002)
}

@Test func aRegisteredTokenNeedsNoGrant() throws {
  let simulator = try Simulator(
    quickOptions { $0.access.registeredTokens = ["nmv_usr_mine"] })
  defer { simulator.stop() }
  var visitor = try Visitor(simulator)
  visitor.token = "nmv_usr_mine"
  #expect(try visitor.request("GET", "/api/credits/balance/simple").status == 200)
}

@Test(arguments: AnswerOptions.IDPlace.allCases)
func idsStandWhereTheyAreWanted(place: AnswerOptions.IDPlace) throws {
  let simulator = try Simulator(
    quickOptions {
      $0.answers.idPlace = place
      $0.answers.sessionID = .digits
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator, session: false)
  let made = try visitor.request(
    "POST", "/api/tasks/me/with-session/nemo_agent",
    json: #"{"task_name":"Demo","language":"en"}"#)
  #expect((made.json["session_id"] != nil) == (place != .data))
  #expect((made.json["data"]?["session_id"] != nil) == (place != .top))
  let id = try #require(simulator.sessionIDs.first)
  #expect(id.count == 19 && id.allSatisfy(\.isNumber))
}

@Test func numbersComeAsStringsOrWithFractions() throws {
  let simulator = try Simulator(quickOptions { $0.answers.numbers = .string })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let text = try visitor.request("GET", "/api/credits/balance/simple")
  #expect(text.json["code"]?.string == "0" && text.json["data"]?["total"]?.string == "100000")
  simulator.change { $0.answers.numbers = .fraction }
  let fraction = try visitor.request("GET", "/api/credits/balance/simple")
  #expect(fraction.json["data"]?["total"] == .number("100000.0"))
}

@Test(arguments: AnswerOptions.RefusalForm.allCases)
func refusalsComeInEveryForm(form: AnswerOptions.RefusalForm) throws {
  let simulator = try Simulator(quickOptions { $0.answers.refusals = form })
  defer { simulator.stop() }
  var visitor = try Visitor(simulator)
  visitor.token = "nmv_usr_bad"
  let refused = try visitor.request("GET", "/api/credits/balance/simple")
  #expect(refused.status == (form == .code ? 200 : 401))
  #expect((refused.code == 1001) == (form == .code || form == .status))
  #expect(refused.body.isEmpty == (form == .empty))
  #expect(refused.text.hasPrefix("<") == (form == .html))
}

@Test func unknownAddressesAndMethodsAreRefused() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  #expect(try visitor.request("GET", "/api/nothing").status == 404)
  #expect(try visitor.request("GET", "/run_sse").status == 405)
  #expect(try visitor.request("GET", "/media/nothing.mp4").status == 404)
  #expect(simulator.log.last?.status == 404)
}

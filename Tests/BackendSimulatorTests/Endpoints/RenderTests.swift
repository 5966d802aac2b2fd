import BackendSimulator
import JSONText
import Testing

private func render(
  _ visitor: Visitor, _ id: String, draft: String = #"{"t":[{"sg":[{"d":1}]}]}"#
) throws -> RawAnswer {
  try visitor.request(
    "POST", "/api/render/proxy/lambda",
    json: #"{"id":"\#(id)","sessionId":"\#(visitor.session)","draft":\#(draft),"#
      + #""output":{"format":"mp4","quality":"high"}}"#)
}

private func status(_ answer: RawAnswer) -> String? {
  (answer.json["status"] ?? answer.json["data"]?["status"])?.string
}

@Test(arguments: AnswerOptions.RenderShape.allCases)
func aRenderIsDoneAfterItsPolls(shape: AnswerOptions.RenderShape) throws {
  let simulator = try Simulator(quickOptions { $0.answers.renderShape = shape })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  #expect(status(try render(visitor, "render_1")) == "pending")
  let path = "/api/render/proxy/lambda/render_1"
  #expect(status(try visitor.request("GET", path)) == "processing")
  #expect(try visitor.request("GET", "/api/render/proxy/render_1/download").status == 404)
  let done = try visitor.request("GET", path)
  #expect(status(done) == "completed")
  let top = done.json["output"]?["url"]?.string
  let inner = done.json["data"]?["output"]?["url"]?.string
  let flat = done.json["data"]?["outputUrl"]?.string
  #expect((top != nil) == (shape == .top))
  #expect((flat != nil) == (shape == .outputURL))
  let address = try #require(top ?? inner ?? flat)
  let file = try visitor.request(
    "GET", String(address.dropFirst("http://127.0.0.1:\(visitor.port)".count)))
  let download = try visitor.request("GET", "/api/render/proxy/render_1/download")
  #expect(file.body.count == 200_000 && file.body == download.body)
}

@Test func theSameIDIsTheSameRender() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try render(visitor, "render_1")
  #expect(try render(visitor, "render_1").status == 200)
  #expect(try render(visitor, "render_2").status == 409)
  #expect(simulator.renders.map(\.requests) == [2])
  let cancelled = try visitor.request("POST", "/api/render/proxy/lambda/render_1/cancel")
  #expect(status(cancelled) == "cancelled")
  #expect(try render(visitor, "render_2").status == 200)
}

@Test func theDraftThatWasSentIsKept() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let draft = #"{"t":[{"tt":7,"sg":[{"m":{"text":"Mine"},"x":1.50}]}]}"#
  _ = try render(visitor, "render_1", draft: draft)
  #expect(simulator.renders.first?.draft == Array(draft.utf8))
  #expect(try render(visitor, "render_3", draft: #"{"t":[{"sg":[]}]}"#).status == 409)
}

@Test func whatForbidsARenderIsTold() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  var visitor = try Visitor(simulator)
  #expect(try render(visitor, "render_1", draft: #"{"t":[{"sg":[]}]}"#).status == 400)
  visitor.hasAttribution = false
  #expect(try render(visitor, "render_1").status == 402)
  visitor.hasAttribution = true
  simulator.change { $0.access.anonymousRender = .plan }
  #expect(try render(visitor, "render_1").status == 402)
  simulator.change { $0.access.anonymousRender = .scope }
  let refused = try render(visitor, "render_1")
  #expect(refused.status == 403 && refused.text.contains("render"))
  #expect(simulator.renders.isEmpty)
  #expect(try visitor.request("GET", "/api/render/proxy/lambda/render_9").status == 404)
}

@Test func rendersFailOnRequest() throws {
  let simulator = try Simulator(
    quickOptions {
      $0.media.failingRenders = 1
      $0.media.rendersPolls = 1
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try render(visitor, "render_1")
  #expect(status(try visitor.request("GET", "/api/render/proxy/lambda/render_1")) == "failed")
  _ = try render(visitor, "render_2")
  simulator.add(Fault(.poll, first: 1, .failRender))
  #expect(status(try visitor.request("GET", "/api/render/proxy/lambda/render_2")) == "failed")
  _ = try render(visitor, "render_3")
  simulator.add(Fault(.poll, .forgetRender))
  #expect(try visitor.request("GET", "/api/render/proxy/lambda/render_3").status == 404)
}

import BackendAPI
import BackendSimulator
import HTTPTransport
import JSONText
import ScriptModel
import Testing

/// Options, none of which may change what the project's client understands.
private let forms: [[String: String]] = [
  ["dialect": "adk"], ["dialect": "adk", "shared-ids": "yes", "combined-calls": "yes"],
  ["dialect": "adk", "snake-case": "yes", "partials": "no"],
  ["row-end": "crlf", "split": "byte", "comments": "yes", "fields": "yes"],
  ["row-end": "cr", "data-rows": "yes", "noise": "yes", "ending": "close"],
  ["dialect": "adk", "noise": "yes", "split": "odd", "heartbeats": "7"],
  ["ids": "top", "session-id": "digits"], ["ids": "both", "session-id": "digits"],
  ["numbers": "string"], ["numbers": "fraction"], ["envelope": "sparse"], ["envelope": "extra"],
  ["generated-media": "object", "video-infos": "object"], ["empty-state": "null"],
  ["empty-state": "missing"], ["unknown-members": "no"], ["temporary-issue": "yes"],
  ["segment-keys": "text=text,start=start,duration=end,speaker=m.speaker,name=name"],
  ["segment-keys": "text=content,start=t0,duration=m.duration,speaker=speaker,name=m.name"],
  ["segment-keys": "text=m.content,start=m.start,duration=m.d,id=m.id,name=id"],
  ["segment-keys": "start=m.s,duration=m.end,id=none"],
  ["render-shape": "top"], ["render-shape": "output-url"], ["render-shape": "mixed"],
  ["render-shape": "code"], ["progress": "no"],
]

/// What a client makes of an extraction, a generation and a render.
private struct Understood: Hashable {
  var reply = ""
  var lines: [[String]] = []
  var trackNames: [String?] = []
  var media = 0
  var uploads: [String?] = []
  var renders: [RenderProgress.State] = []
  var hasRenderedFile = false
}

private func understood(_ changes: [String: String]) async throws -> Understood {
  var options = quickOptions()
  for (name, value) in changes { try options.set(name, to: value) }
  let simulator = try Simulator(options)
  defer { simulator.stop() }
  let transport = CurlTransport()
  defer { transport.shutdown() }
  let base = try #require(WebAddress(simulator.address))
  var client = ServiceClient(
    transport: transport,
    configuration: ServiceConfiguration(base: base, web: base, clientID: "c1", version: "1"))
  client.configuration.token = try await client.call(AnonymousTokenRequest()).token
  let session = try await client.call(NewSessionRequest(name: "Demo", language: "en")).sessionID
  var result = Understood()
  #expect(
    try await client.call(SessionStateRequest(sessionID: session)).draft?.tracks.isEmpty != false)
  let file = UploadRequest.File(name: "talk.mp4", content: .bytes([1, 2, 3]))
  result.uploads = try await client.upload(
    UploadRequest(sessionID: session, content: .files([file]))
  ).map(\.name)
  result.reply = try await reply(client, session, "Write a full written script from this video")
  _ = try await reply(client, session, "Generate a video")
  _ = try await client.call(SessionStateRequest(sessionID: session))
  let state = try await client.call(SessionStateRequest(sessionID: session))
  let draft = try #require(state.draft)
  result.trackNames = draft.tracks.map(\.name)
  result.lines = draft.scriptTracks.flatMap(\.segments).map { segment in
    [
      segment.speaker ?? "", "\(segment.start.rawValue)", "\(segment.duration.rawValue)",
      // A label is a part of the text that the draft holds.
      segment.text,
    ]
  }
  result.media = state.generated.count
  let render = RenderStartRequest(renderID: "render_1", sessionID: session, draft: draft)
  result.renders = [try await client.call(render).state]
  for _ in 0..<2 {
    let progress = try await client.call(RenderStatusRequest(renderID: "render_1"))
    result.renders.append(progress.state)
    result.hasRenderedFile = progress.address?.hasPrefix(simulator.address) == true
  }
  let sent = try JSONValue(parsing: try #require(simulator.renders.first).draft)
  #expect(sent == draft.document)
  return result
}

private func reply(
  _ client: ServiceClient, _ session: String, _ text: String
) async throws -> String {
  let answer = client.message(MessageRequest(sessionID: session, text: text))
  var assembler = ReplyAssembler()
  var words = ""
  while let event = try await answer.next() { words += assembler.absorb(event) }
  return words + assembler.finish()
}

@Test(arguments: forms)
func theClientUnderstandsEveryFormAlike(changes: [String: String]) async throws {
  let usual = try await understood([:])
  #expect(usual.lines.count > 5 && usual.lines.allSatisfy { !$0[0].isEmpty })
  #expect(usual.renders == [.pending, .processing, .completed] && usual.hasRenderedFile)
  #expect(usual.media == 1 && usual.uploads == ["talk.mp4"])
  let other = try await understood(changes)
  #expect(other == usual, "\(changes)")
}

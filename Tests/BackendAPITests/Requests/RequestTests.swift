import BackendAPI
import JSONText
import ScriptModel
import Testing

/// What leaves the machine.
struct RequestTests {
  private func all(_ configuration: ServiceConfiguration) throws -> [String: HTTPRequest] {
    let draft = try Stage.draft(#"{"t":[],"x":1.50}"#)
    return [
      "session": NewSessionRequest(name: "n", language: "en").httpRequest(configuration),
      "claim": ClaimTokenRequest(taskID: "t", sessionID: "s").httpRequest(configuration),
      "message": MessageRequest(sessionID: "s", text: "hi").httpRequest(configuration),
      "upload": UploadRequest(sessionID: "s", content: .addresses(["https://x/a.mp4"]))
        .httpRequest(configuration),
      "credits": CreditsRequest().httpRequest(configuration),
      "state": SessionStateRequest(sessionID: "s").httpRequest(configuration),
      "start": RenderStartRequest(renderID: "render_1", sessionID: "s", draft: draft)
        .httpRequest(configuration),
      "status": RenderStatusRequest(renderID: "render_1").httpRequest(configuration),
      "cancel": RenderCancelRequest(renderID: "render_1").httpRequest(configuration),
      "download": try RenderDownloadRequest(renderID: "r", target: FileTarget(path: "/f"))
        .httpRequest(configuration),
    ]
  }

  private func value(_ name: String, of request: HTTPRequest) -> String? {
    request.headers.first { $0.name == name }?.value
  }

  @Test func everyRequestCarriesItsAttributionAndTheToken() throws {
    for (name, request) in try all(try Stage.configuration()) {
      #expect(value("X-Skill-Source", of: request) == "video-to-script-generator", "\(name)")
      #expect(value("X-Skill-Version", of: request) == "1.2.3", "\(name)")
      #expect(value("X-Skill-Platform", of: request) == "clawhub", "\(name)")
      #expect(value("Authorization", of: request) == "Bearer " + Stage.token, "\(name)")
      #expect(!request.address.contains("nmv_"), "\(name)")
      #expect(request.headers.filter { $0.name == "Accept" }.count == 1, "\(name)")
    }
  }

  @Test func theTokenRequestNamesTheClientAndCarriesNoToken() throws {
    let request = AnonymousTokenRequest().httpRequest(try Stage.configuration())
    #expect(value("Authorization", of: request) == nil)
    #expect(value("X-Client-Id", of: request) == "0193a1c2-9f00-7abc-8def-0123456789ab")
    #expect(value("X-Skill-Source", of: request) != nil)
    guard case .none = request.body else { return #expect(Bool(false), "it has a body") }
  }

  @Test func bodiesAreAsDescribed() throws {
    let requests = try all(try Stage.configuration())
    let expected = [
      "session": #"{"task_name":"n","language":"en"}"#,
      "claim": #"{"task_id":"t","session_id":"s"}"#,
      "message":
        #"{"app_name":"nemo_agent","user_id":"me","session_id":"s","new_message":{"parts":[{"text":"hi"}]}}"#,
      "upload": #"{"urls":["https://x/a.mp4"],"source_type":"url"}"#,
      "start":
        #"{"id":"render_1","sessionId":"s","draft":{"t":[],"x":1.50},"output":{"format":"mp4","quality":"high"}}"#,
    ]
    for (name, request) in requests {
      #expect(Stage.body(of: request) == expected[name] ?? "", "\(name)")
      let isPost = ["session", "claim", "message", "upload", "start", "cancel"].contains(name)
      #expect((request.method == .post) == isPost, "\(name)")
    }
  }

  @Test func aMessageIsSentOnce() throws {
    let request = MessageRequest(sessionID: "1234567890123456789", text: "a\u{2028}b")
      .httpRequest(try Stage.configuration())
    #expect(request.usesFreshConnection)
    #expect(!request.followsRedirects)
    #expect(value("Accept", of: request) == "text/event-stream")
    #expect(request.timeouts.whole == Milliseconds(900_000))
    #expect(Stage.body(of: request).contains(#""session_id":"1234567890123456789""#))
  }

  @Test func filesAreUploadedAsOneFormField() throws {
    let request = UploadRequest(
      sessionID: "s",
      content: .files([
        .init(name: "a.MP4", content: .file("/a")), .init(name: "b", content: .bytes([1])),
      ])
    ).httpRequest(try Stage.configuration())
    guard case .multipart(let parts) = request.body else {
      return #expect(Bool(false), "no multipart body")
    }
    #expect(parts.map(\.field) == ["files", "files"])
    #expect(parts.map(\.fileName) == ["a.MP4", "b"])
    #expect(parts.map(\.contentType) == ["video/mp4", "application/octet-stream"])
    #expect(request.timeouts.whole == nil)
  }

  @Test(arguments: [
    ("https://api.example.org/m.mp4", true), ("https://API.example.org:443/m.mp4?x=1", true),
    ("/m.mp4", true), ("https://cdn.example.com/m.mp4", false), ("//cdn.example.com/m", false),
    ("http://api.example.org/m.mp4", false), ("https://api.example.org:8443/m.mp4", false),
    ("https://api.example.org.evil.com/m", false),
  ])
  func onlyTheServicesOwnOriginGetsTheToken(address: String, isOwn: Bool) throws {
    let request = try MediaDownloadRequest(
      address: address, target: FileTarget(path: "/f", offset: 7, validator: "v")
    ).httpRequest(try Stage.configuration())
    #expect((value("Authorization", of: request) != nil) == isOwn)
    #expect((value("X-Skill-Source", of: request) != nil) == isOwn)
    #expect(request.followsRedirects)
    guard case .file("/f", 7, "v") = request.destination else {
      return #expect(Bool(false), "another destination")
    }
  }
}

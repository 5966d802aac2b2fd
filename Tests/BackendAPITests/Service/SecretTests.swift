import BackendAPI
import JSONText
import ScriptModel
import Testing

/// A token leaves by the `Authorization` header and its own file, and by nothing else.
struct SecretTests {
  @Test func nothingPrintsAToken() throws {
    let secret = try #require(Secret(Stage.token))
    let configuration = try Stage.configuration()
    let grant = TokenGrant(token: secret, userID: "u")
    var dumped = ""
    dump(configuration, to: &dumped)
    dump(grant, to: &dumped)
    dump(secret, to: &dumped)
    let client = ServiceClient(transport: ScriptedTransport([]), configuration: configuration)
    dump(client, to: &dumped)
    let texts = [
      dumped, "\(secret)", "\(configuration)", "\(grant)", String(reflecting: secret),
      String(reflecting: configuration), String(describing: Optional(grant)), "\([secret])",
      String(reflecting: client),
    ]
    for text in texts { #expect(!text.contains("nmv_usr")) }
  }

  @Test(arguments: ["", "  ", "a b", "a\nb", "ключ", "a\u{0}b", "a\u{7F}"])
  func whatNoHeaderCarriesIsNoToken(text: String) {
    #expect(Secret(text) == nil)
  }

  @Test func whiteSpaceAroundATokenIsDropped() {
    #expect(Secret(" nmv_usr_1\r\n")?.revealed == "nmv_usr_1")
  }

  @Test(arguments: [
    #"{"code":1001,"message":"token nmv_usr_0123456789abcdef is bad"}"#,
    #"{"code":1001,"message":"token NMV_usr_0123456789abcdef, clm_abc.def is bad"}"#,
    #"{"detail":"Authorization: Bearer eyJhbGciOi.J9.abcdefgh was refused"}"#,
    "{\"message\":\"nmv_\u{200B}usr_0123456789abcdef\"}",
  ])
  func errorsHideTokensThatAServerEchoes(body: String) {
    let error = ServiceError(reading: Stage.response(401, body))
    #expect(!"\(error)".contains("0123456789abcdef"))
    #expect(!"\(error)".contains("abc.def"))
    #expect(!"\(error)".contains("eyJ"))
    #expect(error.detail.contains("(secret)"))
  }

  @Test func errorsHideATokenOfAnyForm() async throws {
    let transport = ScriptedTransport(status: 401, #"{"message":"what is plainOddToken42?"}"#)
    let client = ServiceClient(
      transport: transport, configuration: try Stage.configuration(token: "plainOddToken42"))
    await #expect(
      throws: CallError.service(
        ServiceError(.unauthorized, number: 401, detail: "what is (secret)?"))
    ) {
      try await client.call(CreditsRequest())
    }
  }

  @Test func eventsHideATokenOfAnyForm() async throws {
    let transport = ScriptedTransport(
      status: 200, "data: {\"error\":\"who is plainOddToken42?\"}\n\n")
    let client = ServiceClient(
      transport: transport, configuration: try Stage.configuration(token: "plainOddToken42"))
    let answer = client.message(MessageRequest(sessionID: "s", text: "hi"))
    guard case .failure(let error)? = try await answer.next() else {
      Issue.record("no failure was told")
      return
    }
    #expect(error.detail == "who is (secret)?")
  }

  @Test(arguments: [
    #"{"data":{"state":{"draft":{"t":[{"tt":7,"sg":[{"m":{"text":"TOKEN here"}}]}]}}}}"#,
    #"{"data":{"state":{"draft":{"t":[{"tt":7,"sg":[{"m":{"text":"a BARE b TOKEN"}}]}]}}}}"#,
  ])
  func noTextOfAStateHoldsTheToken(body: String) async throws {
    let bare = "0123456789abcdef"
    let echo =
      body.split(separator: "TOKEN", omittingEmptySubsequences: false).joined(
        separator: Stage.token
      )
      .split(separator: "BARE", omittingEmptySubsequences: false).joined(separator: bare)
    let client = ServiceClient(
      transport: ScriptedTransport(status: 200, echo), configuration: try Stage.configuration())
    let state = try await client.call(SessionStateRequest(sessionID: "s"))
    let text = String(decoding: state.document.bytes, as: UTF8.self)
    #expect(text.contains("(secret)") && !text.contains(bare), "\(text)")
  }

  @Test(arguments: [
    ("nmv_usr_0123456789abcdef", "x nmv_usr_0123456789abcdef!", "x (secret)!"),
    ("nmv_usr_0123456789abcdef", "0123456789abcdef0123456789abcdef", "(secret)(secret)"),
    ("nmv_usr_short", "a short story about nmv_usr_short", "a short story about (secret)"),
    ("password", "my password", "my (secret)"), ("abc", "abc abcd", "abc abcd"),
    ("nmv_usr_0123456789abcdef", "nmv_usr_012345678", "nmv_usr_012345678"),
  ])
  func aKnownTokenIsHiddenInTexts(token: String, text: String, hidden: String) throws {
    let secret = try #require(Secret(token))
    #expect(secret.hidden(in: text) == hidden)
    #expect(secret.hidden(in: Array(text.utf8)) == Array(hidden.utf8))
  }

  /// Words are cut at 300 characters, which may be in the middle of a token.
  @Test(arguments: 280...299)
  func noBeginningOfATokenStaysWhereWordsAreCut(place: Int) async throws {
    let words = String(repeating: "x", count: place) + "plainOddToken42 and more words"
    let transport = ScriptedTransport(status: 401, "{\"message\":\"\(words)\"}")
    let client = ServiceClient(
      transport: transport, configuration: try Stage.configuration(token: "plainOddToken42"))
    let error = await #expect(throws: CallError.self) { try await client.call(CreditsRequest()) }
    guard case .service(let refusal)? = error else { return }
    #expect(!refusal.detail.contains("plai"))
  }
}

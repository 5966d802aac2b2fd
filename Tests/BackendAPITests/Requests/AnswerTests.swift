import BackendAPI
import ScriptModel
import Testing

/// Answers in every form that the descriptions show.
struct AnswerTests {
  @Test(arguments: [
    #"{"code":0,"data":{"token":"nmv_usr_1","user_id":"u","expires_at":"2026-01-01T00:00:00Z","credits":100}}"#,
    #"{"code":"0","message":null,"data":{"token":"nmv_usr_1","user_id":"u","credits":"100","expires_at":"2026-01-01T00:00:00Z","extra":[]}}"#,
    #"{"token":"nmv_usr_1","user_id":"u","credits":100.0,"expires_at":"2026-01-01T00:00:00Z"}"#,
  ])
  func aTokenIsRead(body: String) throws {
    let grant = try AnonymousTokenRequest().answer(Stage.response(200, body))
    #expect(grant.token.revealed == "nmv_usr_1")
    #expect(grant.userID == "u" && grant.credits == 100)
    #expect(grant.expires == "2026-01-01T00:00:00Z")
  }

  @Test func aTokenMayComeAlone() throws {
    let grant = try AnonymousTokenRequest().answer(
      Stage.response(201, #"{"code":0,"data":{"token":"nmv_usr_1","user_id":null}}"#))
    #expect(grant.userID == nil && grant.expires == nil && grant.credits == nil)
  }

  @Test(arguments: [
    #"{"code":0,"data":{"task_id":"t","session_id":"1234567890123456789","user_id":"u"}}"#,
    #"{"code":0,"data":{"task_id":"t","session_id":1234567890123456789,"user_id":"u"}}"#,
    #"{"code":0,"task_id":"t","session_id":"1234567890123456789","user_id":"u","data":{}}"#,
    #"{"code":0,"task_id":"t","session_id":"1234567890123456789","user_id":"u"}"#,
    #"{"code":0,"data":{"session_id":"1234567890123456789"},"task_id":"t","user_id":"u"}"#,
    #"{"code":0,"data":{"sessionId":"1234567890123456789","taskId":"t","userId":"u"}}"#,
  ])
  func aSessionsIdsAreOpaque(body: String) throws {
    let grant = try NewSessionRequest(name: "n", language: "en").answer(Stage.response(200, body))
    #expect(
      grant == SessionGrant(sessionID: "1234567890123456789", taskID: "t", userID: "u"))
  }

  @Test func aClaimTokenIsRead() throws {
    for body in [#"{"code":0,"data":{"claim_token":"clm_1"}}"#, #"{"claim_token":"clm_1"}"#] {
      let token = try ClaimTokenRequest(taskID: "t", sessionID: "s").answer(
        Stage.response(200, body))
      #expect(token == "clm_1")
    }
  }

  @Test(
    arguments: [
      (#"{"data":{"available":90,"frozen":10,"total":100}}"#, 90, 10, 100),
      (#"{"data":{"available":"90"}}"#, 90, 0, 90),
      (#"{"data":{"available":90,"total":100}}"#, 90, 10, 100),
      (#"{"data":{"total":100,"frozen":30}}"#, 70, 30, 100),
      (#"{"available":12.6,"frozen":null}"#, 13, 0, 13),
      (
        #"{"data":{"available":1e400,"frozen":-5,"total":9223372036854775808}}"#, nil, -5,
        1_000_000_000_000
      ),
      (
        #"{"data":{"available":9223372036854775807,"frozen":1}}"#, 1_000_000_000_000, 1,
        1_000_000_000_001
      ),
      (
        #"{"data":{"available":-9223372036854775808,"total":1e30}}"#, -1_000_000_000_000,
        2_000_000_000_000, 1_000_000_000_000
      ),
    ] as [(String, Int?, Int, Int)])
  func aBalanceIsRead(body: String, available: Int?, frozen: Int, total: Int) throws {
    let credits = try CreditsRequest().answer(Stage.response(200, body))
    if let available { #expect(credits.available == available) }
    #expect(credits.frozen == frozen && credits.total == total)
  }

  @Test(arguments: [
    (#"{"code":0,"data":{"files":[]}}"#, 0), (#"{"code":0,"data":{}}"#, 0),
    (#"{"code":0,"data":null}"#, 0), (#"{"code":0}"#, 0),
    (#"{"code":0,"data":{"files":[{"filename":"a"},{}, null, 7, {"hash":"h"}]}}"#, 3),
    (#"{"code":0,"data":[{"filename":"a"}]}"#, 1),
    (#"{"code":0,"data":{"files":["https://cdn/a"]}}"#, 1),
  ])
  func uploadedFilesAreRead(body: String, count: Int) throws {
    let files = try UploadRequest(sessionID: "s", content: .addresses([])).answer(
      Stage.response(200, body))
    #expect(files.count == count)
  }

  @Test(arguments: [
    (#"{"success":true,"data":{"status":"pending"}}"#, RenderProgress(state: .pending)),
    (
      #"{"success":true,"status":"processing","progress":40}"#,
      RenderProgress(state: .processing, percent: 40)
    ),
    (
      #"{"code":0,"data":{"status":"processing","progress":"40%"}}"#,
      RenderProgress(state: .processing, percent: 40)
    ),
    (#"{"status":"baking","progress":140.6}"#, RenderProgress(state: .processing, percent: 100)),
    (
      #"{"status":"completed","output":{"url":"https://c/x"}}"#,
      RenderProgress(state: .completed, address: "https://c/x")
    ),
    (
      #"{"success":true,"data":{"status":"completed","output":{"url":"https://c/x"}}}"#,
      RenderProgress(state: .completed, address: "https://c/x")
    ),
    (
      #"{"data":{"status":"COMPLETED","outputUrl":"https://c/x"},"code":0}"#,
      RenderProgress(state: .completed, address: "https://c/x")
    ),
    (
      #"{"status":"completed","data":{"outputUrl":"https://c/x"}}"#,
      RenderProgress(state: .completed, address: "https://c/x")
    ),
    (
      #"{"success":true,"data":{"status":"failed","error":"no frames"}}"#,
      RenderProgress(state: .failed, detail: "no frames")
    ),
    (
      #"{"success":false,"status":"failed","error":{"message":"no frames"}}"#,
      RenderProgress(state: .failed, detail: "no frames")
    ),
    (#"{"data":{"status":"cancelled"}}"#, RenderProgress(state: .cancelled)),
    (#"{"success":true}"#, RenderProgress(state: .pending)),
    (#"{"success":true,"data":{"id":"render_1"}}"#, RenderProgress(state: .pending)),
  ])
  func rendersAreToldInEveryShape(body: String, progress: RenderProgress) throws {
    #expect(try RenderStatusRequest(renderID: "r").answer(Stage.response(200, body)) == progress)
    #expect(
      try RenderStartRequest(renderID: "r", sessionID: "s", draft: .empty)
        .answer(Stage.response(202, body)) == progress)
  }

  @Test func aCancellationNeedsNoWords() throws {
    for body in ["", #"{"success":true}"#, #"{"code":0,"data":null}"#] {
      let progress = try RenderCancelRequest(renderID: "r").answer(Stage.response(200, body))
      #expect(progress.state == .cancelled)
    }
  }

  @Test(arguments: [
    (404, "", ServiceError.Code.notFound),
    (404, #"{"success":false,"error":"Render not found"}"#, .notFound),
    (200, #"{"success":false,"message":"Render not found"}"#, .notFound),
    (402, "", .planRequired), (403, "{}", .scopeMissing),
    (200, #"{"success":false,"message":"busy"}"#, .unexplained),
    (200, #"{"code":2001,"data":{"status":"failed"}}"#, .outOfCredits), (200, "", .unreadable),
  ])
  func aRenderThatIsRefusedIsNoProgress(status: Int, body: String, code: ServiceError.Code) {
    #expect {
      try RenderStatusRequest(renderID: "r").answer(Stage.response(status, body))
    } throws: { ($0 as? ServiceError)?.code == code }
  }
}

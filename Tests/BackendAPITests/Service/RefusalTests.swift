import BackendAPI
import JSONText
import ScriptModel
import Testing

/// Refusals in every form that the service's descriptions show, and those of an ADK server.
struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var status: Int
    var body: String
    var code: ServiceError.Code
    var number: Int
    var detail: String
    var testDescription: String { "\(status) \(body)" }

    init(
      _ status: Int, _ body: String, _ code: ServiceError.Code, _ number: Int,
      _ detail: String = ""
    ) {
      self.status = status
      self.body = body
      self.code = code
      self.number = number
      self.detail = detail
    }
  }

  static let cases: [Case] = [
    Case(200, #"{"code":1001,"message":"bad token"}"#, .unauthorized, 1001, "bad token"),
    Case(200, #"{"code":1010,"message":"","data":null}"#, .unauthorized, 1010),
    Case(200, #"{"code":"1011","data":{}}"#, .unauthorized, 1011),
    Case(401, #"{"code":1001,"message":"bad"}"#, .unauthorized, 1001, "bad"),
    Case(401, "", .unauthorized, 401),
    Case(200, #"{"code":1002,"message":"no session"}"#, .sessionExpired, 1002, "no session"),
    Case(
      404, #"{"detail":"Session not found: 123"}"#, .sessionExpired, 404, "Session not found: 123"),
    Case(404, #"{"detail":"Not Found"}"#, .notFound, 404, "Not Found"),
    Case(404, "<html><title>404 Not Found</title></html>", .notFound, 404),
    Case(200, #"{"code":2001,"message":"out of credits"}"#, .outOfCredits, 2001, "out of credits"),
    Case(402, #"{"code":2001.0,"message":"x"}"#, .outOfCredits, 2001, "x"),
    Case(402, #"{"message":"subscribe"}"#, .planRequired, 402, "subscribe"),
    Case(402, "", .planRequired, 402),
    Case(200, #"{"code":4001,"message":"unsupported"}"#, .unsupportedFile, 4001, "unsupported"),
    Case(200, #"{"code":4002}"#, .fileTooLarge, 4002),
    Case(413, "<h1>Request Entity Too Large</h1>", .fileTooLarge, 413),
    Case(400, #"{"code":4001,"msg":"no"}"#, .unsupportedFile, 4001, "no"),
    Case(
      403, #"{"detail":"scope 'render' missing"}"#, .scopeMissing, 403, "scope 'render' missing"),
    Case(429, "", .rateLimited, 429),
    Case(500, "<html><body>Oops &amp; sorry</body></html>", .unavailable, 500),
    Case(502, "Bad\u{1B}[31m Gateway\n\n", .unavailable, 502),
    Case(500, "\"a string alone\"", .unavailable, 500),
    Case(500, #"{"message":"<html><body>page</body></html>"}"#, .unavailable, 500),
    Case(400, #"{"detail":"see <!DOCTYPE html><p>page"}"#, .refused, 400),
    Case(400, #"{"detail":"use \u001b[31m fewer tracks"}"#, .refused, 400, "use [31m fewer tracks"),
    Case(503, #"{"code":0,"message":"later"}"#, .unavailable, 503, "later"),
    Case(500, #"{"code":1002,"message":"gone"}"#, .sessionExpired, 1002, "gone"),
    Case(408, "", .unavailable, 408),
    Case(200, #"{"code":9999,"message":"new"}"#, .unexplained, 9999, "new"),
    Case(200, #"{"code":-1,"message":"new"}"#, .unexplained, -1, "new"),
    Case(200, #"{"code":99999999999999999999,"message":"x"}"#, .unexplained, .max, "x"),
    Case(200, #"{"code":503,"message":"busy"}"#, .unavailable, 503, "busy"),
    Case(400, #"{"error":{"code":1001,"message":"inner"}}"#, .unauthorized, 1001, "inner"),
    Case(
      422,
      #"{"detail":[{"loc":["body","session_id"],"msg":"should be a string","type":"string_type"}]}"#,
      .refused, 422, "body.session_id: should be a string"),
    Case(200, #"{"success":false,"message":"no"}"#, .unexplained, 200, "no"),
    Case(200, #"{"error":"something"}"#, .unexplained, 200, "something"),
    Case(200, #"{"error":"Session not found: 7"}"#, .sessionExpired, 200, "Session not found: 7"),
    Case(200, "", .unreadable, 200, "the answer is no JSON"),
    Case(200, "<html>login</html>", .unreadable, 200, "the answer is no JSON"),
    Case(200, #"{"code":0,"data""#, .unreadable, 200, "the answer is no JSON"),
    Case(200, "7", .unreadable, 200, "the answer is no object"),
    Case(
      200, #"{"code":0,"data":{}}"#, .unreadable, 200,
      "the answer can't be used: it holds no balance"),
    Case(302, "", .unreadable, 302),
    Case(410, "", .notFound, 410), Case(418, "{", .refused, 418),
  ]

  @Test(arguments: cases)
  func refusalsAreTold(_ item: Case) {
    let expected = ServiceError(item.code, number: item.number, detail: item.detail)
    #expect(throws: expected) {
      try CreditsRequest().answer(Stage.response(item.status, item.body))
    }
  }

  @Test(arguments: [404, 410], ["", "{}", #"{"detail":"Not Found"}"#, "<html>404</html>"])
  func aBareStatusOfTheStateIsTheEndOfItsSession(status: Int, body: String) {
    let response = Stage.response(status, body)
    #expect {
      try SessionStateRequest(sessionID: "s").answer(response)
    } throws: { error in
      (error as? ServiceError)?.code == .sessionExpired
    }
    // What an upload or a message does not find may be a file.
    #expect {
      try UploadRequest(sessionID: "s", content: .addresses([])).answer(response)
    } throws: { error in
      (error as? ServiceError)?.code == .notFound
    }
    #expect(throws: ServiceError.self) { try CreditsRequest().answer(response) }
    #expect(ServiceError(reading: response).code == .notFound)
  }

  @Test(
    arguments: [
      ("7", nil, 7_000), ("1.5", nil, 1_500), (" 0 ", nil, 0), ("99999999999", nil, 604_800_000),
      ("-1", nil, nil), ("soon", nil, nil), ("inf", nil, nil),
      ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:48:37 GMT", 60_000),
      ("Thu, 29 Feb 2024 00:00:10 GMT", "Wed, 28 Feb 2024 23:59:50 GMT", 20_000),
      ("Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:37 GMT", 0),
      ("Sun, 06 Nov 1994 08:49:37 GMT", nil, 0),
      ("Fri, 01 Jan 9999 00:00:00 GMT", nil, 604_800_000),
      ("Sun, 99 Zzz 1994 08:49:37 GMT", "x", nil),
    ] as [(String, String?, Int64?)])
  func theWaitThatAServerAsksForIsRead(text: String, date: String?, milliseconds: Int64?) {
    var headers = [HTTPHeader("retry-after", text)]
    if let date { headers.append(HTTPHeader("Date", date)) }
    let error = ServiceError(reading: Stage.response(429, "", headers: headers))
    #expect(error.retryAfter == milliseconds.map { Milliseconds($0) })
  }

  @Test func wordsAreOneShortLine() {
    let long = String(repeating: "wörd ", count: 10_000)
    let cleaned = CleanedText.line(long)
    #expect(cleaned.count == 300)
    #expect(cleaned.hasSuffix("…"))
    #expect(CleanedText.line("a\u{202E}b\u{0}\u{2028}c\r\nd") == "ab c d")
    #expect(CleanedText.line([0xFF, 0x41, 0xC3]) == "\u{FFFD}A\u{FFFD}")
    #expect(
      CleanedText.line(" <p>a<script>x<y</script><br/>b &lt;c&gt; &bad; & </p") == "a b <c> &bad; &"
    )
    #expect(CleanedText.line("Bearer token is missing") == "Bearer token is missing")
  }

  @Test func deepDocumentsAreNoTrap() {
    let deep =
      String(repeating: "{\"error\":", count: 300) + "1" + String(repeating: "}", count: 300)
    #expect(ServiceError(reading: Stage.response(500, deep)).code == .unavailable)
  }
}

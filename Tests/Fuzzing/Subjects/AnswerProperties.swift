import BackendAPI
import JSONText
import ScriptModel

/// What holds of reading any answer of the service as the answer to any request.
enum AnswerProperties {
  /// The longest that words of the service are told, with what cleaning puts around them.
  private static let longestDetail = 400
  private static let longestWait = Milliseconds(7 * 86_400_000)
  private static let token = "nmv_usr_seed0123456789"

  static func check(_ input: [UInt8]) throws(Violation) {
    let (head, body) = headAndBody(input)
    let response = HTTPResponse(head: head, body: body)
    if let grant = try answer(AnonymousTokenRequest(), response) {
      try require(!grant.token.revealed.isEmpty, "an empty token")
      try require(!"\(grant)".contains(grant.token.revealed) || isShort(grant), "a token shows")
    }
    if let link = try answer(ClaimTokenRequest(taskID: "t", sessionID: "s"), response) {
      try require(!link.isEmpty, "an empty claim token")
    }
    if let grant = try answer(NewSessionRequest(name: "n", language: "en"), response) {
      try require(!grant.sessionID.isEmpty, "an empty id of a session")
    }
    _ = try answer(CreditsRequest(), response)
    _ = try answer(UploadRequest(sessionID: "s", content: .files([])), response)
    if let state = try answer(SessionStateRequest(sessionID: "s"), response) {
      try require(
        (try? JSONValue(parsing: state.document.bytes)) == state.document,
        "the state is not kept as it came")
    }
    try check(answer(RenderStatusRequest(renderID: "render_1"), response))
    try check(answer(RenderCancelRequest(renderID: "render_1"), response))
    let start = RenderStartRequest(renderID: "render_1", sessionID: "s", draft: .empty)
    try check(answer(start, response))
    try checkDownloads(response)
  }

  private static func isShort(_ grant: TokenGrant) -> Bool {
    // Of a token of a few letters each may stand in a word beside it.
    grant.token.revealed.utf8.count < 12 || grant.userID != nil || grant.expires != nil
  }

  private static func answer<Request: ServiceRequest>(
    _ request: Request, _ response: HTTPResponse
  ) throws(Violation) -> Request.Answer? {
    do throws(ServiceError) {
      return try request.answer(response)
    } catch {
      try check(error)
      return nil
    }
  }

  private static func check(_ progress: RenderProgress?) throws(Violation) {
    guard let progress else { return }
    if let percent = progress.percent {
      try require((0...100).contains(percent), "\(percent) percent")
    }
    try require(
      progress.detail.count <= longestDetail, "\(progress.detail.count) letters of detail")
    try require(progress.address != "", "an empty address")
  }

  private static func checkDownloads(_ response: HTTPResponse) throws(Violation) {
    guard !(200...299).contains(response.head.status),
      let base = WebAddress("https://service.example"), let web = WebAddress("https://web.example")
    else { return }
    let configuration = ServiceConfiguration(
      base: base, web: web, clientID: "c", token: Secret(token), version: "1")
    let target = FileTarget(path: "/dev/null")
    try check(
      RenderDownloadRequest(renderID: "r", target: target).refusal(response, configuration))
    for address in ["https://cdn.example/a?key=1", "https://service.example/a", "/a", "//b/c", "x"]
    {
      let request = MediaDownloadRequest(address: address, target: target)
      try check(request.refusal(response, configuration))
    }
  }

  /// What holds of every refusal: words for a terminal, of bounded length, and a wait of 7 days at most.
  static func check(_ error: ServiceError) throws(Violation) {
    try require(error.detail.count <= longestDetail, "\(error.detail.count) letters of detail")
    let control = error.description.unicodeScalars.first {
      $0.properties.generalCategory == .control
    }
    try require(control == nil, "a control character in '\(error.description)'")
    try require(!error.description.contains("nmv_"), "a token in '\(error.description)'")
    if let wait = error.retryAfter {
      try require(wait >= Milliseconds(0) && wait <= longestWait, "a wait of \(wait.rawValue) ms")
    }
  }

  /// Takes an input apart: a row with the status, rows of headers, an empty row, the body.
  static func headAndBody(_ input: [UInt8]) -> (HTTPHead, [UInt8]) {
    var rest = input[...]
    func row() -> String {
      let row = rest.prefix { $0 != 0x0A }
      rest = rest.dropFirst(row.count + 1)
      return String(decoding: row, as: UTF8.self)
    }
    let first = row()
    var head = HTTPHead(status: Int(first) ?? 200, headers: [])
    guard Int(first) != nil else { return (head, input) }
    while !rest.isEmpty {
      let text = row()
      guard let colon = text.firstIndex(of: ":") else { break }
      head.headers.append(
        HTTPHeader(String(text[..<colon]), String(text[text.index(after: colon)...])))
    }
    return (head, Array(rest))
  }
}

package import JSONText

extension ServiceError {
  /// Reads an answer whose status is no success: JSON of any shape, HTML, text, or nothing.
  package init(reading response: HTTPResponse) {
    // What is no JSON tells nothing but its status.
    let document = try? JSONValue(parsing: response.body)
    if let document, document.object != nil || document.array != nil {
      self = Self(of: document, response.head)
    } else {
      self.init(statusOf: response)
    }
  }

  /// Reads an answer by its status alone: a body that is no document of the service's is not shown.
  init(statusOf response: HTTPResponse) {
    let status = response.head.status
    self.init(
      Code(status: status), number: status, retryAfter: RetryAfter.wait(response.head))
  }

  /// Finds the refusal in a document that came with a success status; `nil` where it holds none.
  init?(in document: JSONValue, of head: HTTPHead) {
    let code = Self.number(in: document)
    let hasFailed =
      (code.map { $0 != 0 } ?? Self.isFailureAlone(document))
      || document["success"]?.bool == false
    guard hasFailed else { return nil }
    self = Self(of: document, head)
  }

  /// Reads a failure that came as an event in the middle of an answer.
  ///
  /// Only the service's own numbers count: a model's 429 or 401 says nothing of the request.
  package init(inEvent document: JSONValue) {
    self = Self(of: document, HTTPHead(status: 200, headers: []))
    if ServiceCode(rawValue: number)?.meaning == nil, code != .sessionExpired {
      code = .agentFailed
    }
  }

  private init(of document: JSONValue, _ head: HTTPHead) {
    let number = Self.number(in: document).flatMap { $0 == 0 ? nil : Int(clamping: $0) }
    let isSuccess = (200...299).contains(head.status)
    let words = Self.words(in: document) ?? ""
    self.init(
      isSuccess ? .unexplained : Code(status: head.status), number: number ?? head.status,
      detail: CleanedText.isPage(words) ? "" : CleanedText.line(words),
      retryAfter: RetryAfter.wait(head))
    if let number {
      if let meaning = ServiceCode(rawValue: number)?.meaning {
        code = meaning
      } else if isSuccess, (400...599).contains(number) {
        code = Code(status: number)
      }
    }
    if [.notFound, .refused, .unexplained].contains(code), Self.tellsOfLostSession(words) {
      code = .sessionExpired
    }
  }

  /// The service's number: beside the words, or inside `error` or `detail` where these are objects.
  private static func number(in document: JSONValue) -> Int64? {
    for place in [document, document["error"], document["detail"]] {
      if let code = place?.first(["code", "error_code", "errorCode"])?.roundedNumber {
        return code
      }
    }
    return nil
  }

  /// Whether a document says `error` and nothing that would be an answer.
  private static func isFailureAlone(_ document: JSONValue) -> Bool {
    guard let error = document.first(["error", "error_message", "errorMessage"]) else {
      return false
    }
    let isSomething =
      error.fieldText != nil || error.object?.isEmpty == false || error == .bool(true)
    return isSomething && document.first(["data", "status"]) == nil
  }

  private static let wordNames = [
    "message", "msg", "error_message", "errorMessage", "detail", "error", "reason",
    "error_details", "errorCode", "error_code",
  ]

  /// The first words in a document under any of the names that servers use for them.
  static func words(in document: JSONValue, depth: Int = 0) -> String? {
    if let text = document.fieldText { return text }
    guard depth < 4 else { return nil }
    if let elements = document.array {
      let words = elements.prefix(5).compactMap { element -> String? in
        guard let text = Self.words(in: element, depth: depth + 1) else { return nil }
        return place(of: element).map { "\($0): \(text)" } ?? text
      }
      return words.isEmpty ? nil : words.joined(separator: "; ")
    }
    for name in wordNames {
      guard let value = document.first([name]) else { continue }
      if let words = words(in: value, depth: depth + 1) { return words }
    }
    return document["data"].flatMap { words(in: $0, depth: depth + 1) }
  }

  /// Where a check of the body failed, as servers of the Python family say it: `body.session_id`.
  private static func place(of element: JSONValue) -> String? {
    guard let path = element["loc"]?.array?.compactMap(\.fieldText), !path.isEmpty else {
      return nil
    }
    return path.joined(separator: ".")
  }

  /// What a refusal means where nothing but a session is asked for: a bare 404 or 410 is as good as 1002.
  ///
  /// Elsewhere it may be a file or an address that is not found, while the session lives.
  var ofSession: ServiceError {
    var error = self
    if error.code == .notFound { error.code = .sessionExpired }
    return error
  }

  private static let lostSessionWords = [
    "session not found", "session expired", "session has expired", "session does not exist",
    "no such session", "unknown session", "session is expired", "session doesn't exist",
  ]

  private static func tellsOfLostSession(_ words: String) -> Bool {
    let words = words.lowercased()
    return lostSessionWords.contains { words.contains($0) }
  }

  /// The same error without a token that a server echoed.
  func hiding(_ secret: Secret?) -> ServiceError {
    guard let secret, secret.revealed.utf8.count >= 4 else { return self }
    var copy = self
    copy.detail = CleanedText.replacing(secret.revealed, in: detail)
    copy.detail = secret.hidden(in: copy.detail)
    // Words that were cut may end within a token.
    guard copy.detail.hasSuffix("…") else { return copy }
    let words = copy.detail.dropLast()
    let longest = min(words.utf8.count, secret.revealed.utf8.count)
    guard longest >= 4 else { return copy }
    let beginning = (4...longest).reversed().first { count in
      words.utf8.suffix(count).elementsEqual(secret.revealed.utf8.prefix(count))
    }
    if let beginning { copy.detail = String(words.dropLast(beginning)) + "…" }
    return copy
  }
}

extension HTTPHead {
  /// Whether nothing was done, however the body ends: any 4xx but 408, the server's own impatience.
  var refusesWhateverFollows: Bool { (400...499).contains(status) && status != 408 }
}

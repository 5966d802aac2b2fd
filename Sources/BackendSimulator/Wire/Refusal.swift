import JSONText

/// A request that the service does not do, by its reason.
struct Refusal: Error, Sendable {
  /// The HTTP status that goes with it.
  var status: Int
  /// The code in the envelope.
  var code: Int
  /// The service's words.
  var message: String
  /// Whether the code comes at HTTP 200 whatever the form of refusals: no status says the same.
  var isCodeAlone = false
  /// Whether it comes as `{"detail":…}` with its status, whatever the form of refusals.
  var isDetail = false
  /// `Retry-After` in seconds.
  var retryAfter: Int?
  /// More members of `data`.
  var data: JSONValue = .null

  static let unauthorized = Refusal(
    status: 401, code: 1001, message: "Invalid or expired token")
  static let clientIDMissing = Refusal(
    status: 400, code: 400, message: "X-Client-Id header is required")
  static let planRequired = Refusal(
    status: 402, code: 402, message: "Export requires a subscription")
  static let unknownSession = Refusal(
    status: 404, code: 1002, message: "Session not found", isCodeAlone: true)
  static let tooLarge = Refusal(
    status: 413, code: 4002, message: "File too large (500 MB max)", isCodeAlone: true)
  static let tooManyTokens = Refusal(
    status: 429, code: 429, message: "One anonymous token per client per 7 days",
    retryAfter: 604_800)

  static func scopeMissing(_ scope: String) -> Refusal {
    Refusal(status: 403, code: 403, message: "Token lacks the '\(scope)' scope")
  }

  static func notFound(_ what: String) -> Refusal {
    Refusal(status: 404, code: 404, message: "\(what) not found")
  }

  static func unsupportedFile(_ name: String) -> Refusal {
    Refusal(status: 415, code: 4001, message: "Unsupported file: \(name)", isCodeAlone: true)
  }

  static func outOfCredits(userID: String, taskID: String) -> Refusal {
    Refusal(
      status: 402, code: 2001, message: "Insufficient credits", isCodeAlone: true,
      data: .members(["user_id": .string(userID), "task_id": .string(taskID)]))
  }

  /// A body of the wrong form, in the words of the validation that such a server has.
  static func unprocessable(_ place: String, _ message: String) -> Refusal {
    Refusal(status: 422, code: 422, message: "body.\(place): \(message)")
  }
}

extension Refusal {
  /// The refusal as an answer in one of its forms.
  func answer(_ form: AnswerOptions.RefusalForm) -> Answer {
    var answer: Answer
    switch isDetail ? .detail : form {
    case _ where isCodeAlone, .code: answer = Answer(json: envelope)
    case .status: answer = Answer(status: status, json: envelope)
    case .detail:
      answer = Answer(status: status, json: .members(["detail": .string(message)]))
    case .html:
      let page = "<!DOCTYPE html><html><head><title>\(status)</title></head><body>\(status)</body>"
      answer = Answer(status: status, contentType: "text/html", bytes: Array(page.utf8))
    case .empty: answer = Answer(status: status, contentType: "text/plain", bytes: [])
    }
    if let retryAfter { answer.headers.append(("Retry-After", "\(retryAfter)")) }
    return answer
  }

  private var envelope: JSONValue {
    .members(["code": .whole(code), "message": .string(message), "data": data])
  }
}

extension Answer {
  /// Creates an answer of a JSON document.
  init(status: Int = 200, json: JSONValue) {
    self.init(status: status, contentType: "application/json", bytes: json.bytes)
  }
}

extension Fault {
  /// Reads a rule such as `message#2:cut-answer,at=100` or `state#1x3:status,status=503`.
  ///
  /// `ENDPOINT[#FIRST[xCOUNT]]:ACTION[,KEY=VALUE…]`; the endpoint may be `*`. `nil` for anything else.
  package init?(parsing text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let target = text[..<colon].split(separator: "#", omittingEmptySubsequences: false)
    guard (1...2).contains(target.count), let name = target.first else { return nil }
    if name == "*" {
      endpoint = nil
    } else {
      guard let known = Endpoint(rawValue: String(name)) else { return nil }
      endpoint = known
    }
    (first, count) = (1, 1)
    if target.count == 2 {
      let numbers = target[1].split(separator: "x", omittingEmptySubsequences: false)
      guard (1...2).contains(numbers.count), let start = Int(numbers[0]), start > 0 else {
        return nil
      }
      first = start
      if numbers.count == 2 {
        guard let many = Int(numbers[1]), many > 0 else { return nil }
        count = many
      }
    }
    // A body may hold commas and goes to the end.
    let rest = text[text.index(after: colon)...]
    if rest.hasPrefix("body,text=") {
      action = .body(String(rest.dropFirst("body,text=".count)))
      return
    }
    let words = rest.split(separator: ",")
    var values: [String: String] = [:]
    for word in words.dropFirst() {
      guard let equals = word.firstIndex(of: "=") else { return nil }
      values[String(word[..<equals])] = String(word[word.index(after: equals)...])
    }
    guard let name = words.first,
      let action = Action(String(name), FaultValues(values))
    else { return nil }
    self.action = action
  }
}

/// The values that stand behind the name of an action.
struct FaultValues {
  private let values: [String: String]

  init(_ values: [String: String]) { self.values = values }

  func text(_ name: String) -> String? { values[name] }
  func number(_ name: String) -> Int? { values[name].flatMap { Int($0) } }
  var isReset: Bool { values["reset"] == "yes" || values["reset"] == "true" }

  /// `done`, `undone` or `late`, the last with `reads`; `nil` for another word.
  func work(else usual: Fault.Work) -> Fault.Work? {
    switch values["work"] {
    case nil: usual
    case "done": .done
    case "undone": .undone
    case "late": .late(reads: max(0, number("reads") ?? 1))
    default: nil
    }
  }
}

extension Fault.Action {
  init?(_ name: String, _ values: FaultValues) {
    guard let work = values.work(else: name == "status" ? .undone : .done) else { return nil }
    switch name {
    case "cut-before-body": self = .cutBeforeBody(reset: values.isReset)
    case "cut-body":
      self = .cutBody(at: Int64(max(0, values.number("at") ?? 0)), reset: values.isReset)
    case "cut-after-body", "lost-answer": self = .cutAfterBody(work: work, reset: values.isReset)
    case "cut-answer":
      self = .cutAnswer(at: Int64(max(0, values.number("at") ?? 0)), reset: values.isReset)
    case "stall":
      self = .stall(
        at: values.number("at").map { Int64(max(0, $0)) },
        milliseconds: max(0, values.number("ms") ?? 60_000))
    case "status":
      guard let status = values.number("status"), (200..<600).contains(status),
        let form = Fault.BodyForm(rawValue: values.text("form") ?? "json")
      else { return nil }
      self = .status(
        status, code: values.number("code"), retryAfter: values.number("retry-after"), form: form,
        work: work)
    case "broken-json": self = .body(#"{"code":0,"message":"ok","data":{"#)
    case "html": self = .body("<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>")
    case "empty": self = .body("")
    case "agent-error": self = .agentError(work: work)
    default: self.init(quiet: name, values)
    }
  }

  /// The actions that leave the connection alone.
  private init?(quiet name: String, _ values: FaultValues) {
    switch name {
    case "slow":
      self = .slow(
        bytes: max(1, values.number("bytes") ?? 1), milliseconds: max(0, values.number("ms") ?? 10))
    case "revoke-token": self = .revokeToken
    case "expire-session": self = .expireSession
    case "fail-render": self = .failRender
    case "forget-render": self = .forgetRender
    case "name":
      guard let kind = MediaOptions.Names(rawValue: values.text("kind") ?? "") else { return nil }
      self = .name(kind)
    case "length":
      self = .length(by: Int64(min(1 << 40, max(-(1 << 40), values.number("by") ?? 1))))
    case "corrupt": self = .corrupt
    case "none": self = .none
    default: return nil
    }
  }
}

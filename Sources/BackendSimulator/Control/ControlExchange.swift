import JSONText

/// One exchange with whoever steers the simulator: not logged, needs no token.
final class ControlExchange: RequestHandling {
  private static let longestBody = 16 << 20

  private let simulator: Simulator
  private let request: ServerRequest
  private let body = KeptBody(limit: longestBody)

  init(_ simulator: Simulator, _ request: ServerRequest) {
    self.simulator = simulator
    self.request = request
  }

  var wantsBody: Bool { true }
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool { body.receive(bytes) }
  func end(isComplete: Bool) {}

  func answer() -> Answer? {
    do throws(ControlError) {
      return Answer(json: try result())
    } catch {
      return Answer(status: error.status, json: .members(["error": .string(error.words)]))
    }
  }

  private func result() throws(ControlError) -> JSONValue {
    switch (request.method, request.path) {
    case ("GET", "/simulator/log"): return ControlJSON.log(simulator.log)
    case ("GET", "/simulator/charges"): return ControlJSON.charges(simulator.charges)
    case ("GET", "/simulator/sessions"): return simulator.withWorld { ControlJSON.sessions($0) }
    case ("GET", "/simulator/renders"): return ControlJSON.renders(simulator.renders)
    case ("POST", "/simulator/faults"): return try addFaults()
    case ("DELETE", "/simulator/faults"): simulator.clearFaults()
    case ("POST", "/simulator/options"): return try setOptions()
    case ("POST", "/simulator/edit"): return try edit()
    case ("POST", "/simulator/credits"): try setCredits()
    case ("POST", "/simulator/revoke-tokens"): simulator.revokeTokens()
    case ("POST", "/simulator/expire-session"):
      simulator.expire(session: try document()["session"]?.string)
    case ("POST", "/simulator/reset"): simulator.reset()
    default:
      throw ControlError(
        status: 404,
        words: "Unknown. Known are GET log, charges, sessions, renders; POST faults, options, "
          + "edit, credits, revoke-tokens, expire-session, reset; DELETE faults")
    }
    return .members(["ok": .bool(true)])
  }

  /// The body as JSON; an empty object for none.
  private func document() throws(ControlError) -> JSONValue {
    if body.bytes.isEmpty { return .members([:]) }
    do throws(JSONError) {
      return try JSONValue(parsing: body.bytes)
    } catch {
      throw ControlError(words: "The body is no JSON: \(error)")
    }
  }

  /// `{"fault":"message#2:cut-answer,at=100"}`, a list of rules at `faults`, or both.
  private func addFaults() throws(ControlError) -> JSONValue {
    let document = try document()
    var rules = document["faults"]?.array?.compactMap(\.string) ?? []
    if let rule = document["fault"]?.string { rules.append(rule) }
    if rules.isEmpty { throw ControlError(words: "'fault' or 'faults' is missing") }
    var faults: [Fault] = []
    for rule in rules {
      guard let fault = Fault(parsing: rule) else {
        throw ControlError(words: "Unusable fault '\(rule)'. See 'offbook-simulator --help'")
      }
      faults.append(fault)
    }
    for fault in faults { simulator.add(fault) }
    return .members(["ok": .bool(true), "added": .whole(faults.count)])
  }

  /// `{"dialect":"adk","comments":true}`: names as on the command line.
  private func setOptions() throws(ControlError) -> JSONValue {
    var options = simulator.withWorld { $0.options }
    for member in try document().object ?? [] {
      let text: String
      switch member.value {
      case .string(let value), .number(let value): text = value
      case .bool(let value): text = value ? "yes" : "no"
      default: throw ControlError(words: "Unusable value of '\(member.name)'")
      }
      do throws(OptionError) {
        try options.set(member.name, to: text)
      } catch {
        throw ControlError(words: error.description)
      }
    }
    let changed = options
    simulator.change { $0 = changed }
    return .members(["ok": .bool(true)])
  }

  private func setCredits() throws(ControlError) {
    guard let credits = try document()["available"]?.integer, (0...1_000_000_000).contains(credits)
    else { throw ControlError(words: "'available' must be a whole number") }
    simulator.setCredits(Int(credits))
  }

  private func edit() throws(ControlError) -> JSONValue {
    let document = try document()
    guard let edits = document["edits"]?.array else {
      throw ControlError(words: "'edits' is missing")
    }
    var failure: ControlError?
    let isKnown = simulator.edit(
      track: document["track"]?.string, session: document["session"]?.string
    ) { segments in
      let before = segments
      do throws(ControlError) {
        for edit in edits { try OtherDevice.apply(edit, to: &segments) }
      } catch {
        // All edits or none.
        failure = error
        segments = before
      }
    }
    if let failure { throw failure }
    guard isKnown else { throw ControlError(status: 404, words: "There is no such session") }
    return .members(["ok": .bool(true), "edits": .whole(edits.count)])
  }
}

/// Why the simulator can't be steered so.
struct ControlError: Error {
  var status = 400
  var words: String
}

/// One exchange with the service: takes in the request, lets happen what is to go wrong, answers.
final class ServiceExchange: RequestHandling {
  private static let longestBody = 64 << 20

  private let simulator: Simulator
  private let request: ServerRequest
  private let route: Route
  private let fault: Fault.Action?
  private let number: Int
  private let socket: Int32
  private let kept = KeptBody(limit: longestBody)
  private let upload: UploadBody?
  private var receivedBytes: Int64 = 0

  init(
    _ simulator: Simulator, _ request: ServerRequest, _ route: Route, fault: Fault.Action?,
    number: Int, socket: Int32
  ) {
    self.simulator = simulator
    self.request = request
    self.route = route
    self.fault = fault
    self.number = number
    self.socket = socket
    let options = simulator.withWorld { $0.options.media }
    upload =
      route.endpoint == .upload
      ? UploadBody(contentType: request["Content-Type"] ?? "", options: options, number: number)
      : nil
  }

  var wantsBody: Bool {
    guard case .cutBeforeBody(let reset) = fault else { return true }
    return goOn(false, reset: reset)
  }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    receivedBytes += Int64(bytes.count)
    if case .cutBody(let place, let reset) = fault, receivedBytes >= place {
      return goOn(false, reset: reset)
    }
    return upload?.receive(bytes) ?? kept.receive(bytes)
  }

  func answer() -> Answer? {
    var call = ServiceCall(
      request: request, route: route, body: kept.bytes, files: upload, fault: fault)
    switch fault {
    case .cutBeforeBody(let reset), .cutBody(_, let reset):
      // A body that is shorter than the place of the cut ends the connection all the same.
      return ending(reset: reset)
    case .cutAfterBody(let work, let reset):
      carryOut(&call, work)
      return ending(reset: reset)
    case .status(let status, let code, let retryAfter, let form, let work):
      carryOut(&call, work)
      return finished(Self.failure(status, code: code, retryAfter: retryAfter, form: form))
    case .agentError(let work):
      if work == .undone { call.work = .late(reads: .max) } else { call.work = work }
      return finished(simulator.withWorld { $0.answer(call) })
    case .body(let text):
      carryOut(&call, .done)
      let isPage = text.hasPrefix("<")
      return finished(
        Answer(
          contentType: isPage ? "text/html" : "application/json", bytes: Array(text.utf8)))
    default: return troubled(simulator.withWorld { $0.answer(call) })
    }
  }

  func end(isComplete: Bool) {
    simulator.updateLog(number) { entry in
      entry.receivedBytes = receivedBytes
      entry.isComplete = isComplete
      entry.isOver = true
    }
  }

  /// Does the work of a call whose answer is lost.
  private func carryOut(_ call: inout ServiceCall, _ work: Fault.Work) {
    if work == .undone { return }
    call.work = work
    _ = simulator.withWorld { $0.answer(call) }
  }

  /// Gives back `isGoingOn`, after seeing to how the connection ends where it does not.
  private func goOn(_ isGoingOn: Bool, reset: Bool) -> Bool {
    if !isGoingOn, reset { SocketEnding.reset(socket) }
    return isGoingOn
  }

  private func ending(reset: Bool) -> Answer? {
    if reset { SocketEnding.reset(socket) }
    return nil
  }

  private func finished(_ answer: Answer) -> Answer {
    simulator.updateLog(number) { $0.status = answer.status }
    return answer
  }

  /// Puts a fault of the answer's way into it.
  private func troubled(_ answer: Answer) -> Answer? {
    var answer = answer
    switch fault {
    case .cutAnswer(let place, let reset):
      answer.trouble.cut = place
      answer.trouble.isReset = reset
    case .stall(let place?, let milliseconds):
      answer.trouble.stall = place
      answer.trouble.stallMilliseconds = milliseconds
    case .stall(nil, let milliseconds):
      guard simulator.signal.pause(milliseconds: milliseconds, watching: socket) else {
        return nil
      }
    case .slow(let bytes, let milliseconds):
      answer.trouble.bytesPerWrite = bytes
      answer.trouble.pauseMilliseconds = milliseconds
    case .length(let error): answer.trouble.lengthError = error
    case .corrupt: answer.trouble.isCorrupt = true
    default: break
    }
    return finished(answer)
  }

  private static func failure(
    _ status: Int, code: Int?, retryAfter: Int?, form: Fault.BodyForm
  ) -> Answer {
    let words = "Simulated failure"
    let refusal = Refusal(
      status: status, code: code ?? status, message: words, retryAfter: retryAfter)
    return switch form {
    case .json: refusal.answer(.status)
    case .html: refusal.answer(.html)
    case .empty: refusal.answer(.empty)
    }
  }
}

/// An exchange whose answer is known from its head.
final class ReadyExchange: RequestHandling {
  private let ready: Answer
  private let onEnd: (Bool) -> Void

  init(_ answer: Answer, onEnd: @escaping (Bool) -> Void) {
    ready = answer
    self.onEnd = onEnd
  }

  var wantsBody: Bool { true }
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool { true }
  func answer() -> Answer? { ready }
  func end(isComplete: Bool) { onEnd(isComplete) }
}

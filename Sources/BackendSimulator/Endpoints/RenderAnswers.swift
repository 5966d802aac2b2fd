import JSONText

extension World {
  /// `POST /api/render/proxy/lambda`
  mutating func answerRender(_ call: ServiceCall, _ account: Account) throws(Refusal) -> Answer {
    guard call.request.attribution != nil else { throw .planRequired }
    if account.isAnonymous {
      switch options.access.anonymousRender {
      case .allowed: break
      case .plan: throw .planRequired
      case .scope: throw .scopeMissing("render")
      }
    }
    let body = try call.json(options)
    let id = try body.string("id")
    var session = try session(try body.string("sessionId"), call, account)
    let draft = try body.object("draft")
    let output = try body.object("output")
    guard output["format"]?.string != nil, output["quality"]?.string != nil else {
      throw .unprocessable("output", "Field required")
    }
    if renders[id] != nil {
      renders[id]?.requests += 1
      return try progress(of: id, call)
    }
    if let active = session.activeRender, renders[active]?.state.isActive == true {
      throw Refusal(status: 409, code: 409, message: "Another render is active: \(active)")
    }
    guard draft["t"]?.array?.contains(where: { $0["sg"]?.array?.isEmpty == false }) == true else {
      throw Refusal(status: 400, code: 400, message: "The draft has no segments")
    }
    add(id, session: session.id, draft: draft.bytes, isFailing: call.fault == .failRender)
    session.activeRender = id
    sessions[session.id] = session
    return try progress(of: id, call)
  }

  private mutating func add(_ id: String, session: String, draft: [UInt8], isFailing: Bool) {
    var isFailing = isFailing
    if failedRenders < options.media.failingRenders {
      failedRenders += 1
      isFailing = true
    }
    var random = SeededRandom(seed: options.seed, for: id)
    let mediumID = "render_\(random.letters(12))"
    _ = addMedium(mediumID, name: "\(id).mp4")
    renders[id] = SimulatedRender(
      id: id, sessionID: session, state: .pending, polls: 0, requests: 1, draft: draft,
      isFailing: isFailing, mediumID: mediumID)
    renderOrder.append(id)
  }

  /// `GET /api/render/proxy/lambda/<id>`
  mutating func answerPoll(_ call: ServiceCall) throws(Refusal) -> Answer {
    let id = call.route.id
    if call.fault == .forgetRender {
      renders[id] = nil
      renderOrder.removeAll { $0 == id }
    }
    guard var render = renders[id] else { throw .notFound("Render") }
    if call.fault == .failRender, render.state.isActive { render.isFailing = true }
    if render.state.isActive {
      render.polls += 1
      let isDone = render.polls >= options.media.rendersPolls
      render.state = isDone ? (render.isFailing ? .failed : .completed) : .processing
    }
    renders[id] = render
    return try progress(of: id, call)
  }

  /// `POST /api/render/proxy/lambda/<id>/cancel`
  mutating func answerCancel(_ call: ServiceCall) throws(Refusal) -> Answer {
    guard let render = renders[call.route.id] else { throw .notFound("Render") }
    if render.state.isActive { renders[render.id]?.state = .cancelled }
    return try progress(of: render.id, call)
  }

  /// `GET /api/render/proxy/<id>/download`
  func answerDownload(_ call: ServiceCall) throws(Refusal) -> Answer {
    guard let render = renders[call.route.id], render.state == .completed,
      let medium = media[render.mediumID]
    else { throw .notFound("Render") }
    return serve(medium, id: render.mediumID, to: call.request)
  }

  private func progress(of id: String, _ call: ServiceCall) throws(Refusal) -> Answer {
    guard let render = renders[id] else { throw .notFound("Render") }
    var status: [JSONValue.Member] = [
      .init(name: "id", value: .string(render.id)),
      .init(name: "status", value: .string(render.state.rawValue)),
    ]
    if options.answers.showsProgress {
      status.append(.init(name: "progress", value: .whole(percent(of: render))))
    }
    if render.state == .failed {
      status.append(.init(name: "error", value: .string("Function ran out of memory")))
    }
    let base = call.request.baseAddress(else: address)
    let url: JSONValue? =
      render.state == .completed ? .string(mediaAddress(render.mediumID, base: base)) : nil
    return Answer(
      json: shaped(.object(status), url).rewritingNumbers(options.answers.numbers))
  }

  private func percent(of render: SimulatedRender) -> Int {
    switch render.state {
    case .completed: 100
    case .pending: 0
    default: min(99, render.polls * 100 / max(1, options.media.rendersPolls))
    }
  }

  /// Puts a render's state and the address of its file where the options want them.
  private func shaped(_ status: JSONValue, _ url: JSONValue?) -> JSONValue {
    let output = url.map { JSONValue.members(["url": $0]) }
    func withOutput(_ object: JSONValue) -> JSONValue {
      output.map { object.adding("output", $0) } ?? object
    }
    switch options.answers.renderShape {
    case .top: return withOutput(status)
    case .data: return .members(["success": .bool(true), "data": withOutput(status)])
    case .outputURL:
      let data = url.map { status.adding("outputUrl", $0) } ?? status
      return .members(["success": .bool(true), "data": data])
    case .mixed:
      return status.adding("success", .bool(true)).adding("data", withOutput(.members([:])))
    case .code:
      return .members([
        "code": .whole(0), "message": .string("success"), "data": withOutput(status),
      ])
    }
  }
}

extension SimulatedRender.State {
  /// Whether it is still under way.
  var isActive: Bool { self == .pending || self == .processing }
}

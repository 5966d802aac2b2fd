import JSONText

extension World {
  /// `GET /api/state/nemo_agent/me/<sid>/latest`
  mutating func answerState(_ call: ServiceCall, _ account: Account) throws(Refusal) -> Answer {
    var session = try session(call.route.id, call, account)
    for index in session.pending.indices { session.pending[index].reads -= 1 }
    for item in session.pending where item.reads <= 0 { session.carryOut(item.work) }
    session.pending.removeAll { $0.reads <= 0 }
    sessions[session.id] = session
    let base = call.request.baseAddress(else: address)
    return success(.members(["state": state(of: session, base: base)]))
  }

  private func state(of session: Session, base: String) -> JSONValue {
    if session.isEmpty {
      switch options.draft.emptyState {
      case .missing: return .null
      case .object: return .members([:])
      case .null:
        return .members([
          "draft": .null, "video_infos": .null, "generated_media": .null, "canvas_config": .null,
        ])
      }
    }
    var state: JSONValue = .members([
      "draft": DraftJSON(options: options.draft).json(of: session.draft),
      "video_infos": collection(
        session.files.map { ($0.name, json(of: $0)) }, options.draft.videoInfos),
      "generated_media": collection(
        session.generated.map { ($0.id, json(of: $0, base: base)) },
        options.draft.generatedMedia),
      "canvas_config": .members([
        "width": .whole(1080), "height": .whole(1920), "fps": .whole(30),
      ]),
    ])
    if options.answers.fullness == .extra {
      state = state.adding("workflow", .members(["step": .whole(session.messageCount)]))
        .adding("user_preferences", .null)
    }
    return state
  }

  private func collection(
    _ entries: [(name: String, value: JSONValue)], _ form: DraftOptions.Collection
  ) -> JSONValue {
    switch form {
    case .array: .array(entries.map(\.value))
    case .object: .object(entries.map { .init(name: $0.name, value: $0.value) })
    }
  }

  private func json(of medium: GeneratedRecord, base: String) -> JSONValue {
    var members: JSONValue = .members([
      "id": .string(medium.id), "name": .string(medium.name), "type": .string("video"),
      "url": .string(mediaAddress(medium.mediumID, base: base)),
      "size": .whole(medium.byteCount),
    ])
    if !medium.sha256.isEmpty { members = members.adding("hash", .string(medium.sha256)) }
    return members.adding("status", .string(medium.isFinal ? "final" : "raw"))
  }

  /// The address of a medium; it holds a key, as those of a CDN do.
  func mediaAddress(_ id: String, base: String) -> String {
    var random = SeededRandom(seed: options.seed, for: id)
    let key = "?Signature=\(random.letters(24))"
    if options.media.redirects { return "\(base)/media/to_\(id).mp4\(key)" }
    let host = options.media.isElsewhere ? elsewhere(base) : base
    return "\(host)/media/\(id).mp4\(key)"
  }

  /// The same port under another name of this machine.
  func elsewhere(_ base: String) -> String {
    let port = base.split(separator: ":").last.map(String.init) ?? ""
    return "http://localhost:\(port)"
  }
}

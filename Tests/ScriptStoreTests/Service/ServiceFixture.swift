import ScriptModel
import ScriptStore
import Testing

extension StoreFixture {
  /// What every intent of these tests names to the service.
  static let source = "video-to-script-generator"

  /// A project, by itself.
  func project(_ name: String = "Film") throws -> Project.ID {
    try store.createProject(named: name).id
  }

  /// Opens a session of a project as a sync does: planned, sent, opened.
  @discardableResult
  func openSession(of project: Project.ID) throws -> BackendSession.ID {
    let planned = try store.planSession(of: project, source: Self.source)
    let intent = try #require(planned.intents.last { $0.intent.kind == .session }).intent.id
    _ = try store.advance(IntentAdvance(intent, to: .sending))
    let opened = try store.sessionOpened(
      intent, sessionID: "7301234567890123456", taskID: "task", userID: nil)
    return try #require(opened.session).id
  }

  /// Records a message.
  func message(_ text: String = "Make it shorter", in project: Project.ID) throws -> Intent.ID {
    let request = IntentRequest(
      .message, in: project, purpose: .say, message: text, source: Self.source)
    return try #require(try store.record([request]).first).id
  }

  /// Records a message and brings it to a state.
  func message(in project: Project.ID, at state: Intent.State) throws -> Intent.ID {
    let id = try message(in: project)
    for step in Self.path(to: state) { _ = try store.advance(IntentAdvance(id, to: step)) }
    return id
  }

  /// The arrows from `queued` to a state.
  static func path(to state: Intent.State) -> [Intent.State] {
    switch state {
    case .queued: []
    case .sending, .refused, .abandoned: [state]
    case .streaming, .inDoubt: [.sending, state]
    case .done: [.sending, .streaming, .done]
    }
  }

  /// Records the upload of a file that is only a name.
  func upload(_ path: String, in project: Project.ID) throws -> Intent.ID {
    let medium = try store.addMedia(
      "clip.mp4", kind: .video, in: project, path: path, address: nil, sha256: nil, byteCount: 5)
    var request = IntentRequest(.upload, in: project, message: medium.name, source: Self.source)
    request.mediaID = medium.id
    return try #require(try store.record([request]).first).id
  }

  func code(_ body: () throws -> Void) -> StoreError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StoreError)?.code
    }
  }
}

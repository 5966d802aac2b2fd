import BackendAPI
import ScriptModel
import ScriptStore

extension ProjectRunner {
  func openSession(_ id: Intent.ID) async throws -> SyncOutcome {
    let record = record(id)
    let grant = try await client(for: record).call(
      NewSessionRequest(name: project.name, language: project.language))
    return .sessionOpened(grant)
  }

  // MARK: Uploads

  func upload(_ id: Intent.ID) async throws -> SyncOutcome {
    guard let record = record(id), let session = snapshot.session,
      let medium = try record.intent.mediaID.map({ try store.medium($0) })
    else { throw LocalFailure(description: "The file of this upload is not known any more.") }
    if medium.kind == .text, try store.refusesTextFiles(session.id) {
      throw CallError.service(ServiceError(.unsupportedFile, number: 4001))
    }
    let request = UploadRequest(sessionID: session.sessionID, content: try content(of: medium))
    let environment = environment
    let project = project.id
    let files = try await client(for: record).upload(request) { count, total in
      environment.tell(.sent(project, count, of: total))
    }
    return .uploaded(files.first ?? UploadedFile(name: medium.name))
  }

  private func content(of medium: Media) throws -> UploadRequest.Content {
    if let path = medium.path {
      guard let size = Platform.size(of: path) else {
        throw LocalFailure(
          description: "The file '\(medium.name)' can't be read: is it still in its place?")
      }
      if let known = medium.byteCount, known != size {
        throw LocalFailure(
          description:
            "The file '\(medium.name)' has changed since it was attached: attach it again.")
      }
      let name = medium.sha256.map { UploadName.full(of: medium.name, sha256: $0) } ?? medium.name
      return .files([.init(name: name, content: .file(path))])
    }
    guard let address = medium.address else {
      throw LocalFailure(description: "The file '\(medium.name)' is gone.")
    }
    return .addresses([address])
  }

  /// The largest text that goes in a message in the place of its file.
  private static let largestText = 1 << 20

  /// Records the words of a text file, which the session takes no file of, as a message.
  func textInstead(_ id: Intent.ID) throws -> ProjectSnapshot {
    let what = "The session takes no text files, and this one can't go as a message:"
    guard let medium = try record(id)?.intent.mediaID.map({ try store.medium($0) }),
      let path = medium.path, let size = Platform.size(of: path)
    else { throw LocalFailure(description: "\(what) it is not here.") }
    guard size <= Self.largestText, let bytes = Platform.read(path, atMost: Self.largestText + 1)
    else { throw LocalFailure(description: "\(what) it is too large.") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw LocalFailure(description: "\(what) it is not in UTF-8.")
    }
    let fence = CodeFence.around(bytes)
    let words =
      "This is the text of the file \"\(PushMessage.quotable(medium.name))\":\n\(fence)text\n"
      + text + (text.hasSuffix("\n") ? "" : "\n") + fence
    return try store.textInstead(
      id, message: words, options: IntentRecord.optionsInPlaceOfFile,
      evidence: "The service takes no text files: its words wait as a message.")
  }

  // MARK: Messages

  func send(_ id: Intent.ID) async throws -> SyncOutcome {
    guard let record = record(id), let session = snapshot.session else {
      throw LocalFailure(description: "There is no session.")
    }
    lastSent = id
    let client = await client(for: record)
    let text = try await words(of: record, session, client)
    let answer = client.message(MessageRequest(sessionID: session.sessionID, text: text))
    let patience = Patience(environment, project: project.id, intent: id)
    let first = try await patience.whileWaiting { () async throws(CallError) in
      try await answer.next()
    }
    guard let first else { return .replied(Reply(text: "")) }
    self.answer = (id, answer, first, patience)
    return .answerBegan
  }

  /// What a message says; captions too large for one go ahead as a file that it names.
  private func words(
    of record: IntentRecord, _ session: BackendSession, _ client: ServiceClient
  ) async throws -> String {
    guard record.intent.purpose == .push, let push = PushMessage(inline: record.intent.message),
      push.isLarge, try !store.refusesTextFiles(session.id)
    else { return record.intent.message }
    let file = UploadRequest.File(name: push.fileName, content: .bytes(push.captions))
    do throws(CallError) {
      let files = try await client.upload(
        UploadRequest(sessionID: session.sessionID, content: .files([file])))
      return push.fileText(files.first?.name)
    } catch {
      guard case .service(let refusal) = error, refusal.code == .unsupportedFile else {
        throw Self.beforeMessage(error)
      }
      try store.noteRefusedTextFile(session.id)
      return record.intent.message
    }
  }

  /// Why a message was not sent: of the message itself nothing has left.
  private static func beforeMessage(_ error: CallError) -> CallError {
    switch error {
    case .transport(var failure):
      failure.sent = .nothing
      return .transport(failure)
    case .service(let refusal):
      switch refusal.code {
      case .unavailable, .unreadable, .agentFailed:
        return .transport(TransportError(.cut, sent: .nothing, refusal.description))
      case .unexplained:
        var refusal = refusal
        refusal.code = .refused
        return .service(refusal)
      default: return error
      }
    }
  }

  func receive(_ id: Intent.ID) async throws -> SyncOutcome {
    guard let answer, answer.id == id else {
      throw CallError.transport(TransportError(.cut, sent: .whole, "The answer is gone"))
    }
    self.answer = nil
    let hearing = Hearing(
      environment, project: project.id, intent: id, answer.patience, hiding: token)
    let heard = await answer.patience.whileWaiting {
      await hearing.whole(answer.answer, from: answer.first)
    }
    guard let failure = heard.failure else { return .replied(heard.reply) }
    if failure.isCancellation { throw failure }
    cutReplies[id] = heard.reply.text
    throw failure
  }
}

/// Puts an answer together as it comes, and tells it.
private struct Hearing {
  private let environment: SyncEnvironment
  private let project: Project.ID
  private let intent: Intent.ID
  private let patience: Patience
  private let secret: Secret?
  private var assembler = ReplyAssembler()
  private var talk = GUITalk()
  private var shown = ""

  init(
    _ environment: SyncEnvironment, project: Project.ID, intent: Intent.ID, _ patience: Patience,
    hiding secret: Secret?
  ) {
    self.environment = environment
    self.project = project
    self.intent = intent
    self.patience = patience
    self.secret = secret
  }

  /// Reads an answer to its end, or to where it is cut; what came by then was paid for.
  ///
  /// Nothing but heartbeats for too long is a failure as well.
  consuming func whole(
    _ answer: AgentAnswer, from first: AgentEvent
  ) async -> (reply: Reply, failure: CallError?) {
    var hearing = self
    var event: AgentEvent? = first
    while let heard = event {
      if hearing.hears(heard) {
        answer.cancel()
        let silence = TransportError(
          .timedOut, sent: .whole, hasAnswerBegun: true,
          "For 10 minutes the service sent nothing but signs of life")
        return (hearing.reply(), .transport(silence))
      }
      do throws(CallError) { event = try await answer.next() } catch {
        return (hearing.reply(), error)
      }
    }
    return (hearing.reply(), nil)
  }

  /// Takes an event in.
  ///
  /// - Returns: whether nothing new has come for too long.
  private mutating func hears(_ event: AgentEvent) -> Bool {
    if case .heartbeat = event { return patience.hearNothing() }
    patience.hearNews()
    if case .toolCall(let name) = event {
      environment.tell(.tool(project, intent, secret?.hidden(in: name) ?? name))
    }
    show(talk.feed(assembler.absorb(event)).shown)
    return false
  }

  private mutating func show(_ words: String) {
    if words.isEmpty { return }
    // Whole rows come, so that no token is in two of them.
    let words = secret?.hidden(in: words) ?? words
    shown += words
    environment.tell(.words(project, intent, words))
  }

  /// The whole answer.
  private mutating func reply() -> Reply {
    show(talk.feed(assembler.finish()).shown)
    show(talk.finish().shown)
    // A row that went leaves the end of the row before it.
    while shown.last?.isWhitespace == true { shown.removeLast() }
    return Reply(text: shown, failure: assembler.failure)
  }
}

extension CallError {
  /// Whether the person wanted it to end.
  fileprivate var isCancellation: Bool {
    if case .transport(let failure) = self { failure.code == .cancelled } else { false }
  }
}

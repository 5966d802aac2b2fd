import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import Synchronization
import TestSupport
import Testing

/// A service of scripted answers: one session, one message whose events come minutes apart.
private final class SlowService: HTTPTransporting {
  let clock: Mutex<Int64> = Mutex(0)
  let messages = Mutex(0)
  private let events: [String]
  private let pause: Int64
  private let interruptsAtEnd: Bool

  /// - Parameter interruptsAtEnd: whether the person presses Ctrl-C as the answer's last byte comes.
  init(events: [String], pause: Int64, interruptsAtEnd: Bool = false) {
    self.events = events
    self.pause = pause
    self.interruptsAtEnd = interruptsAtEnd
  }

  func begin(_ request: HTTPRequest) -> HTTPExchange {
    var pieces: [String]
    switch true {
    case request.address.hasSuffix("/anonymous-token"):
      pieces = [#"{"code":0,"data":{"token":"nmv_usr_test"}}"#]
    case request.address.contains("/with-session/"):
      pieces = [#"{"code":0,"data":{"task_id":"t","session_id":"s"}}"#]
    case request.address.contains("/api/state/"): pieces = [#"{"code":0,"data":{"state":{}}}"#]
    case request.address.contains("/credits/"):
      pieces = [#"{"code":0,"data":{"available":100,"frozen":0,"total":100}}"#]
    default:
      pieces = events
      messages.withLock { $0 += 1 }
    }
    let isMessage = request.address.hasSuffix("/run_sse")
    let rest = Mutex<[HTTPEvent]>(
      [.head(HTTPHead(status: 200, headers: [HTTPHeader("Content-Type", "text/event-stream")]))]
        + pieces.map { .bytes(Array($0.utf8)) })
    let box = EventBox(rest: rest)
    return HTTPExchange(
      next: { () async throws(TransportError) in
        if isMessage { self.clock.withLock { $0 += self.pause } }
        let event = box.take()
        if event == nil, isMessage, self.interruptsAtEnd {
          withUnsafeCurrentTask { $0?.cancel() }
        }
        return event
      }, cancel: {})
  }
}

private final class EventBox: Sendable {
  private let rest: Mutex<[HTTPEvent]>

  init(rest: consuming Mutex<[HTTPEvent]>) { self.rest = rest }

  func take() -> HTTPEvent? { rest.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

@Suite struct PatientEngine {
  private static let heartbeat = "data: {\"type\":\"heartbeat\"}\n\n"
  private static let words = "data: {\"type\":\"text\",\"content\":\"Done.\"}\n\n"

  /// Runs one message against a service, and gives its intent and the reminders.
  private func run(
    _ service: SlowService
  ) async throws -> (intent: Intent, reply: String?, reminders: [Int64]) {
    let folder = TemporaryFolder()
    let store = try WorkspaceStore.open(at: folder.path + "/workspace")
    let project = try store.createProject(named: "Lighthouse", language: "en")
    let intent = try #require(
      try store.record([
        IntentRequest(.message, in: project.id, purpose: .say, message: "Hello", source: "x")
      ]).first)
    let base = try #require(WebAddress("http://127.0.0.1:9"))
    let client = ServiceClient(
      transport: service,
      configuration: ServiceConfiguration(base: base, web: base, clientID: "c", version: "1"))
    let files = CredentialFiles(folder: folder.path, home: folder.path, address: base.origin)
    let told = Reminders()
    let environment = SyncEnvironment(
      store: store, client: client,
      tokens: TokenKeeper(files: files, client: client, environmentToken: nil), sleep: { _ in },
      now: { service.clock.withLock { $0 } }, tell: { told.note($0) })
    var order = SyncOrder()
    order.extent = .intents([intent.id])
    _ = await SyncEngine(environment).run([project], order: order)
    let stored = try store.intentRecord(intent.id).intent
    return (stored, try store.reply(to: intent.id), told.elapsed)
  }

  @Test func aPersonIsToldEveryTwoMinutesThatTheServiceWorksOn() async throws {
    let service = SlowService(
      events: [String](repeating: Self.heartbeat, count: 8) + [Self.words], pause: 60_000)
    let (intent, reply, reminders) = try await run(service)
    #expect(intent.state == .done)
    #expect(reply == "Done.")
    #expect(reminders.count >= 3)
    #expect(zip(reminders, reminders.dropFirst()).allSatisfy { $1 - $0 >= 120_000 })
  }

  @Test(arguments: [[words], []])
  func anAnswerThatCameIsStoredThoughThePersonInterrupts(events: [String]) async throws {
    let service = SlowService(events: events, pause: 0, interruptsAtEnd: true)
    let (intent, reply, _) = try await run(service)
    #expect(intent.state == .done)
    #expect(reply ?? "" == (events.isEmpty ? "" : "Done."))
  }

  @Test func tenMinutesOfHeartbeatsAloneAreADoubtAndNothingIsSentAgain() async throws {
    let service = SlowService(
      events: [String](repeating: Self.heartbeat, count: 40), pause: 60_000)
    let (intent, _, _) = try await run(service)
    #expect(intent.state == .inDoubt)
    #expect(intent.maybeCharged)
    #expect(!intent.evidence.isEmpty)
    #expect(service.messages.withLock { $0 } == 1)
  }
}

/// What people were told of work that goes on.
private final class Reminders: Sendable {
  private let times = Mutex<[Int64]>([])

  var elapsed: [Int64] { times.withLock { $0 } }

  func note(_ event: SyncEvent) {
    if case .stillWorking(_, _, let elapsed) = event {
      times.withLock { $0.append(elapsed.rawValue) }
    }
  }
}

import ScriptModel
import Synchronization

/// Tells a person that the service works on, also while it sends nothing at all, and when to give up.
final class Patience: Sendable {
  /// How long nothing but heartbeats is waited for.
  private static let longest: Int64 = 600_000
  /// How often a person is told.
  private static let reminder: Int64 = 120_000
  /// How often the clock is looked at.
  private static let glance = Milliseconds(5000)

  private let environment: SyncEnvironment
  private let project: Project.ID
  private let intent: Intent.ID
  private let begin: Int64
  private let times: Mutex<(news: Int64, told: Int64)>

  init(_ environment: SyncEnvironment, project: Project.ID, intent: Intent.ID) {
    self.environment = environment
    self.project = project
    self.intent = intent
    begin = environment.now()
    times = Mutex((begin, begin))
  }

  /// Something new came.
  func hearNews() {
    let now = environment.now()
    times.withLock { $0 = (now, now) }
  }

  /// Nothing new came: tells so where it is time.
  ///
  /// - Returns: whether this has gone on for too long.
  @discardableResult
  func hearNothing() -> Bool {
    let now = environment.now()
    let (isDue, isTooLong) = times.withLock { times in
      let isDue = now - times.told >= Self.reminder
      if isDue { times.told = now }
      return (isDue, now - times.news >= Self.longest)
    }
    if isDue {
      environment.tell(.stillWorking(project, intent, elapsed: Milliseconds(now - begin)))
    }
    return isTooLong
  }

  /// Does something that may take minutes without a sign of life: some servers send none.
  func whileWaiting<Result, Failure: Error>(
    _ body: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    let watch = Task { [self] in
      while !Task.isCancelled {
        // A cancelled sleep ends the loop.
        try? await Pause.sleep(Self.glance)
        if !Task.isCancelled { hearNothing() }
      }
    }
    defer { watch.cancel() }
    return try await body()
  }
}

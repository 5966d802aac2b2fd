package import ScriptModel
import ScriptStore

/// Syncs projects over one connection pool: several at once, each under a lock of its own.
package struct SyncEngine: Sendable {
  /// How many projects sync at once.
  private static let mostAtOnce = 6
  /// Between two looks whether a project's lock is free.
  private static let turn = Milliseconds(250)
  /// How many looks: 20 minutes, in which the longest answer of the service comes to its end.
  private static let mostTurns = 4800

  private let environment: SyncEnvironment

  /// Creates an engine.
  package init(_ environment: SyncEnvironment) { self.environment = environment }

  /// Syncs projects; one that fails holds up no other.
  ///
  /// With a limit on spending one project goes after the other, each with what is left of it.
  package func run(
    _ projects: [Project], order: SyncOrder
  ) async -> [(project: Project, run: ProjectRun)] {
    if order.spend != nil || order.canAsk { return await oneByOne(projects, order: order) }
    var order = order
    order.sharesCredits = projects.count > 1
    let shared = order
    return await withTaskGroup(of: (Int, ProjectRun).self) { group in
      var results: [Int: ProjectRun] = [:]
      for (index, project) in projects.enumerated() {
        if index >= Self.mostAtOnce, let (done, run) = await group.next() { results[done] = run }
        group.addTask { (index, await self.run(project, order: shared)) }
      }
      for await (done, run) in group { results[done] = run }
      return projects.indices.compactMap { index in
        results[index].map { (projects[index], $0) }
      }
    }
  }

  private func oneByOne(
    _ projects: [Project], order: SyncOrder
  ) async -> [(project: Project, run: ProjectRun)] {
    var left = order.spend
    var results: [(project: Project, run: ProjectRun)] = []
    for project in projects {
      var order = order
      order.spend = left
      let run = await self.run(project, order: order)
      left = left.map { max(0, $0 - run.outcome.spent) }
      results.append((project, run))
    }
    return results
  }

  /// Syncs one project.
  package func run(_ project: Project, order: SyncOrder) async -> ProjectRun {
    environment.tell(.began(project))
    let run = await locked(project, order: order)
    environment.tell(.ended(project.id, run.outcome.state))
    return run
  }

  private func locked(_ project: Project, order: SyncOrder) async -> ProjectRun {
    let path = ProjectLock.path(project.id, in: environment.store.folder)
    let lock: Int32
    switch await ownLock(path, project, order) {
    case .taken(let file): lock = file
    case .held(let holder):
      if Task.isCancelled {
        return failed(
          .interrupted, project, "The sync was interrupted.",
          "Run 'offbook sync' to go on: what was stored stays.")
      }
      return failed(
        .busy, project,
        "Another offbook is still at this project\(holder.map { ": \($0)" } ?? "").",
        "Everything is kept: run 'offbook sync' when it is done.")
    case .failed(let code):
      return failed(
        .failed, project, "'\(path)' can't be locked: \(Platform.message(for: code)).",
        "Put that right, then run 'offbook sync'.")
    }
    defer { Platform.unlock(lock) }
    do throws(StoreError) {
      let snapshot = try environment.store.snapshot(of: project.id)
      var order = order
      order.hasToken = await environment.tokens.current != nil
      order.canRenewToken = await environment.tokens.canRenew
      return await ProjectRunner(environment, snapshot: snapshot, order: order).toTheEnd()
    } catch {
      return failed(.failed, project, error.description + ".", error.fix ?? "")
    }
  }

  /// Takes a project's lock, after waiting for whoever has it.
  private func ownLock(
    _ path: String, _ project: Project, _ order: SyncOrder
  ) async -> Platform.Lock {
    var tries = 0
    while true {
      let lock = Platform.lock(path)
      guard case .held(let holder) = lock, order.waits, tries < Self.mostTurns else { return lock }
      if tries == 0 {
        let words = "Another offbook is at the project '\(project.name)'"
        environment.tell(
          .notice(
            project.id, "\(words)\(holder.map { ": \($0)" } ?? ""). Waiting until it is done…"))
      }
      tries += 1
      do { try await environment.sleep(Self.turn) } catch { return lock }
    }
  }

  private func failed(
    _ reason: ProjectOutcome.Failure.Reason, _ project: Project, _ explanation: String,
    _ next: String
  ) -> ProjectRun {
    var outcome = ProjectOutcome(.failed)
    outcome.failures = [
      ProjectOutcome.Failure(
        reason, what: "the project '\(project.name)'", explanation: explanation, next: next)
    ]
    return ProjectRun(outcome: outcome)
  }
}

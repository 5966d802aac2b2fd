package import ScriptModel
package import ScriptStore

/// Decides the steps of one project's sync: a value without I/O, an outcome in, a step out.
///
/// Whatever is durable it reads from the snapshot that comes with each commit, so that a crash
/// between any two steps leaves a project that a new planner goes on with.
package struct SyncPlanner: Sendable {
  /// What was asked for.
  package let order: SyncOrder
  /// The project as the last commit left it.
  package private(set) var snapshot: ProjectSnapshot

  /// Creates the planner of one sync.
  package init(_ snapshot: ProjectSnapshot, order: SyncOrder) {
    self.snapshot = snapshot
    self.order = order
  }
}

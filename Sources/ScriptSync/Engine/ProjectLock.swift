package import ScriptModel

/// The file lock that keeps two processes from syncing one project at once.
package enum ProjectLock {
  static func path(_ project: Project.ID, in folder: String) -> String {
    folder + "/sync-\(project).lock"
  }

  /// Whether a process is at a project just now.
  package static func isHeld(_ project: Project.ID, in folder: String) -> Bool {
    Platform.isLocked(path(project, in: folder))
  }
}

import SQLiteKit
package import ScriptModel

extension WorkspaceStore {
  /// Checks the workspace: the database's integrity, foreign keys, search index, order, media.
  package func health() throws(StoreError) -> [HealthCheck] {
    try use { try HealthInspection(session: $0).run() }
  }

  /// Copies the database to a file, whole and sound, while others may go on writing.
  ///
  /// - Throws: `alreadyExists` where there is a file and `force` is false.
  package func backup(to path: String, force: Bool = false) throws(StoreError) {
    try use { session in
      let path = WorkspaceFolder.absolute(path)
      if Platform.isFolder(path) {
        throw StoreError(.invalidValue, "'\(path)' is a folder", fix: "Give the name of a file.")
      }
      let own = [session.folder.database] + ["-wal", "-shm"].map { session.folder.database + $0 }
      if own.contains(where: { $0 == path || Platform.isSameFile($0, path) }) {
        throw StoreError(.invalidValue, "A workspace can't be backed up over itself")
      }
      if !force, Platform.exists(path) {
        throw StoreError(
          .alreadyExists, "There is a file '\(path)' already",
          fix: "Give another name, or --force to replace it.")
      }
      try DatabaseCopy(source: session.connection, path: path).make()
    }
  }
}

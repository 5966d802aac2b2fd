/// The folder of a workspace and what lies where in it.
struct WorkspaceFolder: Sendable {
  let path: String

  var database: String { path + "/workspace.sqlite" }
  var media: String { path + "/media" }
  var backups: String { path + "/backups" }
  /// Names the process that wrote last, for those who wait.
  var writer: String { path + "/writer" }

  var hasDatabase: Bool { Platform.exists(database) }
  /// Whether a write-ahead log with content lies beside the database.
  var hasLog: Bool { (Platform.size(of: database + "-wal") ?? 0) > 0 }
  var isWritable: Bool { Platform.isWritable(path) && Platform.isWritable(database) }

  /// Makes a folder and its parents, readable for its owner alone.
  static func make(_ path: String) throws(StoreError) {
    let parts = path.split(separator: "/")
    for count in stride(from: 1, through: parts.count, by: 1) {
      let prefix = (path.hasPrefix("/") ? "/" : "") + parts[..<count].joined(separator: "/")
      if Platform.isFolder(prefix) { continue }
      do throws(Platform.Refusal) {
        try Platform.makeFolder(prefix)
      } catch {
        if Platform.exists(prefix) {
          throw StoreError(
            .notAWorkspace, "'\(prefix)' is not a folder",
            fix: "Give another folder with --workspace.")
        }
        throw StoreError(
          error.isFullDisk ? .diskFull : .readOnly, "The folder '\(prefix)' can't be made",
          fix: "Give another folder with --workspace.")
      }
    }
  }

  /// Turns a path into an absolute one, so that a later change of folder does no harm.
  static func absolute(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    if path.hasPrefix("/") { return path }
    guard let current = Platform.currentFolder else { return path }
    return path.isEmpty || path == "." ? current : current + "/" + path
  }
}

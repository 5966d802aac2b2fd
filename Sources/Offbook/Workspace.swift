import ScriptStore

/// A workspace: a folder with projects, scripts, their sources and their history.
///
/// Any number of workspaces, also in several processes, may have the same folder open: readers never
/// wait, a writer waits its turn. Every call that changes something is one durable transaction.
///
///     let workspace = try Workspace.open(at: folder)
///     let report = try workspace.importFile("interview.srt", options: ImportOptions())
///     try workspace.renameSpeaker("Speaker 1", to: "Anna Lee", in: report.script.projectID)
///     let file = try workspace.export(report.script.id, options: ExportOptions(format: .markdown))
public final class Workspace: Sendable {
  let store: WorkspaceStore

  private init(store: WorkspaceStore) { self.store = store }

  /// The absolute path of the folder.
  public var folder: String { store.folder }

  /// Opens the workspace in a folder, migrating an older one after a backup copy was made.
  ///
  /// - Parameters:
  ///   - folder: its path.
  ///   - create: whether to make the folder and an empty workspace where there is none.
  /// - Throws: `WorkspaceError` `notAWorkspace`, `newerWorkspace`, `readOnly`, `damaged`, `busy`.
  public static func open(
    at folder: String, create: Bool = true
  ) throws(WorkspaceError) -> Workspace {
    try translating { () throws(StoreError) in
      Workspace(store: try WorkspaceStore.open(at: folder, create: create))
    }
  }

  /// The folder where a person's workspace lies: `OFFBOOK_WORKSPACE`, else `$XDG_DATA_HOME/offbook`,
  /// else `~/.local/share/offbook`.
  public static func defaultFolder(environment: [String: String]) -> String {
    if let folder = environment["OFFBOOK_WORKSPACE"], !folder.isEmpty { return folder }
    // The XDG base directory specification has relative paths ignored.
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/offbook" }
    return (environment["HOME"] ?? "") + "/.local/share/offbook"
  }
}

/// Makes an error of the store one of the facade: same codes, same words.
func translating<Result>(
  _ body: () throws(StoreError) -> Result
) throws(WorkspaceError) -> Result {
  do {
    return try body()
  } catch {
    throw WorkspaceError(
      WorkspaceError.Code(rawValue: error.code.rawValue) ?? .failed, error.description,
      fix: error.fix)
  }
}

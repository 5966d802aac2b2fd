import SQLiteKit
import Synchronization

/// Everything that is in a workspace; any number of them, in any process, may share a folder.
package final class WorkspaceStore: Sendable {
  /// The absolute path of the folder.
  package let folder: String
  /// Whether nothing can be changed: the folder or its disk does not allow it.
  package let isReadOnly: Bool
  private let session: Mutex<Session>

  private init(_ session: Session) {
    folder = session.folder.path
    isReadOnly = session.isReadOnly
    self.session = Mutex(session)
  }

  /// Opens the workspace in a folder, migrating an older one after a backup copy was made.
  ///
  /// - Parameter create: whether to make folder and workspace where they are missing.
  /// - Parameter writes: whether to open for writing, which a folder for reading only refuses later.
  package static func open(
    at path: String, create: Bool = true, writes: Bool = true,
    environment: StoreEnvironment = .system
  ) throws(StoreError) -> WorkspaceStore {
    let folder = WorkspaceFolder(path: WorkspaceFolder.absolute(path))
    if !folder.hasDatabase {
      guard create, writes else {
        throw StoreError(
          .notAWorkspace, "There is no workspace in '\(folder.path)'",
          fix: "Make one with 'offbook init', or give another folder with --workspace.")
      }
      try WorkspaceFolder.make(folder.path)
      try WorkspaceFolder.make(folder.media)
    }
    let opening = WorkspaceOpening(folder: folder, environment: environment, writes: writes)
    do {
      return WorkspaceStore(try opening.session())
    } catch {
      throw translated(error, folder: folder)
    }
  }

  /// Reads over one state of the workspace, whatever others write meanwhile.
  func read<Result: Sendable>(
    _ body: (Session) throws -> Result
  ) throws(StoreError) -> Result {
    do {
      return try session.withLock { session in
        try session.connection.read { try body(session) }
      }
    } catch {
      throw translated(error, folder: WorkspaceFolder(path: folder))
    }
  }

  /// Changes the workspace in one durable transaction, of which an error leaves nothing.
  ///
  /// - Parameter durability: `withNext` only for what is right as it was before too: a process that
  ///   is killed loses nothing of it, a power cut may.
  /// - Parameter keeps: `false` does all the work and takes it back at the end.
  func write<Result: Sendable>(
    _ durability: Connection.Durability = .full, keeps: Bool = true,
    _ body: (Session) throws -> Result
  ) throws(StoreError) -> Result {
    if isReadOnly { throw StoreError(readOnly: folder) }
    do {
      return try session.withLock { session in
        try session.connection.write(durability, commits: { _ in keeps }) {
          WriterNote(path: session.folder.writer).leave()
          return try body(session)
        }
      }
    } catch {
      throw translated(error, folder: WorkspaceFolder(path: folder))
    }
  }

  /// Lends the session outside of any transaction.
  func use<Result: Sendable>(_ body: (Session) throws -> Result) throws(StoreError) -> Result {
    do {
      return try session.withLock { try body($0) }
    } catch {
      throw translated(error, folder: WorkspaceFolder(path: folder))
    }
  }
}

extension WorkspaceStore {
  /// Sets how many pages the database may have: what a quota does, and how a full disk is rehearsed.
  package func limitPages(to count: Int) throws(StoreError) {
    try use { try $0.connection.execute("PRAGMA max_page_count = \(count)") }
  }
}

/// Makes any error of the layers below one that people can read.
private func translated(_ error: any Error, folder: WorkspaceFolder) -> StoreError {
  switch error {
  case let error as StoreError: return error
  case let error as SQLiteError:
    let writer = error.code == .busy ? WriterNote(path: folder.writer).holder : nil
    return StoreError(error, folder: folder.path, writer: writer)
  case MigrationError.newer(let found, let known):
    return StoreError(
      .newerWorkspace,
      "The workspace '\(folder.path)' was written by a newer offbook"
        + " (its schema is version \(found), this one knows up to \(known))",
      fix: "Update offbook.")
  case MigrationError.altered(let number):
    return StoreError(
      .notAWorkspace,
      "The workspace '\(folder.path)' was made with another migration \(number) than this offbook's",
      fix: "Use the offbook that made it.")
  case MigrationError.foreign:
    return StoreError(
      .notAWorkspace, "The file 'workspace.sqlite' in '\(folder.path)' belongs to another program",
      fix: "Give another folder with --workspace.")
  default:
    return StoreError(.failed, "The workspace '\(folder.path)' could not be used")
  }
}

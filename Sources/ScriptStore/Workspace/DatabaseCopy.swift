import SQLiteKit

/// A copy of a database that is there whole or not at all.
struct DatabaseCopy {
  let source: Connection
  let path: String

  /// Copies to a temporary file beside the target, makes it durable, then gives it its name.
  func make() throws {
    let temporary = path + ".\(Platform.processID).part"
    Platform.remove(temporary)
    defer { Platform.remove(temporary) }
    try copy(to: temporary)
    do throws(Platform.Refusal) {
      try Platform.sync(temporary)
      try Platform.move(temporary, to: path)
      try Platform.sync(parent)
    } catch {
      throw cannotWrite(isFullDisk: error.isFullDisk)
    }
  }

  private func copy(to temporary: String) throws {
    do throws(SQLiteError) {
      let target = try Connection(path: temporary, mode: .create)
      try source.copy(to: target)
      try target.execute("PRAGMA journal_mode = DELETE")
    } catch {
      switch error.code {
      case .cannotOpen, .readOnly, .full: throw cannotWrite(isFullDisk: error.code == .full)
      default: throw error
      }
    }
  }

  private var parent: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let parent = parts.joined(separator: "/")
    return parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent
  }

  private func cannotWrite(isFullDisk: Bool) -> StoreError {
    StoreError(
      isFullDisk ? .diskFull : .failed, "The file '\(path)' can't be written",
      fix: isFullDisk ? "Free some space, then try again." : "Give another place.")
  }
}

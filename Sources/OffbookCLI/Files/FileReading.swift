import Offbook

/// Whole files as bytes, refused in the words that imports use.
enum FileReading {
  /// Reads a regular file.
  static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    try failing { () throws(WorkspaceError) in try InputFile.read(path) }
  }

  /// Reads standard input to its end.
  static func standardInput() throws(CommandFailure) -> [UInt8] {
    try failing { () throws(WorkspaceError) in try InputFile.readStandardInput() }
  }

  private static func failing(
    _ body: () throws(WorkspaceError) -> [UInt8]
  ) throws(CommandFailure) -> [UInt8] {
    do {
      return try body()
    } catch {
      throw CommandFailure(type: error.code.rawValue, message: error.description, fix: error.fix)
    }
  }
}

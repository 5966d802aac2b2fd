/// Words on the command line that can't be taken.
struct UsageError: Error, Equatable {
  /// What is wrong, as one sentence, with a near word where there is one.
  var message: String
  /// The words of the command that was meant, without the program's name.
  var path: [String] = []

  init(_ message: String, path: [String] = []) {
    self.message = message
    self.path = path
  }
}

/// A failure that is the command's own and not the workspace's.
struct CommandFailure: Error {
  /// What `--json` shows as `type`.
  var type: String
  var message: String
  var fix: String?
  var status = ExitStatus.failed
  /// What was recorded all the same: intents that are kept, in doubt or refused.
  var intentIDs: [String] = []
}

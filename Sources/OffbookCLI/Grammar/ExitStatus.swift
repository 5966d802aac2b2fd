/// How the command ends, as its callers see it.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// Nothing was done, or what was asked for does not exist.
  case failed = 1
  /// The words on the command line can't be taken: a name, an option or a value.
  case wrongUse = 2
  /// Some inputs or items failed; each is named.
  case partlyDone = 3
  /// A log-in is needed, or the token is bad.
  case logInNeeded = 4
  /// Done, and conflicts wait for a decision.
  case conflictsWait = 5
  /// No network: what was asked is kept and goes with a later sync.
  case noNetwork = 6
  /// Not enough credits, over the allowed spending, or the plan does not allow it.
  case notCovered = 7
  /// A check or a diff found something.
  case foundSomething = 8
  /// Ctrl-C; what was committed stays.
  case interrupted = 130
}

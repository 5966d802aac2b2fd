package import ScriptModel

/// How a project's sync ended.
package struct ProjectOutcome: Sendable {
  /// The states that `cli.md` names.
  package enum State: String, Hashable, Sendable, CaseIterable {
    case synced, partial, offline, failed, conflicts
  }

  /// Why an item was not done, and what to do.
  package struct Failure: Hashable, Sendable {
    /// What makes the exit code.
    package enum Reason: String, Hashable, Sendable, CaseIterable {
      case offline, logIn, credits, plan, spending, refused, inDoubt, failed, busy, interrupted
    }

    /// The kind.
    package var reason: Reason
    /// The item, for people.
    package var what: String
    /// Why, as a sentence.
    package var explanation: String
    /// What to do next, as a sentence.
    package var next: String

    /// Creates a failure from its parts.
    package init(_ reason: Reason, what: String, explanation: String, next: String) {
      self.reason = reason
      self.what = what
      self.explanation = explanation
      self.next = next
    }
  }

  /// How it ended.
  package var state: State
  /// How many lines came in.
  package var pulledLines = 0
  /// How many media came down.
  package var pulledMedia = 0
  /// How many scripts were pushed, with how many lines, in how many messages.
  package var pushed: (scripts: Int, lines: Int, messages: Int) = (0, 0, 0)
  /// The credits that were used, as far as is known.
  package var charged = 0
  /// The estimates of what came in doubt in this run: at most so much more was used.
  package var mayBeCharged = 0
  /// What counts against the limit on spending: what was used, or may have been, at its highest.
  package var spent = 0
  /// The conflicts that wait.
  package var conflicts: [Conflict] = []
  /// What was not done.
  package var failures: [Failure] = []
  /// What a person should know though nothing failed, as sentences: an expired session, say.
  package var notices: [String] = []

  /// Creates an outcome in which nothing happened.
  package init(_ state: State) {
    self.state = state
  }
}

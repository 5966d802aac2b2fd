package import ScriptModel
package import ScriptStore

/// Decides the steps of one project's sync: a value without I/O, an outcome in, a step out.
///
/// Whatever is durable it reads from the snapshot that comes with each commit, so that a crash
/// between any two steps leaves a project that a new planner goes on with.
package struct SyncPlanner: Sendable {
  /// What was asked for.
  package let order: SyncOrder
  /// The project as the last commit left it.
  package private(set) var snapshot: ProjectSnapshot

  /// Creates the planner of one sync.
  package init(_ snapshot: ProjectSnapshot, order: SyncOrder) {
    self.snapshot = snapshot
    self.order = order
  }
}

/// What a sync is asked to do.
package struct SyncOrder: Hashable, Sendable {
  /// How much of a sync is wanted.
  package enum Extent: Hashable, Sendable {
    /// Everything: intents, pull, push, media.
    case all
    /// Look and merge; nothing is sent.
    case pull
    /// These intents with what they need, then what came of them.
    case intents([Intent.ID])
  }

  /// How much is wanted.
  package var extent: Extent = .all
  /// The most credits that may be used; `nil` for no limit on what was asked for by name.
  package var spend: Int?
  /// Whether a person can be asked; else what is charged and not asked for by name is held back.
  package var canAsk = false
  /// Whether to stay until messages in doubt and renders are settled.
  package var waits = true
  /// Whether the token can be renewed here: it is an anonymous one.
  package var canRenewToken = true
  /// Whether there is a token at all.
  package var hasToken = true
  /// How long to stay with an unsettled render or doubt is bounded by steps, never by a clock.
  package var pace = SyncPace()
  /// The seed of jitter.
  package var seed: UInt64 = 0

  /// Creates the order of a whole sync.
  package init() {}
}

/// How long a planner waits between looks; tests shorten it.
package struct SyncPace: Hashable, Sendable {
  /// Before the first look at a lost message's session.
  package var firstLook = Milliseconds(30_000)
  /// Before each later look.
  package var nextLook = Milliseconds(60_000)
  /// How many later looks.
  package var laterLooks = 5
  /// Between two questions after a render.
  package var renderPoll = Milliseconds(30_000)
  /// How many questions at most.
  package var renderPolls = 60
  /// Before the first repetition of a request that may be repeated; each later pause is twice as long.
  package var repetition = Milliseconds(500)
  /// How many repetitions.
  package var repetitions = 4
  /// After a refusal for too many requests that names no time.
  package var rateLimit = Milliseconds(30_000)

  /// Creates the pace that the service's description asks for.
  package init() {}
}

/// What would be spent, for the person to decide.
package struct SpendingPlan: Hashable, Sendable {
  /// What is charged.
  package struct Item: Hashable, Sendable {
    /// The intent, or the script that would be pushed.
    package var intentID: Intent.ID?
    /// The script of a push.
    package var scriptID: Script.ID?
    /// What it is, for people.
    package var what: String
    /// About how many credits.
    package var estimate: Int
  }

  /// Item by item.
  package var items: [Item]
}

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
  }

  /// How it ended.
  package var state: State
  /// How many lines came in.
  package var pulledLines: Int
  /// How many media came down.
  package var pulledMedia: Int
  /// How many scripts were pushed, with how many lines, in how many messages.
  package var pushed: (scripts: Int, lines: Int, messages: Int)
  /// The credits that were used.
  package var charged: Int
  /// The conflicts that wait.
  package var conflicts: [Conflict]
  /// What was not done.
  package var failures: [Failure]
}

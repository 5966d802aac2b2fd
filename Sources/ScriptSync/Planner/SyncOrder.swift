package import ScriptModel

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
  ///
  /// Of several projects each in its turn gets what the others left: see `mayBeCharged`.
  package var spend: Int?
  /// Whether a person can be asked; else what is charged and not asked for by name is held back.
  package var canAsk = false
  /// Whether to stay until messages in doubt and renders are settled.
  package var waits = true
  /// Whether the token can be renewed here: it is an anonymous one.
  package var canRenewToken = true
  /// Whether there is a token at all.
  package var hasToken = true
  /// Whether other projects use the same credits meanwhile: balances then prove nothing.
  package var sharesCredits = false
  /// How long to wait between looks, and how often to try.
  package var pace = SyncPace()
  /// The seed of jitter.
  package var seed: UInt64 = 0

  /// Creates the order of a whole sync.
  package init() {}
}

/// How long a planner waits between looks and how often it tries; tests shorten it.
///
/// How long to stay with an unsettled render or doubt is bounded by counts, never by a clock.
package struct SyncPace: Hashable, Sendable {
  /// Before the first look at a lost message's session.
  package var firstLook = Milliseconds(30_000)
  /// Before each later look.
  package var nextLook = Milliseconds(60_000)
  /// How many later looks.
  package var laterLooks = 5
  /// Before the second look at a session whose generation was answered; later pauses are longer.
  package var stage = Milliseconds(5000)
  /// The longest pause between two such looks.
  package var longestStage = Milliseconds(30_000)
  /// Between two questions after a render.
  package var renderPoll = Milliseconds(30_000)
  /// How many questions at most.
  package var renderPolls = 60
  /// Before the first repetition of a request that may be repeated; each later pause is twice as long.
  package var repetition = Milliseconds(500)
  /// How many repetitions.
  package var repetitions = 4
  /// How many repetitions where there is no connection and was none before: being offline is normal.
  package var offlineRepetitions = 1
  /// After a refusal for too many requests that names no time.
  package var rateLimit = Milliseconds(30_000)
  /// The longest time that a refusal for too many requests is waited for; longer ones end the item.
  package var longestRateLimit = Milliseconds(120_000)

  /// Creates the pace that the service's description asks for.
  package init() {}
}

package import ScriptModel

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

/// What messages cost, roughly, as the service's description has it.
package enum CreditEstimate {
  /// About how many credits a message of a purpose takes.
  package static func credits(for purpose: Intent.Purpose) -> Int {
    switch purpose {
    case .generate: 100
    case .say, .extract, .push: 50
    case .none: 0
    }
  }
}

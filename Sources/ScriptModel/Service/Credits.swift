/// A balance of credits as the service told it.
public struct Credits: Hashable, Sendable {
  /// What can be spent.
  public var available: Int
  /// What is set aside for work that goes on.
  public var frozen: Int
  /// Both together.
  public var total: Int

  /// Creates a balance from its parts.
  public init(available: Int, frozen: Int, total: Int) {
    self.available = available
    self.frozen = frozen
    self.total = total
  }
}

/// A balance with the moment when it was read.
public struct CreditsReading: Hashable, Sendable {
  /// The balance.
  public var credits: Credits
  /// When it was read, in Unix milliseconds; for people to read.
  public var date: Milliseconds

  /// Creates a reading from its parts.
  public init(credits: Credits, date: Milliseconds) {
    self.credits = credits
    self.date = date
  }
}

/// One row of the ledger: what the service took for what.
public struct Charge: Hashable, Sendable {
  /// The project.
  public var projectID: Project.ID
  /// The intent that was charged.
  public var intentID: Intent.ID
  /// The first words of what was asked, which stay where the intent is gone.
  public var what: String
  /// How many credits; the difference of the balances read before and after.
  public var credits: Int
  /// Whether something else may have been charged between the two readings.
  public var isEstimate: Bool
  /// When, in Unix milliseconds; for people to read.
  public var date: Milliseconds

  /// Creates a charge from its parts.
  public init(
    projectID: Project.ID, intentID: Intent.ID, what: String = "", credits: Int, isEstimate: Bool,
    date: Milliseconds
  ) {
    self.projectID = projectID
    self.intentID = intentID
    self.what = what
    self.credits = credits
    self.isEstimate = isEstimate
    self.date = date
  }
}

/// One entry of a project's conversation with the agent.
public struct ConversationEntry: Hashable, Sendable {
  /// Who speaks.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    case person, agent
    /// What Offbook reports beside the agent's words, such as the changes of a silent edit.
    case report
  }

  /// The project.
  public var projectID: Project.ID
  /// The intent that it belongs to.
  public var intentID: Intent.ID?
  /// Who speaks.
  public var role: Role
  /// What is said.
  public var text: String
  /// When, in Unix milliseconds; for people to read.
  public var date: Milliseconds

  /// Creates an entry from its parts.
  public init(
    projectID: Project.ID, intentID: Intent.ID?, role: Role, text: String, date: Milliseconds
  ) {
    self.projectID = projectID
    self.intentID = intentID
    self.role = role
    self.text = text
    self.date = date
  }
}

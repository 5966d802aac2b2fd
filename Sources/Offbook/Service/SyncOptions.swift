public import ScriptModel

/// How a sync is done.
public struct SyncOptions: Sendable {
  /// Whether to tell what would be sent and to send nothing.
  public var dryRun = false
  /// Whether to bring what is new and to send nothing.
  public var pullOnly = false
  /// The most credits that the call may use; `nil` for no limit on what was asked for by name.
  public var spend: Int?
  /// Whether to stay until messages in doubt and renders are settled.
  public var waits = true
  /// Decides whether what was not asked for by name may be spent; `nil` where nobody can be asked.
  ///
  /// It is called at most once a project, one project at a time.
  public var ask: (@Sendable (SpendingQuestion) async -> Bool)?

  /// Creates the options of a whole sync that stays to the end and asks nobody.
  public init() {}
}

/// What a sync would send by itself and is charged.
public struct SpendingQuestion: Hashable, Sendable {
  /// One message.
  public struct Item: Hashable, Sendable {
    /// What it is, for people.
    public var what: String
    /// About how many credits it takes.
    public var estimate: Int

    /// Creates an item from its parts.
    public init(what: String, estimate: Int) {
      self.what = what
      self.estimate = estimate
    }
  }

  /// The project.
  public var project: Project
  /// Message by message.
  public var items: [Item]

  /// Creates a question from its parts.
  public init(project: Project, items: [Item]) {
    self.project = project
    self.items = items
  }

  /// About how many credits all take together.
  public var estimate: Int { items.reduce(0) { $0 + $1.estimate } }
}

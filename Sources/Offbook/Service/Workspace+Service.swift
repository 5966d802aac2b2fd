public import ScriptModel
import ScriptStore

// MARK: - What is known of the service without a network

extension Workspace {
  /// Lists the media of a project, or of all, oldest first.
  public func media(of project: Project.ID? = nil) throws(WorkspaceError) -> [Media] {
    throw notYet
  }

  /// The balance that was read last; `nil` before the first.
  public func lastCredits() throws(WorkspaceError) -> CreditsReading? {
    try translating { () throws(StoreError) in try store.lastCredits() }
  }

  /// What was charged in a project, or in all, oldest first.
  public func charges(of project: Project.ID? = nil) throws(WorkspaceError) -> [Charge] {
    try translating { () throws(StoreError) in try store.charges(of: project) }
  }

  /// The timeline as it was last seen; `nil` where the project has no session or it was never read.
  public func timeline(of project: Project.ID) throws(WorkspaceError) -> Timeline? {
    throw notYet
  }

  /// The conversation of a project with the agent, oldest first.
  public func conversation(
    of project: Project.ID
  ) throws(WorkspaceError) -> [ConversationEntry] {
    try translating { () throws(StoreError) in try store.conversation(of: project) }
  }

  /// Where each project stands.
  public func standings() throws(WorkspaceError) -> [ProjectStanding] {
    throw notYet
  }
}

/// A session with the service: its agent's memory and its draft belong to one project.
public struct BackendSession: Hashable, Sendable {
  /// Names a session in the workspace; the service's own id is `sessionID`.
  public typealias ID = Identifier<BackendSession>

  /// The stable id in the workspace.
  public var id: ID
  /// The project that it belongs to.
  public var projectID: Project.ID
  /// The service's name for it: opaque, may look like a long number.
  public var sessionID: String
  /// The service's name for its task: opaque.
  public var taskID: String
  /// The service's name for the account; `nil` where it did not say.
  public var userID: String?
  /// Whether the service still knows it; of a project one session at most is live.
  public var isLive: Bool

  /// Creates a session from its parts.
  public init(
    id: ID, projectID: Project.ID, sessionID: String, taskID: String, userID: String? = nil,
    isLive: Bool = true
  ) {
    self.id = id
    self.projectID = projectID
    self.sessionID = sessionID
    self.taskID = taskID
    self.userID = userID
    self.isLive = isLive
  }
}

import BackendAPI
import JSONText
public import ScriptModel
import ScriptStore
import ScriptSync

// MARK: - What is known of the service without a network

extension Workspace {
  /// Lists the media of a project, or of all, oldest first.
  public func media(of project: Project.ID? = nil) throws(WorkspaceError) -> [Media] {
    var projects: [Project.ID] = []
    if let project {
      projects = [project]
    } else {
      projects = try self.projects().map(\.project.id)
    }
    return try translating { () throws(StoreError) in
      var media: [Media] = []
      for project in projects { media += try store.media(of: project) }
      return media
    }
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
    let bytes = try translating { () throws(StoreError) in
      try store.snapshot(of: project).session.flatMap { session throws(StoreError) in
        try store.lastObservation(of: session.id)
      }
    }
    // What was kept was read before; what can't be read now was never seen.
    guard let bytes, let document = try? JSONValue(parsing: bytes) else { return nil }
    return Timeline(SessionState(document).draft ?? .empty)
  }

  /// The conversation of a project with the agent, oldest first.
  public func conversation(
    of project: Project.ID
  ) throws(WorkspaceError) -> [ConversationEntry] {
    try translating { () throws(StoreError) in try store.conversation(of: project) }
  }

  /// Where each project stands.
  public func standings() throws(WorkspaceError) -> [ProjectStanding] {
    let scripts = Dictionary(grouping: try scripts(), by: \.projectID)
    let projects = try projects()
    return try translating { () throws(StoreError) in
      let counts = try store.serviceCounts()
      var standings: [ProjectStanding] = []
      for summary in projects {
        let own = scripts[summary.project.id] ?? []
        var standing = ProjectStanding(project: summary.project, scripts: summary.scriptCount)
        // A script that is bound to no session is edited once anything followed its making.
        standing.edited = own.count {
          $0.syncState == .edited || $0.syncState == .local && $0.revision > 1
        }
        standing.unsent = own.count { $0.syncState == .edited }
        standing.conflicts = own.reduce(0) { $0 + $1.conflictCount }
        if let count = counts[summary.project.id] {
          standing.queued = count.queued
          standing.inDoubt = count.inDoubt
          if count.onTheWay > 0 {
            // What nobody is at any more was cut off in the middle.
            let isAtWork = ProjectLock.isHeld(summary.project.id, in: folder)
            if isAtWork {
              standing.running = count.onTheWay
            } else {
              standing.inDoubt += count.onTheWay
            }
          }
          standing.media = count.media
        }
        standing.sessionID = try store.snapshot(of: summary.project.id).session?.sessionID
        if standing.sessionID != nil {
          standing.titlesHere = own.filter { $0.syncState == .local && $0.lineCount > 0 }.map(
            \.title)
        }
        standings.append(standing)
      }
      return standings
    }
  }
}

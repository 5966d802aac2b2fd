public import ScriptModel
import ScriptStore

extension Workspace {
  /// Lists the conflicts that wait for a decision, of one script or of all, by the place of lines.
  public func conflicts(
    of script: Script.ID? = nil, includingResolved: Bool = false
  ) throws(WorkspaceError) -> [ConflictDetails] {
    let found = try translating { () throws(StoreError) in
      try store.conflicts(of: script, includingResolved: includingResolved)
    }
    var result: [ConflictDetails] = []
    var done: Set<Script.ID> = []
    for conflict in found where done.insert(conflict.scriptID).inserted {
      let own = found.filter { $0.scriptID == conflict.scriptID }
      result += try described(own, in: conflict.scriptID)
    }
    return result
  }

  /// Finds the conflict with that id or unique id prefix (4 characters or more).
  ///
  /// - Throws: `notFound`, `ambiguous`.
  public func conflict(matching reference: String) throws(WorkspaceError) -> ConflictDetails {
    let conflict = try translating { () throws(StoreError) in
      try store.conflict(matching: reference)
    }
    let described = try described([conflict], in: conflict.scriptID)
    guard let details = described.first else {
      throw WorkspaceError(.notFound, "There is no conflict '\(reference)'")
    }
    return details
  }

  private func described(
    _ conflicts: [Conflict], in id: Script.ID
  ) throws(WorkspaceError) -> [ConflictDetails] {
    let script = try script(id)
    let cast = try cast(of: script.projectID).map(\.speaker)
    let describing = ConflictDescribing(script: script, cast: cast)
    return describing.details(of: conflicts)
  }

  /// Settles a conflict as one revision of kind `resolve`; `undo` opens it again.
  ///
  /// - Throws: `conflict` where it is settled already or its line is gone, `invalidValue` for a value
  ///   that the field can't have.
  public func resolve(
    _ conflict: Conflict.ID, with resolution: ConflictResolution, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    let details = try self.conflict(matching: conflict.description)
    guard details.conflict.state == .open else {
      throw WorkspaceError(
        .conflict, "The conflict \(conflict) is settled already",
        fix: "'offbook undo' opens it again where that was the last change.")
    }
    return try resolve(
      [details.conflict], of: details.conflict.scriptID, with: resolution, dryRun: dryRun)
  }

  /// Settles all conflicts of one script, or of all, the same way: one revision a script.
  ///
  /// - Throws: `invalidValue` for a resolution by text.
  public func resolveAll(
    of script: Script.ID? = nil, with resolution: ConflictResolution, dryRun: Bool = false
  ) throws(WorkspaceError) -> [EditOutcome] {
    if case .text = resolution {
      throw WorkspaceError(.invalidValue, "One text can't settle several conflicts")
    }
    let open = try conflicts(of: script).map(\.conflict)
    var outcomes: [EditOutcome] = []
    var done: Set<Script.ID> = []
    for conflict in open where done.insert(conflict.scriptID).inserted {
      let own = open.filter { $0.scriptID == conflict.scriptID }
      outcomes.append(
        try resolve(own, of: conflict.scriptID, with: resolution, dryRun: dryRun))
    }
    return outcomes
  }

  private func resolve(
    _ conflicts: [Conflict], of id: Script.ID, with resolution: ConflictResolution, dryRun: Bool
  ) throws(WorkspaceError) -> EditOutcome {
    let summary = try translating { () throws(StoreError) in try store.summary(of: id) }
    var failure: WorkspaceError?
    do {
      return try translating { () throws(StoreError) in
        try store.transform(
          id, base: summary.revision, kind: .resolve,
          message: Self.message(for: conflicts, resolution), dryRun: dryRun
        ) { state in
          var settling = ConflictSettling(script: state.current)
          var changes = ConflictChanges()
          for conflict in conflicts {
            do throws(WorkspaceError) {
              try settling.settle(conflict, with: resolution)
            } catch {
              failure = error
              throw error
            }
            changes.resolved[conflict.id] = resolution.recorded
          }
          var transformation = ScriptTransformation(script: settling.script)
          transformation.conflicts = changes
          return transformation
        }
      }
    } catch {
      throw failure ?? error
    }
  }

  private static func message(
    for conflicts: [Conflict], _ resolution: ConflictResolution
  ) -> String {
    let what = conflicts.count == 1 ? "a conflict" : "\(conflicts.count) conflicts"
    switch resolution {
    case .ours: return "Settle \(what) with ours"
    case .theirs: return "Settle \(what) with theirs"
    case .base: return "Settle \(what) with the base"
    case .text: return "Settle \(what) with a text"
    case .both: return "Settle \(what) with both"
    }
  }
}

extension ConflictResolution {
  /// What the store keeps of it; with both, the script stays as it is.
  fileprivate var recorded: ConflictChanges.Resolution {
    switch self {
    case .ours, .both: .ours
    case .theirs: .theirs
    case .base: .base
    case .text: .text
    }
  }
}

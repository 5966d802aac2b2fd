import ScriptFormats
import ScriptMerge
public import ScriptModel
import ScriptStore
import ScriptSync

/// What the merge of a copy that came back did, or with a dry run would do.
public struct MergeReport: Sendable {
  /// The new revision, if anything changed, and what it changed.
  public var outcome: EditOutcome
  /// The revision that the copy was compared with, and how it was found.
  public var base: MergeBase
  /// The format that the copy was found to be in.
  public var format: FormatName
  /// The encoding that it was decoded from.
  public var encoding: String
  /// What was merged but deserves a look: sentences with line numbers of the result.
  public var notes: [String]
  /// The conflicts of the script that wait for a decision after the merge.
  public var conflicts: [ConflictDetails]
  /// What was noticed while the copy was read.
  public var findings: [Finding]

  /// How many lines the merge changed here.
  public var appliedCount: Int { outcome.changes.count }
}

extension Workspace {
  /// Merges a copy that was edited elsewhere with what happened here since it was exported.
  ///
  /// What the copy's format can't hold is not deleted by its absence. Where both sides changed the
  /// same thing differently the script keeps what is here, and the other value is in a conflict.
  ///
  ///     let copy = try InputFile.read("interview-edited.docx")
  ///     let report = try workspace.merge(copy, named: "interview-edited.docx", into: script.id)
  ///
  /// - Parameters:
  ///   - bytes: the copy, whole.
  ///   - name: a label for messages; its extension helps to tell the format.
  ///   - script: the script that it is a copy of.
  ///   - base: the revision that the copy was made from; `nil` to find it.
  ///   - format: its format; `nil` lets the content tell.
  ///   - encoding: its encoding as iconv spells it; `nil` lets the content tell.
  ///   - dryRun: whether nothing is to be changed.
  /// - Throws: `unreadableFormat`, `invalidValue` where the copy names another script or a revision
  ///   that is not there.
  public func merge(
    _ bytes: [UInt8], named name: String, into script: Script.ID, base: Int? = nil,
    format: FormatName? = nil, encoding: String? = nil, dryRun: Bool = false
  ) throws(WorkspaceError) -> MergeReport {
    let summary = try translating { () throws(StoreError) in try store.summary(of: script) }
    var reading = ReadOptions()
    reading.format = format
    reading.encoding = encoding
    reading.fileName = name
    reading.cast = try cast(of: summary.projectID, in: script).map(\.speaker.name)
    let found = try readable(bytes, named: name, options: reading)
    let document = found.document
    let search = MergeBaseSearch(store: store, script: summary, name: name)
    let start = try search.base(
      given: base, document: document, format: found.format, bytes: bytes)
    let label = SourceName.label(of: name)
    let merged = try mergeDocument(
      document, format: found.format, into: summary, base: start.revision,
      message: "Merge '\(label)'", dryRun: dryRun)
    return MergeReport(
      outcome: merged.outcome, base: start, format: found.format, encoding: found.encoding,
      notes: merged.notes, conflicts: merged.conflicts, findings: document.findings)
  }

  private struct MergedDocument {
    var outcome: EditOutcome
    var notes: [String]
    var conflicts: [ConflictDetails]
  }

  private func wasMerged(
    _ document: ScriptDocument, _ format: FormatName, into script: Script.ID, base: Int
  ) throws(WorkspaceError) -> Bool {
    try translating { () throws(StoreError) in
      try EarlierMerge(store: store, script: script).contains(
        document, capabilities: { DocumentCapabilities(of: document, format: format, base: $0) },
        base: base)
    }
  }

  private func mergeDocument(
    _ document: ScriptDocument, format: FormatName, into script: ScriptSummary, base: Int,
    message: String, dryRun: Bool
  ) throws(WorkspaceError) -> MergedDocument {
    let known = try translating { () throws(StoreError) in
      try store.conflicts(of: script.id, includingResolved: true)
    }
    let settled = Set(known.lazy.filter { $0.state == .resolved }.map(\.id))
    var result: (merged: ScriptTransformation.Merged, open: [Conflict], base: Script)?
    let wasMerged = try wasMerged(document, format, into: script.id, base: base)
    let outcome = try translating { () throws(StoreError) in
      try store.transform(
        script.id, base: base, kind: .merge, message: message, dryRun: dryRun
      ) { state in
        let capabilities = DocumentCapabilities(of: document, format: format, base: state.base)
        let theirs = Alignment.identify(document, against: state.base, capabilities: capabilities)
        var start = state
        if wasMerged { start.base = theirs }
        let merged = ScriptTransformation.merging(theirs, into: start)
        result = (merged, state.open, state.base)
        return merged.transformation
      }
    }
    guard let result else { return MergedDocument(outcome: outcome, notes: [], conflicts: []) }
    let script = result.merged.transformation.script
    let gone = result.merged.transformation.conflicts.resolved
    var open = result.open.filter { gone[$0.id] == nil }
    let held = Set(open.map(\.id))
    open += result.merged.transformation.conflicts.recorded.filter { conflict in
      !held.contains(conflict.id) && !settled.contains(conflict.id)
    }
    let cast = try cast(of: script.projectID).map(\.speaker)
    let describing = ConflictDescribing(
      script: script, cast: result.merged.transformation.otherSpeakers + cast)
    let notes = MergeNoteText(result: script, base: result.base)
    return MergedDocument(
      outcome: outcome, notes: result.merged.notes.map(notes.sentence(for:)),
      conflicts: describing.details(of: open))
  }
}

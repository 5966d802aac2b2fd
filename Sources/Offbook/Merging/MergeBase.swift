import ScriptMerge
import ScriptModel
import ScriptStore

/// The revision that a copy was made from, and how it was found.
public struct MergeBase: Hashable, Sendable {
  /// How the revision was found.
  public enum Origin: String, Hashable, Sendable, CaseIterable {
    /// The caller named it.
    case given
    /// The copy names it.
    case named
    /// The workspace remembers an export of the same bytes.
    case exported
    /// Its lines are most like those of the copy.
    case similar
  }

  /// The revision's sequence number.
  public var revision: Int
  /// How it was found.
  public var origin: Origin

  /// Creates a base from its parts.
  public init(revision: Int, origin: Origin) {
    self.revision = revision
    self.origin = origin
  }

  /// How it was found, as a sentence.
  public var explanation: String {
    switch origin {
    case .given: "Compared with revision \(revision), as asked for."
    case .named: "Compared with revision \(revision), which the file names."
    case .exported: "Compared with revision \(revision), of which the file is an export."
    case .similar: "Compared with revision \(revision), whose lines are most like the file's."
    }
  }
}

/// Finds the revision that a copy was made from.
struct MergeBaseSearch {
  /// The most revisions that are compared where none of them was exported.
  private static let mostRevisions = 200
  /// The most lines that are read for it, so that a long history of a long script ends soon.
  private static let mostLines = 1_000_000

  let store: WorkspaceStore
  let script: ScriptSummary
  /// The file's name, for messages.
  let name: String

  /// Takes the given revision, else the named one, else the remembered one, else the most similar.
  func base(
    given: Int?, document: ScriptDocument, format: FormatName, bytes: [UInt8]
  ) throws(WorkspaceError) -> MergeBase {
    if let given { return MergeBase(revision: try checked(given), origin: .given) }
    if let other = document.metadata.scriptID, other != script.id {
      throw anotherScript(other)
    }
    if document.metadata.scriptID != nil, let revision = document.metadata.revision {
      return MergeBase(revision: try checked(revision), origin: .named)
    }
    if let revision = try remembered(bytes) {
      return MergeBase(revision: revision, origin: .exported)
    }
    return MergeBase(revision: try mostSimilar(to: document, format), origin: .similar)
  }

  private func checked(_ revision: Int) throws(WorkspaceError) -> Int {
    guard (1...max(1, script.revision)).contains(revision) else {
      throw WorkspaceError(
        .invalidValue,
        "There is no revision \(revision) of '\(script.title)': it stands at \(script.revision)",
        fix: "'offbook log' lists the revisions; name one with '--base'.")
    }
    return revision
  }

  private func anotherScript(_ id: Script.ID) -> WorkspaceError {
    let title: String
    do throws(StoreError) {
      title = "'\(try store.summary(of: id).title)'"
    } catch {
      // A copy from another workspace names a script that is not here: its id is all there is.
      title = "\(id)"
    }
    return WorkspaceError(
      .invalidValue, "'\(SourceName.label(of: name))' is a copy of another script: \(title)",
      fix: "Merge it into that one, or name the revision of '\(script.title)' with '--base'.")
  }

  private func remembered(_ bytes: [UInt8]) throws(WorkspaceError) -> Int? {
    let found = try translating { () throws(StoreError) in
      let found = try store.exports(fingerprint: ContentFingerprint.of(bytes))
      // Exports of a workspace before its version 4 are known by their SHA-256.
      return found.isEmpty ? try store.exports(fingerprint: SHA256.digest(of: bytes)) : found
    }
    return found.first { $0.script == script.id && $0.revision <= script.revision }?.revision
  }

  private func mostSimilar(
    to document: ScriptDocument, _ format: FormatName
  ) throws(WorkspaceError) -> Int {
    if script.revision <= 1 { return 1 }
    // Exports of the other formats name their revision and are not remembered.
    let isRemembered = format == .srt || format == .text
    var candidates = try translating { () throws(StoreError) in
      isRemembered ? try store.exportedRevisions(of: script.id) : []
    }
    // The file that the script was imported from is a copy of revision 1 that may be edited too.
    if !candidates.isEmpty, !candidates.contains(1) { candidates.append(1) }
    if candidates.isEmpty { candidates = (1...script.revision).reversed() }
    let affordable = max(2, Self.mostLines / max(1, script.lineCount))
    let likeness = CopyLikeness(of: document)
    var best: (revision: Int, distance: Int)?
    for revision in candidates.prefix(min(Self.mostRevisions, affordable)) {
      let state = try translating { () throws(StoreError) in
        try store.script(script.id, at: revision)
      }
      let distance = likeness.distance(to: state)
      if best.map({ distance < $0.distance }) ?? true { best = (revision, distance) }
      if distance == 0 { break }
    }
    return best?.revision ?? script.revision
  }
}

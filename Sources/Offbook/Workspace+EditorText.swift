import ScriptFormats
import ScriptMerge
public import ScriptModel
import ScriptStore
import ScriptSync

/// A script in the plain form that a person edits, with the state that it was made from.
public struct EditableText: Sendable {
  /// The script.
  public var scriptID: Script.ID
  /// The revision that it was made from.
  public var revision: Int
  /// The form: UTF-8 with `\n` ends.
  public var text: String
}

extension Workspace {
  /// Writes a script in the plain form for an editor.
  public func editableText(of script: Script.ID) throws(WorkspaceError) -> EditableText {
    let current = try self.script(script)
    let names = try cast(of: current.projectID).map(\.speaker.name)
    let form = EditFormWriter.write(current, cast: names)
    return EditableText(
      scriptID: script, revision: current.revision, text: String(decoding: form, as: UTF8.self))
  }

  /// Takes an edited form back as one revision; unchanged lines keep their ids.
  ///
  /// What was changed here since `original` was made is kept: the two edits are merged, and where
  /// both changed the same words, the script keeps what is here and has a conflict.
  ///
  /// - Throws: `editSyntax` with line and reason where the form can't be read; nothing is changed.
  public func applyEditedText(
    _ text: String, original: EditableText, dryRun: Bool = false
  ) throws(WorkspaceError) -> EditOutcome {
    let before = try script(original.scriptID, at: original.revision)
    let names = try cast(of: before.projectID).map(\.speaker.name)
    let document: ScriptDocument
    do {
      document = try EditFormReader.read(Array(text.utf8), cast: names)
    } catch {
      throw WorkspaceError(
        .editSyntax, "Line \(error.row) can't be read: \(error.reason)",
        fix: "Mend that line and save again.")
    }
    return try translating { () throws(StoreError) in
      try store.transform(
        original.scriptID, base: original.revision, kind: .edit, message: "Edit in an editor",
        dryRun: dryRun
      ) { state in
        let edited = Alignment.identify(document, against: state.base)
        return ScriptTransformation.merging(edited, into: state).transformation
      }
    }
  }
}

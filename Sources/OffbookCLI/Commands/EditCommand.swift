import Offbook
import ScriptModel

/// `edit`.
enum EditCommand {
  static let edit = Command(
    name: "edit", abstract: "Edit the whole script in $VISUAL or $EDITOR.",
    discussion:
      "One revision on save; unchanged lines keep their ids. What can't be read opens again with the "
      + "reason at the top; where something fails the file is kept, and its path is told.",
    examples: [
      .init("offbook edit interview", "Open a script in the editor."),
      .init("EDITOR=nano offbook edit interview", "Open it in another one."),
    ],
    arguments: [CommonOption.script], options: [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let workspace = try invocation.workspace()
      let original = try workspace.editableText(of: script.id)
      let file = try EditedFile(
        workspace: workspace.folder, title: script.title, text: original.text)
      let session = EditSession(
        invocation: invocation, workspace: workspace, original: original, file: file)
      let outcome = try session.run()
      var report = invocation.report(outcome, done: "Edited '\(VisibleText.row(script.title))'")
      if try conflictsCame(to: script, with: outcome, invocation) { report.status = .conflictsWait }
      return report
    })

  /// Whether somebody changed the same words while the editor was open; if so, it is told.
  private static func conflictsCame(
    to script: ScriptSummary, with outcome: EditOutcome, _ invocation: Invocation
  ) throws -> Bool {
    guard outcome.revision != nil else { return false }
    let now = try invocation.workspace().script(matching: script.id.description)
    let count = now.conflictCount - script.conflictCount
    guard count > 0 else { return false }
    invocation.console.warn(
      "What you wrote in \(counted(count, "place")) was changed elsewhere meanwhile: the script "
        + "keeps that, and yours is kept as a conflict. 'offbook conflicts' shows both.")
    return true
  }
}

/// The way of a script through an editor and back.
private struct EditSession {
  let invocation: Invocation
  let workspace: Workspace
  let original: EditableText
  let file: EditedFile

  /// Opens the editor until what it leaves can be read.
  func run() throws -> EditOutcome {
    var note = ""
    while true {
      try openEditor()
      var text = try edited()
      if !note.isEmpty, text.hasPrefix(note) { text.removeFirst(note.count) }
      if text.utf8.elementsEqual(original.text.utf8) {
        file.remove()
        return EditOutcome(scriptID: original.scriptID, revision: nil, changes: [])
      }
      try refuseEmpty(text)
      do throws(WorkspaceError) {
        let outcome = try workspace.applyEditedText(
          text, original: original, dryRun: invocation.isDryRun)
        file.remove()
        return outcome
      } catch {
        guard error.code == .editSyntax, canAskAgain else {
          throw kept(FileFailure(file: "", error))
        }
        note = Self.note(error.description, error.fix)
        try keeping { () throws(CommandFailure) in try file.write(note + text) }
      }
    }
  }

  private var canAskAgain: Bool {
    Platform.isTerminal(0) && invocation.console.errIsTerminal && !invocation.console.settings.json
  }

  private func openEditor() throws {
    let editor = Editor(environment: invocation.environment)
    let status = try keeping { () throws(CommandFailure) in
      do {
        return try invocation.interruption.suspended { try editor.run(on: file.path) }
      } catch let error as CommandFailure {
        throw error
      } catch {
        throw CommandFailure(type: "failed", message: "\(error)")
      }
    }
    guard status != 0 else { return }
    let reason =
      status == 127
      ? "The editor '\(editor.command)' was not found."
      : "The editor '\(editor.command)' failed (\(status))."
    let text = try edited()
    if text.utf8.elementsEqual(original.text.utf8) {
      file.remove()
      throw CommandFailure(
        type: "failed", message: reason + " Nothing was changed.",
        fix: "Name another with VISUAL or EDITOR.")
    }
    throw kept(CommandFailure(type: "failed", message: reason + " Nothing was changed."))
  }

  /// What the editor left in the file.
  private func edited() throws -> String {
    guard file.exists else {
      file.remove()
      throw CommandFailure(
        type: "failed", message: "The editor left no file. Nothing was changed.",
        fix: "Name another with VISUAL or EDITOR.")
    }
    return try keeping { () throws(CommandFailure) in try file.read() }
  }

  /// Takes a file without any line for a change of mind, as git does, and not for a wish to delete all.
  private func refuseEmpty(_ text: String) throws {
    guard !Self.hasLines(text), Self.hasLines(original.text) else { return }
    file.remove()
    throw CommandFailure(
      type: "failed", message: "There was no line in the file. Nothing was changed.",
      fix: "'offbook line delete' takes lines out, 'offbook delete' a whole script.")
  }

  private static func hasLines(_ text: String) -> Bool {
    text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { row in
      row.first != UInt8(ascii: "#") && row.contains { $0 != 0x20 && $0 != 0x09 }
    }
  }

  private func keeping<Value>(_ body: () throws(CommandFailure) -> Value) throws -> Value {
    do throws(CommandFailure) {
      return try body()
    } catch {
      throw kept(error)
    }
  }

  private func kept(_ failure: CommandFailure) -> CommandFailure {
    var failure = failure
    let advice = "Your text is kept in '\(file.path)'."
    failure.fix = failure.fix.map { "\($0)\n\(advice)" } ?? advice
    return failure
  }

  private func kept(_ failure: FileFailure) -> CommandFailure {
    kept(
      CommandFailure(
        type: failure.type, message: failure.message, fix: failure.fix, status: .failed))
  }

  /// The comment that stands at the top when the editor opens again.
  private static func note(_ message: String, _ fix: String?) -> String {
    let rows = VisibleText.rows(([message] + [fix].compactMap { $0 }).joined(separator: "\n"))
    return rows.map { "# \($0)\n" }.joined()
  }
}

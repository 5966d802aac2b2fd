import JSONText
import Offbook
import ScriptModel

/// `log`, `diff`, `blame`, `undo`, `redo`, `restore`.
enum HistoryCommands {
  static let all = [log, diff, blame, undo, redo, restore]

  static let log = Command(
    name: "log", abstract: "List the revisions of a script, newest first.",
    examples: [.init("offbook log interview", "Show what was done to a script.")],
    arguments: [CommonOption.script],
    action: { invocation in
      let script = try invocation.script()
      let revisions = try invocation.workspace().log(of: script.id)
      return Report(
        data: { writer, output in
          writer.object { writer in
            writer.member("revisions", revisions) { writer, revision in
              writer.members(of: revision)
              output.take(from: &writer)
            }
          }
        },
        text: { console in
          var table = TextTable([
            .init("rev", isNumber: true), .init("date"), .init("kind"),
            .init("changes", isNumber: true), .init("what was done", isFlexible: true),
          ])
          for revision in revisions {
            table.append([
              String(revision.sequence), Platform.localTime(milliseconds: revision.date.rawValue),
              revision.kind.rawValue, String(revision.changeCount), revision.message,
            ])
          }
          console.table(table)
        })
    })

  static let diff = Command(
    name: "diff", abstract: "Compare two states of a script.",
    discussion:
      "Without revisions: what the last one changed. With one: what changed since. Exit code 8 where "
      + "there is a difference.",
    examples: [
      .init("offbook diff interview", "Show what the last revision changed."),
      .init("offbook diff interview 3", "Show what changed since revision 3."),
      .init("offbook diff interview 3 5", "Compare two revisions."),
    ],
    arguments: [
      CommonOption.script, Argument("REV", "The older one: a number or an id.", isOptional: true),
      Argument("REV2", "The newer one; else the script as it stands.", isOptional: true),
    ],
    action: { invocation in
      let script = try invocation.script()
      let from = try invocation.arguments.optional("REV").map {
        try invocation.revision($0, of: script.id)
      }
      let to = try invocation.arguments.optional("REV2").map {
        try invocation.revision($0, of: script.id)
      }
      let changes = try invocation.workspace().diff(of: script.id, from: from, to: to)
      let conflicts = to == nil ? try invocation.linesInConflict(of: script) : []
      return Report(
        status: changes.isEmpty ? .done : .foundSomething,
        data: { writer, output in
          writer.object { writer in
            writer.member("changes", changes) { writer, change in
              writer.members(of: change)
              output.take(from: &writer)
            }
          }
        },
        text: { console in
          if changes.isEmpty {
            console.note("No difference.")
          } else {
            console.difference(changes, conflicts: conflicts)
          }
          if to == nil { console.noteConflicts(script.conflictCount) }
        })
    })

  static let blame = Command(
    name: "blame", abstract: "Name for each line the revision that touched it last.",
    examples: [.init("offbook blame interview", "Show when each line got its last change.")],
    arguments: [CommonOption.script],
    action: { invocation in
      let script = try invocation.script()
      let entries = try invocation.workspace().blame(of: script.id)
      return Report(
        data: { writer, output in
          writer.object { writer in
            writer.member("lines", entries) { writer, entry in
              let state = entry.state
              writer.members(of: state.line, number: state.number, speaker: state.speakerName)
              writer.name("revision")
              writer.object { $0.members(of: entry.revision) }
              output.take(from: &writer)
            }
          }
        },
        text: { console in
          var table = TextTable([
            .init("rev", isNumber: true), .init("date"), .init("kind"),
            .init("line", isNumber: true), .init("speaker", isFlexible: true),
            .init("text", isFlexible: true),
          ])
          for entry in entries {
            table.append([
              String(entry.revision.sequence),
              Platform.localTime(milliseconds: entry.revision.date.rawValue),
              entry.revision.kind.rawValue, String(entry.state.number),
              entry.state.speakerName ?? "", entry.state.line.text,
            ])
          }
          console.table(table)
        })
    })

  static let undo = Command(
    name: "undo", abstract: "Take the last change of a script back.",
    discussion:
      "Undo is a revision of its own: 'redo' takes it back. It also brings a deleted script back.",
    examples: [.init("offbook undo interview", "Take the last change back.")],
    arguments: [CommonOption.script], options: [CommonOption.dryRun],
    action: { invocation in
      let script = try existingOrDeletedScript(invocation)
      let outcome = try invocation.workspace().undo(script, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Took the last change back")
    })

  private static func existingOrDeletedScript(_ invocation: Invocation) throws -> Script.ID {
    let workspace = try invocation.workspace()
    let word = invocation.arguments.word("SCRIPT")
    do throws(WorkspaceError) {
      return try workspace.script(matching: word).id
    } catch {
      guard error.code == .notFound else { throw error }
      do throws(WorkspaceError) {
        return try workspace.deletedScript(matching: word).id
      } catch let second {
        throw second.code == .notFound ? error : second
      }
    }
  }

  static let redo = Command(
    name: "redo", abstract: "Do again what 'undo' took back.",
    examples: [.init("offbook redo interview", "Do it again.")],
    arguments: [CommonOption.script], options: [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let outcome = try invocation.workspace().redo(script.id, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Did it again")
    })

  static let restore = Command(
    name: "restore", abstract: "Make a script what it was at a revision.",
    discussion: "A new revision: what came between stays in the history.",
    examples: [.init("offbook restore interview 3", "Go back to revision 3.")],
    arguments: [CommonOption.script, Argument("REV", "The revision: a number or an id.")],
    options: [CommonOption.dryRun],
    action: { invocation in
      let script = try invocation.script()
      let word = invocation.arguments.word("REV")
      let revision = try invocation.revision(word, of: script.id)
      let outcome = try invocation.workspace().restore(
        script.id, to: revision, dryRun: invocation.isDryRun)
      return invocation.report(outcome, done: "Restored revision \(revision)")
    })
}

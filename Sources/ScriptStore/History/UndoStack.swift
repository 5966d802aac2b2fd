import ScriptModel

/// What can be undone and redone, as the log tells it: nothing else is kept.
struct UndoStack {
  /// Sequences that `undo` takes back, the last first in turn.
  private(set) var done: [Int] = []
  /// Sequences of undos that `redo` takes back, the last first in turn.
  private(set) var undone: [Int] = []

  init(_ revisions: [Revision]) {
    for revision in revisions where revision.sequence > 1 {
      switch (revision.kind, revision.target) {
      case (.undo, let target?):
        done.removeAll { $0 == target }
        undone.append(revision.sequence)
      case (.redo, let target?):
        undone.removeAll { $0 == target }
        done.append(revision.sequence)
      default:
        done.append(revision.sequence)
        undone.removeAll()
      }
    }
  }
}

import ScriptMerge
import ScriptModel

/// Notes of a merge as sentences, with the numbers that the lines have in the result.
struct MergeNoteText {
  private let numbers: [Line.ID: Int]
  private let oldNumbers: [Line.ID: Int]
  private let baseRevision: Int

  init(result: Script, base: Script) {
    numbers = Self.numbers(of: result)
    oldNumbers = Self.numbers(of: base)
    baseRevision = base.revision
  }

  private static func numbers(of script: Script) -> [Line.ID: Int] {
    Dictionary(script.lines.enumerated().map { ($1.id, $0 + 1) }) { first, _ in first }
  }

  /// The sentence for one note.
  func sentence(for note: MergeNote) -> String {
    let place = place(of: note.lineID)
    switch note.kind {
    case .mergedNearby:
      return "\(place): edits of both sides close to each other were both applied."
    case .containedChange:
      return "\(place): both sides changed the same words; the change that holds both was taken."
    case .sameShift:
      return "\(place) and on: both sides shifted the times by nearly the same; applied once."
    case .deletedThoughMoved:
      return "\(place) was deleted, though the other side had moved or retimed it."
    case .sameInsertion:
      return "\(place): both sides added this; it is there once."
    case .bothInserted:
      return "\(place): both sides added lines here; all of them are there."
    }
  }

  private func place(of id: Line.ID) -> String {
    if let number = numbers[id] { return "Line \(number)" }
    if let number = oldNumbers[id] { return "Line \(number) of revision \(baseRevision)" }
    return "A line"
  }
}

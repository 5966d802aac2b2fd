import SQLiteKit
import ScriptModel

/// Speakers whose lines an undo or a restore brought back, but who have left the cast meanwhile.
///
/// Through another script they can be merged into somebody, or have been new there and undone.
struct ReturningSpeakers {
  let edit: ScriptEdit

  /// Gives the lines to who took over, else takes the speakers up again.
  func settle() throws {
    let gone = try edit.session.connection.all(
      speakersGone, .integer(edit.script.project), .integer(edit.script.row)
    ) { $0.integer(0) }
    for row in gone {
      let speaker = try edit.session.speakerRow(row).speaker
      let heir = try edit.session.speakerRow(speaker.id, project: edit.script.project)
      if let heir = heir == row ? try namesake(speaker.name) : heir {
        let lines = try edit.session.liveLines(of: edit.script.row, speaker: row)
        try edit.report.expect(lines)
        for line in lines { try edit.change(.speaker, of: line.row, to: .integer(heir)) }
        try bringBack(heir)
      } else {
        try bringBack(row)
      }
    }
  }

  private func namesake(_ name: String) throws -> Int64? {
    try edit.session.speaker(named: name, project: edit.script.project)?.row
  }

  private func bringBack(_ speaker: Int64) throws {
    try edit.change(.speakerDeleted, of: speaker, to: .integer(0))
  }
}

private let speakersGone = """
  SELECT id FROM speaker
  WHERE project = ?1 AND (merged_into IS NOT NULL OR deleted = 1) AND EXISTS (
    SELECT 1 FROM line WHERE line.speaker = speaker.id AND line.script = ?2 AND line.deleted = 0)
  ORDER BY id
  """

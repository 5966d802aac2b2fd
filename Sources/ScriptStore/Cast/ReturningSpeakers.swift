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
      let name = try edit.session.speakerRow(heir).speaker.name
      let namesake = try edit.session.speaker(named: name, project: edit.script.project)
      let target = namesake?.row ?? heir
      if target != row {
        let lines = try edit.session.liveLines(of: edit.script.row, speaker: row)
        try edit.report.expect(lines)
        for line in lines { try edit.change(.speaker, of: line.row, to: .integer(target)) }
      }
      try bringBack(target)
    }
  }

  private func bringBack(_ speaker: Int64) throws {
    try edit.change(.speakerDeleted, of: speaker, to: .integer(0))
  }
}

extension Session {
  /// The scripts of a project with lines of a speaker who is not in its cast.
  func scriptsWithStrangers(project: Int64) throws -> [Int64] {
    try connection.all(strangers, .integer(project), map: { $0.integer(0) })
  }
}

private let strangers = """
  SELECT DISTINCT line.script FROM speaker JOIN line ON line.speaker = speaker.id
  JOIN script ON script.id = line.script
  WHERE speaker.project = ? AND (speaker.merged_into IS NOT NULL OR speaker.deleted = 1)
    AND line.deleted = 0 AND script.deleted = 0 ORDER BY line.script
  """

private let speakersGone = """
  SELECT id FROM speaker
  WHERE project = ?1 AND (merged_into IS NOT NULL OR deleted = 1) AND EXISTS (
    SELECT 1 FROM line WHERE line.speaker = speaker.id AND line.script = ?2 AND line.deleted = 0)
  ORDER BY id
  """

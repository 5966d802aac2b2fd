import Offbook
import ScriptModel

/// The commands that change lines.
enum EditingCommands {
  static let all = [
    EditCommand.edit, LineCommands.group, SpeakerCommands.group, RetimeCommand.retime,
    ReplaceCommand.replace,
  ]
}

import JSONText
import Offbook
import ScriptModel

extension JSONWriter {
  mutating func member(_ name: String, _ value: String?) {
    self.name(name)
    self.value(value)
  }

  mutating func member(_ name: String, _ value: Int?) {
    self.name(name)
    self.value(value)
  }

  mutating func member(_ name: String, _ value: Milliseconds?) {
    self.name(name)
    self.value(value?.rawValue)
  }

  mutating func member<Entity>(_ name: String, _ value: Identifier<Entity>) {
    self.name(name)
    let text = value.canonicalText
    string(utf8: text.span)
  }

  mutating func member(_ name: String, _ value: [String]) {
    self.name(name)
    array { writer in for element in value { writer.value(element) } }
  }

  /// Writes a member that is a list of objects.
  mutating func member<Element>(
    _ name: String, _ elements: some Sequence<Element>,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    self.name(name)
    array { writer in
      for element in elements { writer.object { write(&$0, element) } }
    }
  }

  /// Writes the members of a project.
  mutating func members(of project: Project) {
    member("id", project.id)
    member("name", project.name)
    member("language", project.language)
  }

  /// Writes the members of a script in a list.
  mutating func members(of script: ScriptSummary) {
    member("id", script.id)
    member("title", script.title)
    member("projectId", script.projectID)
    member("kind", script.kind.rawValue)
    member("language", script.language)
    member("lineCount", script.lineCount)
    member("revision", script.revision)
    member("conflictCount", script.conflictCount)
    member("syncState", script.syncState.rawValue)
  }

  /// Writes the members of a line.
  mutating func members(of line: Line, number: Int, speaker: String?) {
    member("id", line.id)
    member("number", number)
    member("kind", line.kind.rawValue)
    member("speaker", speaker)
    member("start", line.start)
    member("end", line.end)
    member("text", line.text)
  }

  /// Writes the members of a finding.
  mutating func members(of finding: Finding) {
    member("severity", finding.severity.rawValue)
    member("code", finding.code)
    member("line", finding.line)
    member("column", finding.column)
    member("message", finding.message)
  }

  /// Writes the members of a revision.
  mutating func members(of revision: Revision) {
    member("id", revision.id)
    member("sequence", revision.sequence)
    member("kind", revision.kind.rawValue)
    member("message", revision.message)
    member("date", revision.date)
    member("changeCount", revision.changeCount)
  }

  /// Writes the members of a change.
  mutating func members(of change: Change) {
    member("op", change.operation.rawValue)
    member("lineId", change.lineID)
    state("before", change.before)
    state("after", change.after)
  }

  private mutating func state(_ name: String, _ state: Change.State?) {
    guard let state else { return member(name, String?.none) }
    self.name(name)
    object { $0.members(of: state.line, number: state.number, speaker: state.speakerName) }
  }

  /// Writes the members of what an edit did.
  mutating func members(of outcome: EditOutcome, _ output: Output) {
    member("scriptId", outcome.scriptID)
    member("revision", outcome.revision?.sequence)
    name("changes")
    array { writer in
      for change in outcome.changes {
        writer.object { $0.members(of: change) }
        output.take(from: &writer)
      }
    }
  }

  /// Writes the members of a script with lines, each with its number.
  mutating func members(
    of lines: LineSelection, _ output: Output
  ) {
    let script = lines.script
    member("id", script.id)
    member("title", script.title)
    member("projectId", script.projectID)
    member("kind", script.kind.rawValue)
    member("language", script.language)
    member("revision", script.revision)
    member("speakers", script.speakers) { writer, speaker in
      writer.member("id", speaker.id)
      writer.member("name", speaker.name)
    }
    let names = Dictionary(script.speakers.map { ($0.id, $0.name) }) { first, _ in first }
    name("lines")
    array { writer in
      for (number, line) in lines {
        let speaker = line.speaker.flatMap { names[$0] }
        writer.object { $0.members(of: line, number: number, speaker: speaker) }
        output.take(from: &writer)
      }
    }
  }
}

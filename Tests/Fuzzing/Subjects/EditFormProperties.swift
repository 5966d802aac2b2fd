import ScriptFormats
import ScriptModel

/// What holds of the form in which a whole script is opened in an editor.
enum EditFormProperties {
  private static let cast = ["Anna", "Bob Lee", "张三"]

  static func check(_ input: [UInt8]) throws(Violation) {
    let document: ScriptDocument
    do throws(EditFormError) {
      document = try EditFormReader.read(input, cast: cast)
    } catch {
      try require(error.row >= 1 && error.row <= input.count + 1, "row \(error.row)")
      try require(!error.reason.isEmpty, "a refusal says why")
      return
    }
    try DocumentShape.check(document)
    try require(document.text.count <= 4 * input.count, "\(document.text.count) bytes of text")
    let script = script(of: document)
    let cast = Self.cast + script.speakers.map(\.name)
    let form = EditFormWriter.write(script, cast: cast)
    let again: ScriptDocument
    do throws(EditFormError) {
      again = try EditFormReader.read(form, cast: cast)
    } catch {
      throw Violation(description: "row \(error.row) can't be read back: \(error.reason)")
    }
    do throws(Violation) {
      try compare(document, again)
    } catch {
      throw Violation(description: "\(error); lines: \(DocumentShape.lines(of: document))")
    }
  }

  private static func compare(
    _ written: ScriptDocument, _ found: ScriptDocument
  ) throws(Violation) {
    try require(
      written.entries.count == found.entries.count,
      "\(found.entries.count) of \(written.entries.count) lines read back")
    for index in written.entries.indices {
      let (one, other) = (written.entries[index], found.entries[index])
      try require(one.kind == other.kind, "line \(index): \(other.kind) instead of \(one.kind)")
      try require(one.start == other.start && one.end == other.end, "the times of line \(index)")
      let names = [(one, written), (other, found)].map { entry, document in
        entry.speaker.map { document.speakers[$0] }
      }
      try require(names[0] == names[1], "the speaker of line \(index)")
      try require(
        Array(written.string(at: index).utf8) == Array(found.string(at: index).utf8),
        "the text of line \(index)")
    }
  }

  private static func script(of document: ScriptDocument) -> Script {
    var ids = IdentifierGenerator(seed: 1)
    let speakers = document.speakers.map { Speaker(id: ids.next(at: 0), name: $0) }
    let lines = document.entries.indices.map { index in
      let entry = document.entries[index]
      return Line(
        id: ids.next(at: 0), kind: entry.kind, speaker: entry.speaker.map { speakers[$0].id },
        start: entry.start, end: entry.end, text: document.string(at: index))
    }
    return Script(
      id: ids.next(at: 0), projectID: ids.next(at: 0), title: "Lamp", speakers: speakers,
      lines: lines)
  }
}

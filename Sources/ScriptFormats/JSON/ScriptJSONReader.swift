import JSONText
import ScriptModel

/// Reads what `ScriptJSONWriter` writes; every member but `offbook` and `lines` may be missing.
struct ScriptJSONReader {
  /// The version of the form that is read and written.
  static let version: Int64 = 1

  private var document = ScriptDocument()
  private var findings = FindingList()
  private var indices: [String: Int] = [:]

  /// Reads a document.
  ///
  /// - Throws: `FormatError` with line and column where the bytes are no JSON, or no script.
  static func read(_ bytes: [UInt8]) throws(FormatError) -> ScriptDocument {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      let place = TextPlace.of(error.offset, in: bytes)
      throw FormatError(
        .invalidJSON,
        "\(error.reason) in line \(place.line), column \(place.column) of the JSON file",
        fix: "Mend the file there, or export the script again")
    }
    guard value.object != nil, let lines = value["lines"]?.array else {
      throw FormatError(
        .notJSON, "The JSON file holds no script: an object with 'offbook' and 'lines' is expected",
        fix: "Make such a file with 'offbook export -f json'")
    }
    if let found = value["offbook"], found.integer != version {
      throw FormatError(
        .unsupported, "The JSON file was written by a newer Offbook than this one",
        fix: "Update Offbook, or export the script again as 'srt' or 'md'")
    }
    var reader = ScriptJSONReader()
    reader.head(value)
    reader.speakers(value["speakers"]?.array ?? [])
    for (index, line) in lines.enumerated() { try reader.line(line, number: index + 1) }
    if reader.document.lineIDs.allSatisfy({ $0 == nil }) { reader.document.lineIDs = [] }
    if reader.document.speakerIDs.allSatisfy({ $0 == nil }) { reader.document.speakerIDs = [] }
    reader.document.findings = reader.findings.summarized()
    return reader.document
  }

  private mutating func head(_ value: JSONValue) {
    var metadata = ScriptDocument.Metadata()
    metadata.scriptID = value["id"]?.string.flatMap { Script.ID($0) }
    metadata.title = value["title"]?.string
    metadata.projectID = value["projectId"]?.string.flatMap { Project.ID($0) }
    metadata.kind = value["kind"]?.string.flatMap { Script.Kind(rawValue: $0) }
    metadata.language = value["language"]?.string
    metadata.revision = value["revision"]?.integer.flatMap { Int(exactly: $0) }
    metadata.date = value["date"]?.string
    metadata.media = value["media"]?.string
    metadata.duration = value["duration"]?.integer.map { Milliseconds($0) }
    metadata.notes = (value["notes"]?.array ?? []).compactMap(\.string)
    document.metadata = metadata
  }

  private mutating func speakers(_ values: [JSONValue]) {
    for value in values {
      guard let name = value["name"]?.string ?? value.string else { continue }
      document.speakers.append(name)
      document.speakerIDs.append(value["id"]?.string.flatMap { Speaker.ID($0) })
      if indices[name] == nil { indices[name] = document.speakers.count - 1 }
    }
  }

  private mutating func line(_ value: JSONValue, number: Int) throws(FormatError) {
    guard value.object != nil else {
      throw FormatError(.notJSON, "Line \(number) of the script in the JSON file is no object")
    }
    let start = document.text.count
    if let text = value["text"]?.string {
      document.text.append(contentsOf: text.utf8)
    } else {
      findings.add(.warning, "text-missing", "Line \(number) of the script has no 'text'")
    }
    var entry = ScriptDocument.Entry(
      text: start..<document.text.count, start: time(value["start"], "start", number),
      end: time(value["end"], "end", number))
    entry.kind = kind(value["kind"], number)
    entry.endIsEstimated = value["endIsEstimated"]?.bool ?? false
    if let index = value["speakerIndex"]?.integer, let index = Int(exactly: index),
      document.speakers.indices.contains(index)
    {
      entry.speaker = index
    } else if let name = value["speaker"]?.string {
      entry.speaker = speaker(named: name)
    }
    document.entries.append(entry)
    document.lineIDs.append(value["id"]?.string.flatMap { Line.ID($0) })
  }

  private mutating func kind(_ value: JSONValue?, _ number: Int) -> Line.Kind {
    guard let text = value?.string else { return .dialogue }
    if let kind = Line.Kind(rawValue: text) { return kind }
    findings.add(
      .warning, "unknown-kind", "Line \(number) of the script has an unknown 'kind'; it is dialogue"
    )
    return .dialogue
  }

  private mutating func time(_ value: JSONValue?, _ name: String, _ number: Int) -> Milliseconds? {
    guard let value, value != .null else { return nil }
    // The least value stands for no time in an entry.
    if let milliseconds = value.integer, milliseconds > .min { return Milliseconds(milliseconds) }
    findings.add(
      .warning, "unreadable-time",
      "'\(name)' of line \(number) of the script is no whole number of milliseconds")
    return nil
  }

  private mutating func speaker(named name: String) -> Int {
    if let index = indices[name] { return index }
    document.speakers.append(name)
    document.speakerIDs.append(nil)
    indices[name] = document.speakers.count - 1
    return document.speakers.count - 1
  }
}

import JSONText
import ScriptModel

/// Writes a document as JSON without loss: `{"offbook":1,…}`, one line of the script a row.
enum ScriptJSONWriter {
  static func write(_ document: ScriptDocument) -> [UInt8] {
    var json = JSONWriter()
    json.reserve(document.text.count + document.entries.count * 160 + 512)
    let names = SpeakerNames(document)
    json.object { json in
      json.name("offbook")
      json.value(1)
      head(document.metadata, to: &json)
      speakers(document, to: &json)
      json.name("lines")
      json.array { json in
        lines(document, document.text.span, names, to: &json)
        json.newline()
      }
    }
    json.newline()
    return json.bytes
  }

  private static func head(_ metadata: ScriptDocument.Metadata, to json: inout JSONWriter) {
    json.name("id")
    json.value(metadata.scriptID?.description)
    json.name("title")
    json.value(metadata.title)
    json.name("projectId")
    json.value(metadata.projectID?.description)
    json.name("kind")
    json.value(metadata.kind?.rawValue)
    json.name("language")
    json.value(metadata.language)
    json.name("revision")
    json.value(metadata.revision)
    if let date = metadata.date {
      json.name("date")
      json.value(date)
    }
    if let media = metadata.media {
      json.name("media")
      json.value(media)
    }
    if let duration = metadata.duration {
      json.name("duration")
      json.value(duration.rawValue)
    }
    guard !metadata.notes.isEmpty else { return }
    json.name("notes")
    json.array { json in for note in metadata.notes { json.value(note) } }
  }

  private static func speakers(_ document: ScriptDocument, to json: inout JSONWriter) {
    json.name("speakers")
    json.array { json in
      for (index, name) in document.speakers.enumerated() {
        json.object { json in
          json.name("id")
          json.value(
            document.speakerIDs.indices.contains(index)
              ? document.speakerIDs[index]?.description : nil)
          json.name("name")
          json.value(name)
        }
      }
    }
  }

  private static func lines(
    _ document: ScriptDocument, _ text: Span<UInt8>, _ names: SpeakerNames,
    to json: inout JSONWriter
  ) {
    for index in document.entries.indices {
      let entry = document.entries[index]
      json.object { json in
        json.name("id")
        json.value(
          document.lineIDs.indices.contains(index) ? document.lineIDs[index]?.description : nil)
        json.name("number")
        json.value(index + 1)
        json.name("kind")
        json.value(entry.kind.rawValue)
        let speaker = entry.speaker.flatMap { names.name(at: $0) }
        json.name("speaker")
        json.value(speaker?.name)
        if let speaker, speaker.isShared {
          json.name("speakerIndex")
          json.value(entry.speaker)
        }
        json.name("start")
        json.value(entry.start?.rawValue)
        json.name("end")
        json.value(entry.end?.rawValue)
        if entry.endIsEstimated {
          json.name("endIsEstimated")
          json.value(true)
        }
        json.name("text")
        json.string(utf8: text.extracting(entry.text))
      }
    }
  }
}

/// The names of speakers, and which of them are the names of several.
struct SpeakerNames {
  private let names: [String]
  private let counts: [String: Int]

  init(_ document: ScriptDocument) {
    names = document.speakers
    counts = document.speakers.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The name at an index, and whether another speaker has it too.
  func name(at index: Int) -> (name: String, isShared: Bool)? {
    guard names.indices.contains(index) else { return nil }
    return (names[index], (counts[names[index]] ?? 0) > 1)
  }
}

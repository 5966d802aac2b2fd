import BackendAPI
import ScriptModel

/// Captions as a document, for a script that is made of a track.
enum TrackDocument {
  static func document(of captions: [CaptionContent], language: String) -> ScriptDocument {
    var document = ScriptDocument()
    document.metadata.kind = .transcript
    document.metadata.language = language
    for caption in captions {
      let start = document.text.count
      document.text.append(contentsOf: caption.text.utf8)
      var entry = ScriptDocument.Entry(
        text: start..<document.text.count, start: caption.start, end: caption.end)
      entry.speaker = caption.speaker.map { document.speakerIndex(named: $0) }
      document.entries.append(entry)
    }
    return document
  }
}

package import JSONText

/// What a session holds, as one look saw it.
package struct SessionState: Sendable {
  /// The draft; `nil` for a session that has done nothing yet.
  package private(set) var draft: Draft?
  /// The files that the service has.
  package private(set) var files: [UploadedFile]
  /// The media that it made.
  package private(set) var generated: [GeneratedMedium]
  /// The whole answer's state, everything unknown in it kept.
  package private(set) var document: JSONValue

  /// Whether there is a draft with a list of tracks, be it empty: once a session has one it stays.
  package var hasTracks: Bool { draft?.document["t"]?.array != nil }

  /// Reads a state as it came or as it was stored; what is missing, null or of another kind is empty.
  package init(_ document: JSONValue, knownSpeakers: Set<String> = []) {
    self.document = document
    let draft = document["draft"].flatMap {
      $0.object?.isEmpty == false ? Draft($0, knownSpeakers: knownSpeakers) : nil
    }
    self.draft = draft
    files = document["video_infos"].map { MediaReading.uploadedFiles(in: $0) } ?? []
    generated = document["generated_media"].map { MediaReading.generatedMedia(in: $0) } ?? []
  }
}

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

  /// The state as it came, letter for letter: equal bytes are an equal state.
  package var bytes: [UInt8] { received ?? document.bytes }
  private let received: [UInt8]?

  /// Whether there is a draft with a list of tracks, be it empty: once a session has one it stays.
  package var hasTracks: Bool { draft?.document["t"]?.array != nil }

  /// Reads a state as it came or as it was stored; what is missing, null or of another kind is empty.
  ///
  /// - Parameter bytes: what the document was read from; `nil` for what was never sent.
  package init(
    _ document: JSONValue, from bytes: [UInt8]? = nil, knownSpeakers: Set<String> = []
  ) {
    self.document = document
    received = bytes
    let draft = document["draft"].flatMap {
      $0.object?.isEmpty == false ? Draft($0, knownSpeakers: knownSpeakers) : nil
    }
    self.draft = draft
    files = document["video_infos"].map { MediaReading.uploadedFiles(in: $0) } ?? []
    generated = document["generated_media"].map { MediaReading.generatedMedia(in: $0) } ?? []
  }

  /// Reads what `bytes` gave of an earlier state.
  package init(parsing bytes: [UInt8], knownSpeakers: Set<String> = []) throws(JSONError) {
    self.init(try JSONValue(parsing: bytes), from: bytes, knownSpeakers: knownSpeakers)
  }

  /// Reads an earlier state with the first segment of each track alone: which tracks and media there
  /// are is told in a fraction of the time.
  package init(outlining bytes: [UInt8]) throws(JSONError) {
    self.init(try JSONValue(parsing: JSONScan.cutting("sg", in: bytes)), from: bytes)
  }
}

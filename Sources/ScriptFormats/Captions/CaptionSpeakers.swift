import ScriptModel

/// Speakers of captions, once all of them are read.
enum CaptionSpeakers {
  /// Stands in front of a text that has no speaker whatever it looks like; in no decoded text.
  static let shield: UInt8 = 0x01

  /// Detects labels, takes shields out of the texts, and carries speakers on where the file says so.
  ///
  /// Detection sees the shield and no label. With `continues` a caption that has neither a speaker nor
  /// a shield goes on with the speaker above it.
  ///
  /// - Parameter positions: the row in the file of each text, for findings.
  static func settle(
    _ document: inout ScriptDocument, continues: Bool, options: ReadOptions, positions: [Int32]
  ) {
    if options.speakers == .auto {
      SpeakerDetection.apply(to: &document, cast: options.cast, positions: positions)
    }
    var current: Int?
    for index in document.entries.indices {
      let range = document.entries[index].text
      if !range.isEmpty, document.text[range.lowerBound] == shield {
        document.entries[index].text = range.lowerBound + 1..<range.upperBound
        current = nil
      } else if let speaker = document.entries[index].speaker {
        current = speaker
      } else if continues, options.speakers == .auto {
        document.entries[index].speaker = current
      }
    }
  }
}

import ScriptModel

/// Speakers of captions, once all of them are read.
enum CaptionSpeakers {
  /// Detects labels, takes shields out of the texts, and carries speakers on where the file says so.
  ///
  /// A text that begins with the shield has no speaker, whatever it looks like: detection sees the
  /// shield and no label. With `continues` a caption that has neither a speaker nor a shield goes on
  /// with the speaker above it.
  static func settle(
    _ document: inout ScriptDocument, shield: StaticString, continues: Bool, options: ReadOptions
  ) {
    if options.speakers == .auto { SpeakerDetection.apply(to: &document, cast: options.cast) }
    let length = shield.utf8CodeUnitCount
    let mark = shield.withUTF8Buffer { Array($0) }
    var current: Int?
    let text = document.text
    for index in document.entries.indices {
      let range = document.entries[index].text
      if document.entries[index].speaker == nil, range.count >= length,
        text[range.lowerBound..<range.lowerBound + length].elementsEqual(mark)
      {
        document.entries[index].text = range.lowerBound + length..<range.upperBound
        current = nil
      } else if continues, options.speakers == .auto {
        if let speaker = document.entries[index].speaker {
          current = speaker
        } else {
          document.entries[index].speaker = current
        }
      }
    }
  }
}

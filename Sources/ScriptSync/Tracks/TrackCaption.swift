package import BackendAPI
package import ScriptModel

/// A line as a text track holds it.
package struct TrackCaption: Hashable, Sendable {
  /// The line.
  package var lineID: Line.ID
  /// Who speaks, what is said, and when.
  package var content: CaptionContent

  /// Creates a caption from its parts.
  package init(lineID: Line.ID, content: CaptionContent) {
    self.lineID = lineID
    self.content = content
  }
}

extension CaptionContent {
  /// The words with their label, as they count for telling whether two captions say the same.
  ///
  /// A service may keep a speaker under a key or as a label, and read a label where there is none.
  var labelled: String { speaker.map { "\($0): \(text)" } ?? text }

  /// When it ends.
  var end: Milliseconds { start + duration }

  /// A caption's text as captions can hold it: rows without white space around them or control
  /// characters in them, none empty.
  static func rows(of text: String) -> String {
    let isClean = text.utf8.withContiguousStorageIfAvailable { Self.isClean($0.span) }
    if isClean == true { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for row in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      var row = row.contains(where: isControl) ? row.filter { !isControl($0) }[...] : row
      while let first = row.first, isSpace(first) { row.removeFirst() }
      while let last = row.last, isSpace(last) { row.removeLast() }
      if row.isEmpty { continue }
      if !result.isEmpty { result.append(0x0A) }
      result.append(contentsOf: row)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether nothing needs to be taken off: true of most texts, which are then not copied.
  private static func isClean(_ bytes: Span<UInt8>) -> Bool {
    if bytes.isEmpty { return true }
    if isSpace(bytes[0]) || isSpace(bytes[bytes.count - 1]) { return false }
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 0x0A || byte == 0x0D || isControl(byte) { return false }
    }
    return true
  }

  /// Whether a byte is a control character that nobody can see or type, as U+0000 is.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(0x09...0x0D).contains(byte) || byte == 0x7F
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}

extension Draft.Track {
  /// What its segments say, those without words left out; in the form in which scripts are compared.
  package var captions: [CaptionContent] {
    segments.compactMap { segment in
      let text = CaptionContent.rows(of: segment.text)
      if text.isEmpty { return nil }
      return CaptionContent(
        speaker: segment.speaker, text: text, start: segment.start, duration: segment.duration)
    }
  }

  /// The places among `segments` of those that `captions` has.
  package var spokenSegments: [Int] {
    segments.indices.filter { !CaptionContent.rows(of: segments[$0].text).isEmpty }
  }

  /// SHA-256 of what its segments say, 32 bytes.
  package var captionHash: [UInt8] { CaptionContent.hash(of: captions) }
}

extension Line {
  /// Whether a session's text track can hold it: headings and directions are not said.
  var isHeldByTracks: Bool {
    kind == .dialogue && text.utf8.contains { $0 != 0x20 && !(0x09...0x0D).contains($0) }
  }
}

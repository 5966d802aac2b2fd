internal import BackendAPI
internal import ScriptModel

/// A script as it goes to a session: one message, or a file that a message names.
package struct PushMessage: Sendable {
  /// The most bytes of captions that go inside a message.
  package static let largestInline = 64 << 10

  /// The name of the track that is replaced.
  package let title: String
  /// The captions as a SubRip file.
  package let captions: [UInt8]
  /// SHA-256 of what the track is to hold, 32 bytes.
  package let contentHash: [UInt8]

  /// Makes the message of a script.
  ///
  /// - Parameters:
  ///   - title: the name of its track, or the title that a new one gets.
  ///   - isTrack: whether there is such a track, so that its name is kept as it is.
  package init(title: String, isTrack: Bool = false, projection: TrackProjection) {
    self.title = isTrack ? title : Self.quotable(title)
    captions = Self.subRip(projection.captions)
    contentHash = projection.hash
  }

  /// Reads the words of a message with the captions inside; `nil` for other words.
  package init?(inline text: String) {
    guard text.hasPrefix(Self.front) else { return nil }
    let rest = text.dropFirst(Self.front.count)
    guard
      let quote = rest.indices.first(where: {
        rest[$0] == "\"" && rest[$0...].hasPrefix(Self.middle)
      }),
      let feed = rest[quote...].dropFirst(Self.middle.count).firstIndex(of: "\n"),
      let end = text.lastIndex(of: "\n"), end > feed
    else { return nil }
    title = String(rest[..<quote])
    captions = Array(text[text.index(after: feed)...end].utf8)
    contentHash = []
  }

  /// What stands in front of the title.
  private static let front = "Replace the text track \""
  /// What stands behind the title, up to the fence.
  private static let middle =
    "\" with exactly these captions and leave every other track as it is.\n"

  /// Whether the captions are too large to go inside a message.
  package var isLarge: Bool { captions.count > Self.largestInline }

  /// The name of the file of a large script.
  package var fileName: String {
    let name = String(Self.oneRow(title).map { $0 == "/" || $0 == "\\" ? "-" : $0 })
    let bare = name.drop { $0 == "." }
    return (bare.isEmpty ? "script" : String(bare.prefix(80))) + ".srt"
  }

  /// The words with the captions inside.
  package var inlineText: String {
    let fence = CodeFence.around(captions)
    return Self.front + title + Self.middle + fence + "srt\n"
      + String(decoding: captions, as: UTF8.self) + fence
  }

  /// The words that name the file with the captions.
  ///
  /// - Parameter name: what the service calls the file; `nil` for the name that it was sent with.
  package func fileText(_ name: String?) -> String {
    var shown = name ?? fileName
    if shown.isEmpty { shown = fileName }
    return Self.front + title + Self.middle
      + "The captions are in the uploaded file \"\(Self.quotable(shown))\"."
  }

  /// A title that stands between quotation marks in one row.
  static func quotable(_ title: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in oneRow(title).unicodeScalars { result.append(scalar == "\"" ? "'" : scalar) }
    return String(result)
  }

  /// A title in one row, as it is where it has neither control characters nor spaces in excess.
  static func oneRow(_ title: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in title.unicodeScalars {
      switch scalar {
      case _ where scalar.properties.generalCategory == .control: result.append(" ")
      case "\u{2028}", "\u{2029}": result.append(" ")
      default: result.append(scalar)
      }
    }
    let words = String(result).split(separator: " ")
    return words.isEmpty ? "Script" : words.joined(separator: " ")
  }

  /// Captions with a label for each speaker: what every reader of captions understands.
  private static func subRip(_ captions: [TrackCaption]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, caption) in captions.enumerated() {
      let content = caption.content
      if index > 0 { bytes.append(0x0A) }
      bytes.append(contentsOf: String(index + 1).utf8)
      bytes.append(0x0A)
      bytes.append(contentsOf: content.start.timecode(separator: ",").utf8)
      bytes.append(contentsOf: " --> ".utf8)
      bytes.append(contentsOf: content.end.timecode(separator: ",").utf8)
      bytes.append(0x0A)
      if let speaker = content.speaker {
        bytes.append(contentsOf: speaker.utf8)
        bytes.append(contentsOf: ": ".utf8)
      }
      bytes.append(contentsOf: content.text.utf8)
      bytes.append(0x0A)
    }
    return bytes
  }
}

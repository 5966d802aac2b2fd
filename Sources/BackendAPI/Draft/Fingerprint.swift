internal import JSONText
package import ScriptModel

/// A caption as it counts for telling whether two text tracks say the same.
package struct CaptionContent: Hashable, Sendable {
  /// Who speaks.
  package var speaker: String?
  /// What is said.
  package var text: String
  /// When it begins.
  package var start: Milliseconds
  /// How long it stands.
  package var duration: Milliseconds

  /// Creates a caption's content from its parts.
  package init(speaker: String?, text: String, start: Milliseconds, duration: Milliseconds) {
    self.speaker = speaker
    self.text = text
    self.start = start
    self.duration = duration
  }

  /// SHA-256 over a track's content, 32 bytes.
  ///
  /// A speaker under a key and one in a label count the same, as do white space at the ends of a text
  /// and the ways to end a row: what goes through captions and comes back need not keep those.
  package static func hash(of captions: some Sequence<CaptionContent>) -> [UInt8] {
    var hash = SHA256()
    var bytes: [UInt8] = []
    for caption in captions {
      append(caption.start, to: &bytes)
      append(caption.duration, to: &bytes)
      if let speaker = caption.speaker {
        bytes.append(contentsOf: speaker.utf8)
        bytes.append(contentsOf: ": ".utf8)
      }
      appendTrimmed(caption.text, to: &bytes)
      bytes.append(0)
      if bytes.count >= 1 << 14 {
        hash.update(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    hash.update(bytes)
    return hash.finalized()
  }

  private static func append(_ time: Milliseconds, to bytes: inout [UInt8]) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: time.rawValue >> Int64(shift)))
    }
  }

  private static func appendTrimmed(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { rows in
      var range = 0..<rows.count
      while let first = range.first, isSpace(rows[first]) { range.removeFirst() }
      while let last = range.last, isSpace(rows[last]) { range.removeLast() }
      if !rows[range].contains(0x0D) { return bytes.append(contentsOf: rows[range]) }
      var wasReturn = false
      for byte in rows[range] {
        let isSecondOfPair = byte == 0x0A && wasReturn
        wasReturn = byte == 0x0D
        if !isSecondOfPair { bytes.append(wasReturn ? 0x0A : byte) }
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}

extension Draft.Track {
  /// What its segments say, for `CaptionContent.hash`.
  package var content: [CaptionContent] {
    segments.map {
      CaptionContent(speaker: $0.speaker, text: $0.text, start: $0.start, duration: $0.duration)
    }
  }

  /// SHA-256 over what its segments say and when, 32 bytes.
  package var contentHash: [UInt8] { CaptionContent.hash(of: content) }
}

extension SessionState {
  /// The parts of a state that a message may change.
  private static let parts = ["draft", "video_infos", "generated_media", "canvas_config"]

  /// SHA-256 over what a message may change, 32 bytes.
  ///
  /// The order of members does not count, nor what stands behind `?` in an address: signed addresses
  /// differ from look to look. Numbers count by their digits.
  package var fingerprint: [UInt8] {
    var canonical = CanonicalJSON()
    for part in Self.parts {
      guard let value = document[part], !value.isNothing else { continue }
      canonical.append(part)
      canonical.append(value)
    }
    return canonical.digest()
  }
}

extension JSONValue {
  /// Whether it says no more than a missing member would.
  fileprivate var isNothing: Bool {
    switch self {
    case .null: true
    case .object(let members): members.isEmpty
    case .array(let elements): elements.isEmpty
    default: false
    }
  }
}

/// The bytes of JSON in one order of members, each value with its kind and length before it.
private struct CanonicalJSON {
  private var hash = SHA256()
  private var pending: [UInt8] = []

  consuming func digest() -> [UInt8] {
    hash.update(pending)
    return hash.finalized()
  }

  mutating func append(_ text: String) { append(kind: "s", text.utf8.count, text) }

  mutating func append(_ value: JSONValue) {
    switch value {
    case .null: append(kind: "z", 0, "")
    case .bool(let truth): append(kind: truth ? "t" : "f", 0, "")
    case .number(let text): append(kind: "n", text.utf8.count, text)
    case .string(let text):
      let isAddress =
        text.utf8.starts(with: "http://".utf8) || text.utf8.starts(with: "https://".utf8)
      append(isAddress ? String(text[..<(text.utf8.firstIndex(of: 0x3F) ?? text.endIndex)]) : text)
    case .array(let elements):
      append(kind: "a", elements.count, "")
      for element in elements { append(element) }
    case .object(let members):
      append(kind: "o", members.count, "")
      // Sorted by name, equal names in their order.
      let order = members.indices.sorted {
        (members[$0].name, $0) < (members[$1].name, $1)
      }
      for index in order {
        append(members[index].name)
        append(members[index].value)
      }
    }
  }

  private mutating func append(kind: Unicode.Scalar, _ count: Int, _ text: String) {
    pending.append(UInt8(ascii: kind))
    pending.append(contentsOf: String(count).utf8)
    pending.append(UInt8(ascii: ":"))
    pending.append(contentsOf: text.utf8)
    guard pending.count >= 4096 else { return }
    hash.update(pending)
    pending.removeAll(keepingCapacity: true)
  }
}

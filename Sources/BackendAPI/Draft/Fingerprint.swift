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
  package static func hash(of captions: [CaptionContent]) -> [UInt8] {
    var hash = SHA256()
    var bytes: [UInt8] = []
    for caption in captions {
      append(caption, to: &bytes)
      if bytes.count >= 1 << 14 {
        hash.update(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    hash.update(bytes)
    return hash.finalized()
  }

  /// Whether it says the same as another, just as equal hashes tell it.
  package func saysTheSame(as other: CaptionContent) -> Bool {
    if start != other.start || duration != other.duration { return false }
    if Self.haveSameBytes(text, other.text),
      Self.haveSameBytes(speaker ?? "", other.speaker ?? ""),
      (speaker == nil) == (other.speaker == nil)
    {
      return true
    }
    var (bytes, others): ([UInt8], [UInt8]) = ([], [])
    Self.append(self, to: &bytes)
    Self.append(other, to: &others)
    return bytes == others
  }

  /// Strings are equal too where their bytes differ by their normal form alone.
  private static func haveSameBytes(_ one: String, _ other: String) -> Bool {
    let areSame = one.utf8.withContiguousStorageIfAvailable { ours in
      other.utf8.withContiguousStorageIfAvailable {
        ours.count == $0.count && ours.elementsEqual($0)
      }
    }
    return (areSame ?? nil) ?? one.utf8.elementsEqual(other.utf8)
  }

  private static func append(_ caption: CaptionContent, to bytes: inout [UInt8]) {
    append(caption.start, to: &bytes)
    append(caption.duration, to: &bytes)
    if let speaker = caption.speaker {
      bytes.append(contentsOf: speaker.utf8)
      bytes.append(contentsOf: ": ".utf8)
    }
    appendTrimmed(caption.text, to: &bytes)
    bytes.append(0)
  }

  private static func append(_ time: Milliseconds, to bytes: inout [UInt8]) {
    let letters = InlineArray<8, UInt8> { place in
      UInt8(truncatingIfNeeded: time.rawValue >> Int64(56 - 8 * place))
    }
    letters.span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
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
  private var orders: [(names: [String], order: [Int])] = []
  private static let mostOrders = 8

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
        text.utf8.first == UInt8(ascii: "h")
        && (text.utf8.starts(with: "http://".utf8) || text.utf8.starts(with: "https://".utf8))
      append(isAddress ? String(text[..<(text.utf8.firstIndex(of: 0x3F) ?? text.endIndex)]) : text)
    case .array(let elements):
      append(kind: "a", elements.count, "")
      for element in elements { append(element) }
    case .object(let members):
      append(kind: "o", members.count, "")
      for index in order(of: members) {
        append(members[index].name)
        append(members[index].value)
      }
    }
  }

  /// The members sorted by name, equal names in their order.
  ///
  /// Objects of one kind mostly have the same members: how those are sorted is remembered.
  private mutating func order(of members: [JSONValue.Member]) -> [Int] {
    for (names, order) in orders
    where names.count == members.count && zip(names, members).allSatisfy({ $0 == $1.name }) {
      return order
    }
    let order = members.indices.sorted { (members[$0].name, $0) < (members[$1].name, $1) }
    if orders.count < Self.mostOrders { orders.append((members.map(\.name), order)) }
    return order
  }

  private mutating func append(kind: Unicode.Scalar, _ count: Int, _ text: String) {
    pending.append(UInt8(ascii: kind))
    append(digitsOf: count)
    pending.append(UInt8(ascii: ":"))
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { pending.append(contentsOf: $0) }
    if done == nil { pending.append(contentsOf: text.utf8) }
    guard pending.count >= 4096 else { return }
    hash.update(pending)
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func append(digitsOf count: Int) {
    if count >= 10 { append(digitsOf: count / 10) }
    pending.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: count % 10))
  }
}

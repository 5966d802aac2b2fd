/// A 128-bit identifier, typed by the entity that it names.
///
/// Its text is the canonical form of RFC 9562: 36 characters, lower-case hexadecimal.
public struct Identifier<Entity>: Hashable, Sendable {
  /// The first eight bytes, big-endian; of a version 7 identifier 48 bits of Unix milliseconds lead.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// Creates an identifier from its sixteen bytes as two big-endian words.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads 32 hexadecimal digits, with hyphens anywhere between them; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    // Once for all bytes: in another module's strings each byte would be a call through a table.
    let read = text.utf8.withContiguousStorageIfAvailable { Self(digits: $0.span) }
    guard let identifier = read ?? Self(digits: Array(text.utf8).span) else { return nil }
    self = identifier
  }

  private init?(digits text: Span<UInt8>) {
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "-") { continue }
      guard let value = hexadecimalValue(of: byte), digits < 32 else { return nil }
      if digits < 16 {
        words.0 = words.0 << 4 | UInt64(value)
      } else {
        words.1 = words.1 << 4 | UInt64(value)
      }
      digits += 1
    }
    guard digits == 32 else { return nil }
    self.init(high: words.0, low: words.1)
  }

  /// Names the same 128 bits as an identifier of another entity.
  public func retyped<Other>(as: Other.Type = Other.self) -> Identifier<Other> {
    Identifier<Other>(high: high, low: low)
  }
}

extension Identifier: Comparable {
  /// Whether the left was made earlier, as far as its bytes tell.
  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension Identifier: CustomStringConvertible {
  /// The canonical 36 characters, such as `0193a1c2-9f00-7abc-8def-0123456789ab`.
  public var description: String {
    let text = canonicalText
    return String(unsafeUninitializedCapacity: 36) { buffer in
      for index in text.indices { buffer[index] = text[index] }
      return 36
    }
  }

  /// The canonical 36 characters as ASCII, for writers of bytes: it takes no allocation.
  public var canonicalText: InlineArray<36, UInt8> {
    var text = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
    var position = 0
    for nibble in 0..<32 {
      if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 { position += 1 }
      let word = nibble < 16 ? high : low
      let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - (nibble % 16) * 4)) & 0xF
      text[position] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
      position += 1
    }
    return text
  }
}

func hexadecimalValue(of byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

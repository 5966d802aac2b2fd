/// A writer of one JSON document (RFC 8259), straight into bytes.
///
/// Commas are its business: members and elements are written one after the other. It does not check
/// that objects get only members; its callers' tests read back what they write.
public struct JSONWriter: Sendable {
  /// What was written so far: UTF-8.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Creates a writer of an empty document.
  public init() {}

  /// Writes an object whose members `body` writes.
  public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    open(UInt8(ascii: "{"))
    try body(&self)
    close(UInt8(ascii: "}"))
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
    open(UInt8(ascii: "["))
    try body(&self)
    close(UInt8(ascii: "]"))
  }

  /// Writes the name of a member; its value comes next.
  public mutating func name(_ name: String) {
    comma()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string, or `null`.
  public mutating func value(_ value: String?) {
    comma()
    if let value { quote(value) } else { bytes.append(contentsOf: "null".utf8) }
    needsComma = true
  }

  /// Writes an integer, or `null`.
  public mutating func value(_ value: Int64?) {
    comma()
    if let value { digits(value) } else { bytes.append(contentsOf: "null".utf8) }
    needsComma = true
  }

  /// Writes an integer, or `null`.
  public mutating func value(_ number: Int?) { value(number.map { Int64($0) }) }

  /// Writes a truth value.
  public mutating func value(_ value: Bool) {
    comma()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    needsComma = true
  }

  /// Writes a string that is at hand as valid UTF-8.
  public mutating func string(utf8: Span<UInt8>) {
    comma()
    quote(utf8)
    needsComma = true
  }

  /// Writes a value as it was read, numbers to the letter.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: self.value(String?.none)
    case .bool(let truth): self.value(truth)
    case .number(let text):
      comma()
      bytes.append(contentsOf: text.utf8)
      needsComma = true
    case .string(let text): self.value(text)
    case .array(let elements):
      array { writer in for element in elements { writer.value(element) } }
    case .object(let members):
      object { writer in
        for member in members {
          writer.name(member.name)
          writer.value(member.value)
        }
      }
    }
  }

  /// Writes a line feed between what stands before and what follows, for readers of lines.
  public mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

  /// Makes room for as many bytes in all.
  public mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  /// Takes what was written so far out, to be passed on while writing goes on.
  public mutating func drain() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  private mutating func open(_ bracket: UInt8) {
    comma()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func digits(_ value: Int64) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var start = digits.count
    var rest = value.magnitude
    repeat {
      start -= 1
      digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    append(digits.span, start..<digits.count)
  }

  private mutating func quote(_ text: String) {
    // Where the text is no UTF-8 at hand, as text from Objective-C is not, it is copied first.
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { quote($0.span) }
    if done == nil {
      let copy = Array(text.utf8)
      quote(copy.span)
    }
  }

  private mutating func quote(_ text: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    for index in 0..<text.count {
      let byte = text[index]
      // DEL may stand in a string, but what cleans text files would take it out.
      guard
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
      else { continue }
      append(text, start..<index)
      escape(byte)
      start = index + 1
    }
    append(text, start..<text.count)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    text.extracting(range).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
    case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
    case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
    case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 0xF)])
    }
  }
}

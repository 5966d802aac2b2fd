/// A JSON value (RFC 8259) that keeps what it does not need: the order of members, and every digit.
public enum JSONValue: Hashable, Sendable {
  /// One member of an object; names may repeat.
  public struct Member: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  case null
  case bool(Bool)
  /// A number as it was written, so that none loses precision.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the document.
  case object([Member])
}

extension JSONValue {
  /// The value of the last member of that name; `nil` where there is none or this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The element at an index; `nil` beyond the end or where this is no array.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The string; `nil` for any other kind.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The whole number, also one in a string or with a zero fraction such as `2.0`; else `nil`.
  public var integer: Int64? {
    switch self {
    case .number(let text), .string(let text):
      if let value = Int64(text) { return value }
      return Double(text).flatMap { Int64(exactly: $0) }
    default: return nil
    }
  }

  /// The truth value; `nil` for any other kind.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The elements; `nil` for any other kind.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members; `nil` for any other kind.
  public var object: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// Reads a document.
  ///
  /// - Throws: `JSONError` with the place of the first byte that RFC 8259 does not allow.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  /// The value as a document without white space.
  public var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}

/// Where and why bytes are no JSON document.
public struct JSONError: Error, Hashable, CustomStringConvertible {
  /// The offset of the offending byte from the beginning.
  public var offset: Int
  /// What was expected or is wrong there.
  public var reason: String

  /// The reason and the offset as one sentence.
  public var description: String { "\(reason) at byte \(offset)" }
}

import JSONText

extension JSONValue {
  /// An object with members in the order of writing.
  static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { Member(name: $0.key, value: $0.value) })
  }

  /// A whole number.
  static func whole(_ number: some BinaryInteger) -> JSONValue { .number("\(number)") }

  /// A string, or `null`.
  static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// The same object with one more member; anything else stays as it is.
  func adding(_ name: String, _ value: JSONValue) -> JSONValue {
    guard case .object(var members) = self else { return self }
    members.append(Member(name: name, value: value))
    return .object(members)
  }

  /// The same value with its numbers written in another way, all the way down.
  func rewritingNumbers(_ numbers: AnswerOptions.Numbers) -> JSONValue {
    switch (self, numbers) {
    case (_, .number): self
    case (.number(let text), .string): .string(text)
    case (.number(let text), .fraction):
      text.utf8.allSatisfy({ $0 < 0x3A && $0 != UInt8(ascii: ".") }) ? .number(text + ".0") : self
    case (.array(let elements), _):
      .array(elements.map { $0.rewritingNumbers(numbers) })
    case (.object(let members), _):
      .object(
        members.map {
          Member(name: $0.name, value: $0.value.rewritingNumbers(numbers))
        })
    default: self
    }
  }
}

import JSONText

/// What holds of reading and writing JSON.
enum JSONProperties {
  static func check(_ input: [UInt8]) throws(Violation) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: input)
    } catch {
      try require((0...input.count).contains(error.offset), "an error at byte \(error.offset)")
      return
    }
    let bytes = value.bytes
    // An escape of two bytes may stand for one that is written with six.
    try require(bytes.count <= 6 * input.count + 8, "\(bytes.count) bytes of \(input.count)")
    try require(self.value(bytes) == value, "what was written reads differently")
  }

  /// A document, or `nil` for bytes that are none.
  static func value(_ bytes: [UInt8]) -> JSONValue? {
    // Bytes that are no JSON are the business of `check`.
    try? JSONValue(parsing: bytes)
  }
}

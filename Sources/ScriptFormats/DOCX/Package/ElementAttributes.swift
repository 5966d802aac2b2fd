/// The attributes of an element, valid while its callback runs.
struct ElementAttributes {
  private typealias Pointer = UnsafePointer<UInt8>
  private let values: UnsafePointer<UnsafePointer<UInt8>?>?
  private let count: Int
  private let namespaces: UnsafePointer<UnsafePointer<UInt8>?>?
  private let namespaceCount: Int

  /// Wraps the parser's arrays: five pointers an attribute, two a namespace declaration.
  init(
    values: UnsafePointer<UnsafePointer<UInt8>?>?, count: Int,
    namespaces: UnsafePointer<UnsafePointer<UInt8>?>?, namespaceCount: Int
  ) {
    self.values = values
    self.count = values == nil ? 0 : count
    self.namespaces = namespaces
    self.namespaceCount = namespaces == nil ? 0 : namespaceCount
  }

  /// The value of an attribute by its local name, in whatever namespace; `nil` where missing.
  func string(_ name: StaticString) -> String? {
    guard let bytes = bytes(name) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    // Where entities are not replaced, libxml2 hands an ampersand over as a character reference.
    return text.contains("&#38;") ? Self.withAmpersands(text) : text
  }

  /// Whether an attribute is there with this value.
  func has(_ name: StaticString, _ value: StaticString) -> Bool {
    guard let bytes = bytes(name) else { return false }
    return isEqual(
      UnsafeRawBufferPointer(bytes),
      UnsafeRawBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
  }

  /// The value of a property that is on when it is there, unless it says `0`, `false` or `off`.
  var isOn: Bool { !(has("val", "0") || has("val", "false") || has("val", "off")) }

  /// The namespaces that the element declares: prefix and URI.
  var declaredNamespaces: [(prefix: String, uri: String)] {
    guard let namespaces else { return [] }
    return (0..<namespaceCount).map { index in
      let prefix = namespaces[2 * index].map { String(cString: $0) } ?? ""
      return (prefix, namespaces[2 * index + 1].map { String(cString: $0) } ?? "")
    }
  }

  /// Whether the element declares namespaces.
  var declaresNamespaces: Bool { namespaceCount > 0 }

  private func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard let values else { return nil }
    let length = name.utf8CodeUnitCount
    for index in 0..<count {
      guard let local = values[5 * index], let begin = values[5 * index + 3],
        let end = values[5 * index + 4], Self.equal(local, name.utf8Start, length)
      else { continue }
      return UnsafeBufferPointer(start: begin, count: end - begin)
    }
    return nil
  }

  private static func equal(
    _ zeroTerminated: UnsafePointer<UInt8>, _ name: UnsafePointer<UInt8>, _ length: Int
  ) -> Bool {
    for index in 0..<length where zeroTerminated[index] != name[index] { return false }
    return zeroTerminated[length] == 0
  }

  private static func withAmpersands(_ text: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    let reference = Array("&#38;".utf8)
    var position = 0
    while position < bytes.count {
      if bytes[position...].starts(with: reference) {
        result.append(UInt8(ascii: "&"))
        position += reference.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

import ScriptModel

/// The label that always is one, whatever the name: `[Name]:`, and `[]:` for no speaker.
///
/// `[#]:` is a heading and `[*]:` a direction, with a name behind the mark where they have one.
struct ExplicitLabel {
  var kind: Line.Kind
  /// The name with its escapes; `nil` for no speaker.
  var escapedName: String?
  /// The name as it is shown; `nil` for no speaker.
  var name: String? { escapedName.map { Self.unescaped($0) } }

  /// Reads what stands between the brackets.
  init(_ bytes: [UInt8], _ label: Label) {
    kind = .dialogue
    var start = label.start
    if start < label.end, bytes[start] == UInt8(ascii: "#") || bytes[start] == UInt8(ascii: "*"),
      start + 1 == label.end || bytes[start + 1] == 32
    {
      kind = bytes[start] == UInt8(ascii: "#") ? .heading : .direction
      start = min(label.end, start + 2)
    }
    guard start < label.end else { return }
    escapedName = String(decoding: bytes[start..<label.end], as: UTF8.self)
  }

  /// Writes the label with its colon.
  static func text(kind: Line.Kind, name: String?) -> String {
    let mark = kind == .heading ? "#" : kind == .direction ? "*" : ""
    guard let name else { return "[" + mark + "]:" }
    return "[" + (mark.isEmpty ? "" : mark + " ") + escaped(name) + "]:"
  }

  /// Writes the name between the brackets so that it is read back as it is.
  static func escaped(_ name: String) -> String {
    var result = ""
    for (index, character) in name.unicodeScalars.enumerated() {
      let mustHide = index == 0 && mayMisleadFirst(character)
      if character == "]" || character == "\\" || mustHide { result.append("\\") }
      result.unicodeScalars.append(character == "\n" || character == "\r" ? " " : character)
    }
    return result
  }

  /// `[#]:`, `[*]:` and a time would be read as something else than a name.
  private static func mayMisleadFirst(_ character: Unicode.Scalar) -> Bool {
    character == "#" || character == "*" || character == "-"
      || (character.value >= 48 && character.value <= 57)
  }

  /// Reads what `escaped` wrote.
  static func unescaped(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "\\")) else { return name }
    var result = ""
    var isEscaped = false
    for scalar in name.unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      isEscaped = false
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}

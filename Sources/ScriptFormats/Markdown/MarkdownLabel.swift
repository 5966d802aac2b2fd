import ScriptModel

/// The labels that are written in Markdown: `**Anna:**`, and in brackets what would be none so.
enum MarkdownLabel {
  /// The label of a line that nobody speaks, where others have one.
  static let nobody = Array("**[]:**".utf8)

  /// The label of a speaker, in brackets where it must be or where all are to be.
  static func bytes(_ name: String, isExplicit: Bool) -> [UInt8] {
    let isPlain = !isExplicit && isPlain(name)
    return Array((isPlain ? "**\(name):**" : explicit("", name)).utf8)
  }

  private static func isPlain(_ name: String) -> Bool {
    let bytes = Array("**\(name):** x".utf8)
    guard let label = LabelScanner.scan(bytes, from: 0, to: bytes.count),
      label.form == .emphasised, label.isShort, label.start == 2, label.end == bytes.count - 5
    else { return false }
    return !SpeakerName.traits(of: name).contains(.sound) && !name.utf8.contains(38)
  }

  /// Writes `**[Name]:**` with a backslash before each character that Markdown may take.
  static func explicit(_ mark: String, _ name: String?) -> String {
    var result = "**[" + mark
    if let name {
      if !mark.isEmpty { result += " " }
      for (index, scalar) in name.unicodeScalars.enumerated() {
        let isNumber = index == 0 && scalar.isASCII && isDigit(UInt8(scalar.value))
        if scalar == "\n" || scalar == "\r" {
          result += " "
        } else if isNumber {
          result += "&#\(scalar.value);"
        } else {
          if scalar.isASCII, InlineEmphasis.isPunctuation(UInt8(scalar.value)) { result += "\\" }
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "]:**"
  }

  /// Whether a label is read as that of a speaker, whatever text is behind it and in other rows.
  static func isRead(_ label: [UInt8], as name: String) -> Bool {
    let row = label + Array(" x".utf8)
    guard let head = RowHead(row, TextRow(0..<row.count), boldEnd: nil, counted: false),
      head.kind == .label, head.text == label.count + 1, let found = head.label,
      !isDigit(row[found.start]), row[found.start] != UInt8(ascii: "-")
    else { return false }
    let raw = String(decoding: row[found.start..<found.end], as: UTF8.self)
    switch found.form {
    case .emphasised:
      return found.isShort && !SpeakerName.traits(of: raw).contains(.sound)
        && MarkdownInline.plainName(raw) == name
    case .explicit:
      let mark = ExplicitLabel(row, found)
      return mark.kind == .dialogue && mark.escapedName.map(MarkdownInline.plainName) == name
    case .plain, .bracketed, .parenthesised, .emphasisedOutside: return false
    }
  }
}

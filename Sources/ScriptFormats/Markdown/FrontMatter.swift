import ScriptModel

/// The YAML block at the top of a Markdown file, as far as transcripts use it.
struct FrontMatter {
  var metadata = ScriptDocument.Metadata()
  /// The names under `speakers`.
  var speakers: [String] = []
  /// Where the body begins.
  var end = 0

  /// Reads the block at the beginning of a file; empty where there is none.
  init(_ bytes: [UInt8]) {
    let rows = FrontMatter.rows(bytes)
    guard let rows else { return }
    end = rows.end
    var parent = ""
    for row in rows.texts {
      let isNested = row.hasPrefix(" ") || row.hasPrefix("\t") || row.hasPrefix("-")
      let text = row.drop { $0 == " " || $0 == "\t" }
      if text.isEmpty || text.hasPrefix("#") { continue }
      if isNested, text.hasPrefix("-") {
        take(parent, Self.value(text.dropFirst()))
      } else if let colon = text.firstIndex(of: ":") {
        let key = text[..<colon].lowercased()
        let value = Self.value(text[text.index(after: colon)...])
        if !isNested { parent = key }
        take(isNested ? parent + "." + key : key, value)
      } else {
        metadata.notes.append(String(text))
      }
    }
  }

  private static func rows(_ bytes: [UInt8]) -> (texts: [String], end: Int)? {
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var texts: [String] = []
    var isFirst = true
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
      var row = String(decoding: bytes[position..<end], as: UTF8.self)
      position = end + 1
      if end + 1 < bytes.count, bytes[end] == 13, bytes[end + 1] == 10 { position += 1 }
      while row.last == " " || row.last == "\t" { row.removeLast() }
      if isFirst {
        guard row == "---" else { return nil }
        isFirst = false
      } else if row == "---" || row == "..." {
        return texts.isEmpty ? nil : (texts, min(position, bytes.count))
      } else if texts.count >= 2000 {
        return nil
      } else if texts.isEmpty, !row.contains(":") || row.hasPrefix("*") || row.hasPrefix("\\") {
        return nil
      } else {
        texts.append(row)
      }
    }
    return nil
  }

  private mutating func take(_ key: String, _ value: String) {
    guard !value.isEmpty else { return }
    switch key {
    case "title": metadata.title = value
    case "date": metadata.date = value
    case "media": metadata.media = value
    case "language", "lang": metadata.language = value
    case "kind": metadata.kind = Script.Kind(rawValue: value)
    case "speakers":
      if value.hasPrefix("["), value.hasSuffix("]") {
        for name in value.dropFirst().dropLast().split(separator: ",") {
          speakers.append(Self.value(name))
        }
      } else {
        speakers.append(value)
      }
    case "duration": metadata.duration = Milliseconds(parsing: value)
    case "offbook.script": metadata.scriptID = Script.ID(value)
    case "offbook.project": metadata.projectID = Project.ID(value)
    case "offbook.revision": metadata.revision = Int(value)
    case "notes": metadata.notes.append(value)
    default: metadata.notes.append(key + ": " + value)
    }
  }

  /// A scalar without its quotes.
  private static func value(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text = text.dropLast() }
    guard let quote = text.first, quote == "\"" || quote == "'", text.count >= 2,
      text.last == quote
    else { return String(text) }
    let inner = text.dropFirst().dropLast()
    guard quote == "\"" else {
      var result = ""
      var wasQuote = false
      for character in inner {
        if character == "'", wasQuote {
          wasQuote = false
          continue
        }
        wasQuote = character == "'"
        result.append(character)
      }
      return result
    }
    var result = ""
    var isEscaped = false
    for scalar in inner.unicodeScalars {
      if isEscaped {
        result.unicodeScalars.append(scalar == "n" ? "\n" : scalar == "t" ? "\t" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Writes the block for a document; empty where it says nothing of itself.
  static func text(_ document: ScriptDocument, speakers: Bool) -> String {
    let metadata = document.metadata
    var rows: [String] = []
    if let title = metadata.title { rows.append("title: " + quoted(title)) }
    if let date = metadata.date { rows.append("date: " + quoted(date)) }
    if let media = metadata.media { rows.append("media: " + quoted(media)) }
    if let language = metadata.language { rows.append("language: " + quoted(language)) }
    if let kind = metadata.kind { rows.append("kind: " + kind.rawValue) }
    if let duration = metadata.duration { rows.append("duration: " + duration.timecode()) }
    if speakers, !document.speakers.isEmpty {
      rows.append("speakers:")
      for name in document.speakers { rows.append("  - " + quoted(name)) }
    }
    if !metadata.notes.isEmpty {
      rows.append("notes:")
      for note in metadata.notes { rows.append("  - " + quoted(note)) }
    }
    if metadata.scriptID != nil || metadata.projectID != nil || metadata.revision != nil {
      rows.append("offbook:")
      if let id = metadata.scriptID { rows.append("  script: \(id)") }
      if let id = metadata.projectID { rows.append("  project: \(id)") }
      if let revision = metadata.revision { rows.append("  revision: \(revision)") }
    }
    return rows.isEmpty ? "" : "---\n" + rows.joined(separator: "\n") + "\n---\n\n"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n", "\r": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

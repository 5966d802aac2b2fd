import JSONText
import ScriptModel

/// Turns that a reply gives as records and not as text: the rows of a Markdown table, JSON objects.
enum ReplyRecords {
  /// What a field of a record is for.
  private enum Role: Hashable {
    case speaker, text, start, end
  }

  /// The usual names of fields, in lower case.
  private static let roles: [String: Role] = {
    let names: [Role: [String]] = [
      .speaker: [
        "speaker", "speaker name", "speaker_name", "name", "who", "character", "role",
        "说话人", "发言人", "讲者", "角色", "人物",
      ],
      .text: [
        "text", "content", "transcript", "dialogue", "dialog", "line", "words", "speech",
        "script", "spoken text", "内容", "台词", "文本", "对白", "字幕",
      ],
      .start: [
        "start", "start time", "start_time", "time", "timestamp", "timecode", "from", "begin",
        "时间", "开始", "开始时间", "时间戳",
      ],
      .end: ["end", "end time", "end_time", "to", "until", "结束", "结束时间"],
    ]
    var roles: [String: Role] = [:]
    for (role, words) in names { for word in words { roles[word] = role } }
    return roles
  }()

  // MARK: - Tables

  /// The turns of the tables of a reply; `nil` where none has a column of words.
  static func table(in reply: String) -> ScriptDocument? {
    var document = ScriptDocument()
    var columns: [Role?]?
    for row in reply.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      guard var cells = cells(of: row) else {
        columns = nil
        continue
      }
      guard let known = columns else {
        let found = cells.map { roles[plain($0).lowercased()] }
        if found.contains(.text) { columns = found }
        continue
      }
      if cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) { continue }
      if cells.count > known.count, known.last == .text {
        // A bar in the words of the last column was not escaped.
        cells[known.count - 1] = cells[(known.count - 1)...].joined(separator: "|")
      }
      var fields: [Role: String] = [:]
      for (role, cell) in zip(known, cells) {
        if let role, fields[role] == nil { fields[role] = plain(cell) }
      }
      add(fields, to: &document)
    }
    return document.entries.isEmpty ? nil : document
  }

  /// The cells of a row of a table; `nil` for a row that is none.
  private static func cells(of row: Substring) -> [String]? {
    let row = row.drop { $0 == " " }
    guard row.first == "|" else { return nil }
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for letter in row.dropFirst() {
      if letter == "|", !isEscaped {
        cells.append(cell)
        cell = ""
      } else if letter == "|" {
        cell.removeLast()
        cell.append(letter)
      } else {
        cell.append(letter)
      }
      isEscaped = letter == "\\" && !isEscaped
    }
    if cell.contains(where: { $0 != " " }) { cells.append(cell) }
    return cells
  }

  /// A cell without white space around it, emphasis and breaks.
  private static func plain(_ cell: String) -> String {
    var text = cell.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    for (mark, instead) in [("**", ""), ("__", ""), ("`", ""), ("<br>", " "), ("<br/>", " ")] {
      text = text.split(separator: mark, omittingEmptySubsequences: false).joined(
        separator: instead)
    }
    return text
  }

  // MARK: - JSON

  /// The turns of JSON texts: objects in arrays, which may be members of an object.
  static func objects(in texts: [String]) -> ScriptDocument? {
    var document = ScriptDocument()
    for text in texts {
      // What is no JSON is read as something else.
      guard let value = try? JSONValue(parsing: Array(text.utf8)) else { continue }
      let lists = [value.array] + (value.object ?? []).map(\.value.array)
      for record in lists.compactMap(\.self).joined() {
        var fields: [Role: String] = [:]
        for member in record.object ?? [] {
          guard let role = roles[member.name.lowercased()], fields[role] == nil else { continue }
          fields[role] = string(member.value, for: role)
        }
        add(fields, to: &document)
      }
    }
    return document.entries.isEmpty ? nil : document
  }

  /// A string, or a number: seconds, or which speaker it is.
  private static func string(_ value: JSONValue, for role: Role) -> String? {
    guard case .number(let digits) = value else { return value.string }
    return switch role {
    case .start, .end: digits
    case .speaker: "Speaker \(digits)"
    case .text: nil
    }
  }

  // MARK: - Turns

  private static func add(_ fields: [Role: String], to document: inout ScriptDocument) {
    guard let text = fields[.text], text.contains(where: { !$0.isWhitespace }) else { return }
    let speaker = fields[.speaker].flatMap { name in
      let name = name.hasSuffix(":") ? String(name.dropLast()) : name
      return name.contains { !$0.isWhitespace } ? name : nil
    }
    var (start, end) = times(of: fields[.start] ?? "")
    if let own = fields[.end] { end = times(of: own).start }
    if let from = start, let to = end, to < from { end = nil }
    document.append(text, speaker: speaker, start: start, end: start == nil ? nil : end)
  }

  /// A time, or two with a dash or an arrow in between; a dash parts only times with colons.
  private static func times(of text: String) -> (start: Milliseconds?, end: Milliseconds?) {
    let marks = text.contains(":") ? "-–—→> []()" : " []()"
    let times = text.split { marks.contains($0) }.prefix(2).map { word in
      Milliseconds(parsing: word).flatMap { $0 < Milliseconds(0) ? nil : $0 }
    }
    return (times.first ?? nil, times.count > 1 ? times[1] : nil)
  }
}

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
    for row in reply.split(whereSeparator: \.isNewline) {
      guard let cells = cells(of: row) else {
        columns = nil
        continue
      }
      guard let known = columns else {
        let found = cells.map { roles[plain($0).lowercased()] }
        if found.contains(.text) { columns = found }
        continue
      }
      if cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) { continue }
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

  /// The turns of a JSON text: objects in an array, which may be a member of an object.
  static func objects(in text: String) -> ScriptDocument? {
    // What is no JSON is read as something else.
    guard let value = try? JSONValue(parsing: Array(text.utf8)) else { return nil }
    var lists = [value.array].compactMap(\.self)
    for member in value.object ?? [] { if let list = member.value.array { lists.append(list) } }
    for list in lists {
      var document = ScriptDocument()
      for record in list {
        var fields: [Role: String] = [:]
        for member in record.object ?? [] {
          guard let role = roles[member.name.lowercased()], fields[role] == nil else { continue }
          fields[role] = string(member.value, for: role)
        }
        add(fields, to: &document)
      }
      if !document.entries.isEmpty { return document }
    }
    return nil
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
    var times = (fields[.start] ?? "").split { "-–—→> []".contains($0) }.map(String.init)
    if let end = fields[.end] { times = times.prefix(1) + [end] }
    document.append(
      text, speaker: speaker, start: times.first.flatMap { Milliseconds(parsing: $0) },
      end: times.dropFirst().first.flatMap { Milliseconds(parsing: $0) })
  }
}

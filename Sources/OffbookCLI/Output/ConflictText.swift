import Offbook
import ScriptModel

/// A conflict as a person reads it: where, who, both values with the words that differ, the way out.
struct ConflictText {
  let style: Style
  /// The columns to wrap at; `nil` wraps nothing.
  let width: Int?

  /// What a conflict is about, such as `the text of line 12`.
  static func subject(of details: ConflictDetails) -> String {
    let line = details.number.map { "line \($0)" } ?? "a line that is gone"
    switch details.conflict.field {
    case .text: return "the text of \(line)"
    case .speaker: return "the speaker of \(line)"
    case .start: return "the start of \(line)"
    case .end: return "the end of \(line)"
    case .kind: return "the kind of \(line)"
    case .order: return "the place of \(line)"
    case .existence: return details.conflict.base == nil ? "what is at \(line)" : "\(line)"
    case .speakerName: return "the name of a speaker"
    case .timing: return "the times from \(line) on"
    }
  }

  private static func title(of details: ConflictDetails) -> String {
    guard details.conflict.field == .existence else {
      let subject = subject(of: details)
      return subject.prefix(1).uppercased() + subject.dropFirst() + ": both sides changed it"
    }
    let line = details.number.map { "Line \($0)" } ?? "A line that is gone"
    if details.conflict.base != nil {
      return line
        + (details.ours == nil ? ": deleted here, edited there" : ": edited here, deleted there")
    }
    return details.ours != nil && details.theirs != nil
      ? line + ": both sides added lines here" : line + ": added behind a line that is gone"
  }

  /// The rows of a conflict, without line feeds.
  ///
  /// - Parameter identifier: the beginning of its id that names it.
  func rows(of details: ConflictDetails, identifier: String) -> [String] {
    var rows = [style.bold(Self.title(of: details))]
    let facts = facts(of: details)
    if !facts.isEmpty { rows.append("  " + style.dim(facts.joined(separator: " · "))) }
    if !isOfText(details), let text = details.line?.text {
      rows.append("  " + style.dim("“" + shortened(VisibleText.row(text)) + "”"))
    }
    rows += values(of: details)
    rows += commands(identifier, details)
    return rows
  }

  private func facts(of details: ConflictDetails) -> [String] {
    if details.conflict.field == .speakerName {
      return details.number.map { ["first in line \($0)"] } ?? []
    }
    var facts: [String] = []
    if let name = details.speakerName { facts.append(VisibleText.row(name)) }
    if let start = details.line?.start { facts.append(start.timecode()) }
    return facts
  }

  private func isOfText(_ details: ConflictDetails) -> Bool {
    details.conflict.field == .text || details.conflict.field == .existence
      || details.conflict.field == .speakerName
  }

  private func shortened(_ text: String) -> String {
    TextWidth.truncated(text, to: max(20, (width ?? 80) - 4))
  }

  // MARK: - Values

  private static let labelWidth = 8

  private func values(of details: ConflictDetails) -> [String] {
    let none = details.conflict.field == .existence ? "(not there)" : "(none)"
    let base = details.base ?? (details.conflict.field == .existence ? nil : none)
    let (ours, theirs) = (details.ours ?? none, details.theirs ?? none)
    var rows: [String] = []
    if let base {
      rows += wrapped("base", [WordDifference.Piece(text: base, isChanged: false)], .base)
    }
    let isText = details.conflict.field == .text || details.conflict.field == .existence
    let start = isText ? details.base : nil
    let ourStart = start ?? (isText ? details.theirs : nil)
    let theirStart = start ?? (isText ? details.ours : nil)
    rows += wrapped("ours", pieces(of: details.ours, against: ourStart) ?? plain(ours), .ours)
    rows += wrapped(
      "theirs", pieces(of: details.theirs, against: theirStart) ?? plain(theirs), .theirs)
    return rows
  }

  private func plain(_ text: String) -> [WordDifference.Piece] {
    [WordDifference.Piece(text: text, isChanged: false)]
  }

  /// A value with the words marked that the base does not have.
  private func pieces(of value: String?, against base: String?) -> [WordDifference.Piece]? {
    guard let value, let base else { return nil }
    return joined(WordDifference.pieces(before: base, after: value).after)
  }

  /// Makes changed words with blanks between them one run, without a blank at its end.
  private func joined(_ pieces: [WordDifference.Piece]) -> [WordDifference.Piece] {
    var result: [WordDifference.Piece] = []
    for (index, piece) in pieces.enumerated() {
      let isBridge =
        !piece.isChanged && piece.text.allSatisfy { $0 == " " } && index > 0
        && index + 1 < pieces.count
      if let last = result.last, last.isChanged, isBridge || piece.isChanged {
        result[result.count - 1].text += piece.text
      } else {
        result.append(piece)
      }
    }
    return result.flatMap { piece in
      guard piece.isChanged, let end = piece.text.lastIndex(where: { $0 != " " }) else {
        return [piece]
      }
      let words = piece.text[...end]
      let blanks = piece.text[piece.text.index(after: end)...]
      let run = WordDifference.Piece(text: String(words), isChanged: true)
      return blanks.isEmpty
        ? [run] : [run, WordDifference.Piece(text: String(blanks), isChanged: false)]
    }
  }

  private enum Side {
    case base, ours, theirs
  }

  /// A value behind its label, wrapped; changed words by colour, else in `{+…+}`.
  private func wrapped(
    _ label: String, _ pieces: [WordDifference.Piece], _ side: Side
  ) -> [String] {
    let marks = pieces.map { piece in
      piece.isChanged && !style.isOn ? "{+" + piece.text + "+}" : piece.text
    }
    let limit = width.map { max(20, $0 - Self.labelWidth - 2) }
    let rows = TextWrapping.rows(of: VisibleText.block(marks.joined()), width: limit)
    let changed = style.isOn ? changedFlags(pieces) : []
    var position = 0
    let title = label + String(repeating: " ", count: Self.labelWidth - label.count)
    let space = String(repeating: " ", count: Self.labelWidth)
    return rows.enumerated().map { index, row in
      let shown = style.isOn ? colored(row, changed, &position, side) : row
      return "  " + (index == 0 ? style.dim(title) : space) + shown
    }
  }

  /// For each character that is no white space whether it is in a changed piece.
  private func changedFlags(_ pieces: [WordDifference.Piece]) -> [Bool] {
    pieces.flatMap { piece in
      VisibleText.block(piece.text).filter { !$0.isWhitespace }.map { _ in piece.isChanged }
    }
  }

  /// Colours the changed words of one row; rows differ from the value by white space alone.
  private func colored(
    _ row: String, _ changed: [Bool], _ position: inout Int, _ side: Side
  ) -> String {
    if side == .base { return style.dim(row) }
    var result = ""
    var run = ""
    var isChanged = false
    func flush() {
      result += isChanged ? (side == .ours ? style.cyan(run) : style.yellow(run)) : run
      run = ""
    }
    for character in row {
      if !character.isWhitespace {
        let next = position < changed.count && changed[position]
        position += 1
        if next != isChanged {
          flush()
          isChanged = next
        }
      }
      run.append(character)
    }
    flush()
    return result
  }

  // MARK: - The way out

  private func commands(_ identifier: String, _ details: ConflictDetails) -> [String] {
    let call = "offbook resolve \(identifier)"
    let isBoth =
      details.conflict.field == .existence && details.conflict.base == nil
      && details.ours != nil && details.theirs != nil
    let isDeletion = details.conflict.field == .existence && !isBoth
    let third = isBoth ? "--both" : "--text \"…\""
    let labels = [
      isDeletion && details.ours == nil ? "delete" : "keep",
      isDeletion ? (details.theirs == nil ? "delete" : "keep") : "take",
      isBoth ? "both" : "write",
    ]
    return zip(labels, ["--ours", "--theirs", third]).map { label, option in
      let space = String(repeating: " ", count: Self.labelWidth - label.count)
      return "  " + style.dim(label) + space + call + " " + option
    }
  }
}

extension Console {
  /// Writes conflicts one below the other, and how many there are.
  func conflicts(
    _ conflicts: [ConflictDetails], ofSeveralScripts: Bool, title: (Script.ID) -> String
  ) {
    let text = ConflictText(style: outStyle, width: width)
    let ids = ShortIdentifiers(conflicts.map(\.conflict.id.description))
    var last: Script.ID?
    for (index, conflict) in conflicts.enumerated() {
      if index > 0 { line("") }
      if ofSeveralScripts, conflict.conflict.scriptID != last {
        last = conflict.conflict.scriptID
        line(outStyle.bold("Script '\(VisibleText.row(title(conflict.conflict.scriptID)))'"))
        line("")
      }
      let id = ids.short(conflict.conflict.id.description)
      for row in text.rows(of: conflict, identifier: id) { line(row) }
    }
    let verb = conflicts.count == 1 ? "waits" : "wait"
    note("\(counted(conflicts.count, "conflict")) \(verb) for a decision.")
  }
}

extension Console {
  /// Tells that conflicts wait, where some do.
  func noteConflicts(_ count: Int) {
    guard count > 0 else { return }
    let verb = count == 1 ? "waits" : "wait"
    note("\(counted(count, "conflict")) \(verb) for a decision: see 'offbook conflicts'.")
  }
}

extension Invocation {
  /// The lines of a script with conflicts that wait for a decision.
  func linesInConflict(of script: ScriptSummary) throws -> Set<Line.ID> {
    if script.conflictCount == 0 { return [] }
    return Set(try workspace().conflicts(of: script.id).map(\.conflict.lineID))
  }
}

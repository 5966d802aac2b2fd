package import ScriptModel

/// Why the edit form can't be read, and where.
package struct EditFormError: Error, Hashable {
  /// The row in the form, from 1.
  package var row: Int
  /// What is wrong there, as a sentence without its full stop.
  package var reason: String
}

/// Reads the form that `EditFormWriter` writes after a person has edited it.
package enum EditFormReader {
  /// Reads UTF-8 with any line ends.
  ///
  /// A label that is not in the cast becomes a speaker by the rules of `SpeakerDetection`; one that
  /// does not is kept as text, with a finding.
  ///
  /// - Throws: `EditFormError` for bytes that are not UTF-8 and for a time that can't be read.
  package static func read(
    _ bytes: [UInt8], cast: [String]
  ) throws(EditFormError) -> ScriptDocument {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw EditFormError(row: 1, reason: "The file is not UTF-8")
    }
    var reader = Reader(names: Set(cast))
    var number = 0
    for row in text.utf8.rows {
      number += 1
      try reader.take(Substring(row), number: number)
    }
    reader.endBlock()
    var document = reader.document
    let literal = reader.literalEntries
    hideLabels(of: literal, in: &document)
    return document

    // Entries whose first row was escaped have no label, whatever they begin with.
    func hideLabels(of literal: Set<Int>, in document: inout ScriptDocument) {
      let kept = document.entries
      for index in kept.indices where literal.contains(index) || kept[index].kind != .dialogue {
        document.entries[index].text = 0..<0
      }
      SpeakerDetection.apply(to: &document, cast: cast)
      for index in kept.indices where literal.contains(index) || kept[index].kind != .dialogue {
        document.entries[index].text = kept[index].text
      }
    }
  }
}

private struct Reader {
  let names: Set<String>
  var document = ScriptDocument()
  var literalEntries: Set<Int> = []
  private var block: [Substring] = []
  private var lead = Lead()
  private var isOpen = false

  struct Lead {
    var kind = Line.Kind.dialogue
    var speaker: String?
    var start: Milliseconds?
    var end: Milliseconds?
    var isLiteral = false
  }

  init(names: Set<String>) { self.names = names }

  mutating func take(_ row: Substring, number: Int) throws(EditFormError) {
    if row.begins(with: "#") { return }
    if row.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      endBlock()
    } else if isOpen {
      block.append(row.begins(with: "\\") ? row.withoutFirst : row)
    } else {
      isOpen = true
      block = [try beginning(row, number: number)]
    }
  }

  mutating func endBlock() {
    guard isOpen else { return }
    if lead.isLiteral { literalEntries.insert(document.entries.count) }
    document.append(
      block.joined(separator: "\n"), kind: lead.kind, speaker: lead.speaker, start: lead.start,
      end: lead.end)
    isOpen = false
    lead = Lead()
  }

  /// Takes times, kind and speaker from the first row of a block and gives the text behind them.
  private mutating func beginning(
    _ row: Substring, number: Int
  ) throws(EditFormError) -> Substring {
    var rest = row
    switch EditFormRow.timeBracket(rest) {
    case .none: break
    case .broken(let reason): throw EditFormError(row: number, reason: reason)
    case .times(let start, let end, let text):
      lead.start = start
      lead.end = end
      rest = text
    }
    if let text = taking(EditFormRow.headingMark, from: rest) {
      lead.kind = .heading
      rest = text
    } else if let text = taking(EditFormRow.directionMark, from: rest) {
      lead.kind = .direction
      rest = text
    }
    if let label = EditFormRow.explicitLabel(rest) ?? EditFormRow.plainLabel(rest, names: names) {
      lead.speaker = String(EditFormRow.trimmed(label.name))
      rest = label.text
    }
    if rest.begins(with: "\\") {
      lead.isLiteral = true
      return rest.withoutFirst
    }
    return rest
  }

  private func taking(_ mark: String, from row: Substring) -> Substring? {
    if row.utf8.starts(with: mark.utf8) {
      return Substring(row.unicodeScalars.dropFirst(mark.unicodeScalars.count))
    }
    return row == mark.dropLast() ? row.suffix(0) : nil
  }
}

extension Substring.UTF8View {
  /// The rows between CR, LF and CRLF.
  var rows: [Self] {
    var rows: [Self] = []
    var start = startIndex
    var position = startIndex
    while position < endIndex {
      let byte = self[position]
      let next = index(after: position)
      guard byte == 0x0A || byte == 0x0D else {
        position = next
        continue
      }
      rows.append(self[start..<position])
      start = byte == 0x0D && next < endIndex && self[next] == 0x0A ? index(after: next) : next
      position = start
    }
    if start < endIndex { rows.append(self[start...]) }
    return rows
  }
}

extension String.UTF8View {
  /// The rows between CR, LF and CRLF.
  var rows: [Substring.UTF8View] { self[...].rows }
}

package import ScriptModel

/// Markdown: YAML front matter, then `**Anna:** text` with a blank line between turns.
///
/// Times on request as `\[00:04:01\]`, with ` --> ` and the end where it is not the next start.
/// Not held: the ids of lines and speakers; times where they are not asked for.
package enum MarkdownWriter {
  /// Writes every line; only with labels in brackets on all is it sure to be read back the same.
  package static func write(
    _ document: ScriptDocument, options: WriteOptions, isGuarded: Bool
  ) -> [UInt8] {
    var body = MarkdownBody(
      document, options.speakers, options.times ?? false, isExplicit: isGuarded)
    return body.write()
  }
}

/// The turns of a file.
private struct MarkdownBody {
  let document: ScriptDocument
  let mode: WriteOptions.Speakers
  let times: Bool
  /// Whether every line gets a label in brackets, so that nothing is left to recognition.
  let isExplicit: Bool
  private let labels: [[UInt8]]
  private var output: [UInt8]
  private var marks = MarkdownMarks()

  init(
    _ document: ScriptDocument, _ mode: WriteOptions.Speakers, _ times: Bool, isExplicit: Bool
  ) {
    self.document = document
    self.mode = mode
    self.times = times
    self.isExplicit = isExplicit
    labels = document.speakers.map { MarkdownLabel.bytes($0, isExplicit: isExplicit) }
    output = Array(FrontMatter.text(document, speakers: mode != .none).utf8)
  }

  mutating func write() -> [UInt8] {
    output.reserveCapacity(document.text.count * 5 / 4)
    let isLabelled = mode != .none && !document.speakers.isEmpty || isExplicit
    var last: Int?
    var hasLast = false
    for index in document.entries.indices {
      let entry = document.entries[index]
      if index > 0 { output.append(10) }
      let time = times ? timeText(index) : ""
      if entry.kind != .dialogue {
        writeMarked(entry, time)
        continue
      }
      let speaker = mode == .none ? nil : entry.speaker
      let isSame = mode == .change && hasLast && last == speaker && !isExplicit
      if isSame && isLabelled {
        if time.isEmpty { output.append(contentsOf: MarkdownGrammar.lineMark + [10, 10]) }
        output.append(contentsOf: time.utf8)
      } else {
        output.append(contentsOf: time.utf8)
        if isLabelled {
          output.append(contentsOf: speaker.map { labels[$0] } ?? MarkdownLabel.nobody)
          if !entry.text.isEmpty { output.append(32) }
        }
      }
      MarkdownInline.write(
        document.text, entry.text, paragraphs: isLabelled, marks: &marks, to: &output)
      output.append(10)
      last = speaker
      hasLast = true
    }
    return output
  }

  private func timeText(_ index: Int) -> String {
    guard let text = TimeText.text(document, index) else { return "" }
    return "\\[" + text + "\\] "
  }

  private mutating func writeMarked(_ entry: ScriptDocument.Entry, _ time: String) {
    let text = document.text[entry.text]
    let isPlain = entry.speaker == nil && time.isEmpty && !text.isEmpty && !isExplicit
    if isPlain {
      output.append(contentsOf: (entry.kind == .heading ? "## " : "*(").utf8)
    } else {
      let name = mode == .none ? nil : entry.speaker.map { document.speakers[$0] }
      let mark = entry.kind == .heading ? "#" : "*"
      output.append(contentsOf: (time + MarkdownLabel.explicit(mark, name)).utf8)
      if !text.isEmpty { output.append(32) }
    }
    MarkdownInline.write(
      document.text, entry.text, paragraphs: false, oneRow: isPlain, marks: &marks,
      to: &output)
    if isPlain, entry.kind == .direction { output.append(contentsOf: ")*".utf8) }
    output.append(10)
  }
}

package import ScriptModel

/// The plain form in which a whole script is opened in an editor.
///
/// A block of rows is a line, a blank row stands between blocks:
///
///     # Rows that begin with '#' are not part of the script.
///
///     == The kitchen
///
///     [00:00:02.600 --> 00:00:05.900] Anna: How long have you kept the light?
///     All this time?
///
///     ~ Rain against the glass.
///
/// `==` begins a heading, `~` a direction. A backslash at the beginning of a row makes what follows
/// plain text; alone in its row it is a blank row of the text.
package enum EditFormWriter {
  /// Writes a script as UTF-8 with `\n` ends.
  ///
  /// - Parameter cast: the names whose labels the reader takes for speakers.
  package static func write(_ script: Script, cast: [String]) -> [UInt8] {
    var form = Form(names: Set(cast))
    var speakers: [Speaker.ID: String] = [:]
    for speaker in script.speakers { speakers[speaker.id] = speaker.name }
    form.introduction(of: script)
    for line in script.lines {
      form.block(line, speaker: line.speaker.flatMap { speakers[$0] })
    }
    return form.bytes
  }
}

private struct Form {
  let names: Set<String>
  var bytes: [UInt8] = []

  mutating func row(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func introduction(of script: Script) {
    row("# \(script.title)")
    row("#")
    row(
      "# One block is one line: [start --> end] Speaker: text. A blank row stands between blocks.")
    row("# '== ' begins a heading and '~ ' a direction; '[Name]: ' makes any name a speaker.")
    row("# Rows that begin with '#' are left out; to keep one, put a backslash before it.")
  }

  mutating func block(_ line: Line, speaker: String?) {
    row("")
    var lead = ""
    if line.start != nil || line.end != nil {
      let start = line.start.map { $0.timecode() } ?? ""
      let end = line.end.map { " --> " + $0.timecode() } ?? ""
      lead = "[\(start)\(end)] "
    }
    switch line.kind {
    case .heading: lead += "== "
    case .direction: lead += "~ "
    case .dialogue: break
    }
    if let speaker { lead += label(speaker) }
    for (index, text) in line.text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let isFirst = index == 0
      let follows = isFirst && !lead.isEmpty
      let escaped =
        text.isEmpty && !follows
        || isFirst
          && EditFormRow.needsEscape(atBeginning: text, afterSpeaker: speaker != nil)
        || !isFirst && EditFormRow.needsEscape(inside: text)
      row((isFirst ? lead : "") + (escaped ? "\\" : "") + text)
    }
  }

  private func label(_ name: String) -> String {
    // A name that begins like a remark, a mark or a bracket would be read as that.
    let isPlain =
      names.contains(name) && !name.contains(":")
      && !EditFormRow.needsEscape(atBeginning: name[...], afterSpeaker: false)
    return isPlain ? "\(name): " : "[\(name)]: "
  }
}

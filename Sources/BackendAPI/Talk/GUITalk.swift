/// What an instruction to a person at a screen means to somebody who has none.
package enum GUIAction: Hashable, Sendable {
  /// The export workflow.
  case export
  /// The balance.
  case credits
  /// A file for the session.
  case upload
  /// The state, read and shown.
  case state
  /// The tracks in one line.
  case summary
  /// A message with the instruction, which the agent is to carry out itself.
  case edit(String)
}

/// Tells what the agent says of the content from its instructions to a person at a screen.
///
/// It goes sentence by sentence. What stands in a code fence, under a time or behind a speaker's
/// label is content whatever it says, and so is what stands in quotes. Of a sentence that first says
/// something of its own ("I added a title, and you can preview it in the timeline") that is kept.
/// Words that come in pieces are given out row by row.
package struct GUITalk: Sendable {
  /// What is shown of some words, and what is to be done.
  package struct Reading: Hashable, Sendable {
    /// The words without the instructions.
    package var shown: String
    /// What the instructions mean, in their order.
    package var actions: [GUIAction]

    /// Creates a reading from its parts.
    package init(shown: String = "", actions: [GUIAction] = []) {
      self.shown = shown
      self.actions = actions
    }
  }

  private var pending = ""
  private var isInFence = false
  private var isInTurn = false
  private var wasBlank = true

  /// Creates a reader of a reply from its beginning.
  package init() {}

  /// Reads a whole reply.
  package static func reading(of text: String) -> Reading {
    var talk = GUITalk()
    var reading = talk.feed(text)
    let rest = talk.finish()
    reading.shown += rest.shown
    reading.actions += rest.actions
    while reading.shown.last?.isWhitespace == true { reading.shown.removeLast() }
    return reading
  }

  /// Takes words in and gives what can be told of them: whole rows.
  package mutating func feed(_ words: String) -> Reading {
    pending += words
    // Looking through all that is pending for each of many small pieces would take quadratic time.
    guard words.utf8.contains(0x0A), let end = pending.utf8.lastIndex(of: 0x0A) else {
      return Reading()
    }
    let rows = String(pending[..<end])
    pending = String(pending[pending.utf8.index(after: end)...])
    var reading = Reading()
    for row in rows.split(separator: "\n", omittingEmptySubsequences: false) {
      absorb(row, end: "\n", into: &reading)
    }
    return reading
  }

  /// Ends the reply and gives what is left.
  package mutating func finish() -> Reading {
    var reading = Reading()
    let last = pending
    pending = ""
    if !last.isEmpty { absorb(last[...], end: "", into: &reading) }
    return reading
  }

  private mutating func absorb(_ row: Substring, end: String, into reading: inout Reading) {
    if isContent(row) {
      show(String(row), end, in: &reading)
      return
    }
    var kept = GUISentences.split(row).reduce(into: "") { kept, sentence in
      guard let instruction = GUIInstruction(sentence) else {
        kept += sentence
        return
      }
      if let action = instruction.action, reading.actions.last != action {
        reading.actions.append(action)
      }
      kept += instruction.kept
    }
    // A row of which nothing is left goes; one that was empty stays.
    let isEmpty = !kept.contains { $0.isLetter || $0.isNumber }
    if isEmpty, row.contains(where: { $0.isLetter || $0.isNumber }) { return }
    if kept != row {
      while kept.last == " " { kept.removeLast() }
    }
    show(kept, end, in: &reading)
  }

  private mutating func show(_ row: String, _ end: String, in reading: inout Reading) {
    let isBlank = row.allSatisfy(\.isWhitespace)
    // Rows that went leave no gap of two empty rows behind.
    if isBlank, wasBlank, !isInFence { return }
    wasBlank = isBlank
    reading.shown += row + end
  }

  /// Whether a row is told as it stands: in a fence, under a time, or behind a speaker's label.
  private mutating func isContent(_ row: Substring) -> Bool {
    let text = row.drop { $0 == " " || $0 == "\t" }
    if text.hasPrefix("```") || text.hasPrefix("~~~") {
      isInFence.toggle()
      return true
    }
    if isInFence { return true }
    if text.allSatisfy(\.isWhitespace) {
      isInTurn = false
      return false
    }
    if Self.beginsWithTime(text) {
      isInTurn = true
      return true
    }
    if let label = SpeakerLabel(atBeginningOf: String(text)), !Self.introduces(label.name) {
      return true
    }
    return isInTurn
  }

  /// Labels of advice rather than of speech.
  private static func introduces(_ name: String) -> Bool {
    let words = TalkWords.words(of: name)
    let advice: Set<String> = [
      "next", "to", "export", "preview", "how", "what", "option", "options", "steps", "then",
      "edit",
      "here", "now", "finally", "first", "second", "third", "you", "also", "alternatively", "done",
    ]
    return words.first.map(advice.contains) ?? false || name.contains("步") || name.contains("您")
  }

  /// Whether a row begins with a clock's time, bracketed or bare, as transcripts and captions do.
  private static func beginsWithTime(_ row: Substring) -> Bool {
    let text = row.drop { "[(-*• ".contains($0) }
    let clock = text.prefix { $0.isASCII && ($0.isNumber || ":.,".contains($0)) }
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 2 && parts.allSatisfy { $0.first?.isNumber == true }
  }
}

/// Puts the agent's words together from its events, each once.
///
/// Pieces are joined. A whole that repeats pieces takes their place: they are told by their words,
/// since ids and authors do not tell them on all servers. Of two agents that speak at once the pieces
/// may be mixed. A whole that repeats nothing is a paragraph of its own.
package struct ReplyAssembler: Sendable {
  /// How many wholes may pass by pieces before those are taken as words of their own.
  private static let mostWholesPassed = 8

  private struct Paragraph {
    /// The pieces that are not yet repeated by a whole; empty for settled words.
    var pieces: [String]
    /// The settled words.
    var text: String
    var wholesPassed = 0
  }

  private var paragraphs: [Paragraph] = []
  /// No paragraph before this one waits for its whole: of a million wholes each looks at few.
  private var firstOpen = 0
  /// Whether the next piece begins a paragraph: a tool was used, or a whole came.
  private var isBroken = true
  /// The last whole, until a piece or a tool comes: some servers repeat an event.
  private var lastWhole: String?
  private var tail = TemporaryIssueHold()
  private var hasShown = false

  /// The failure that the agent reported, the last of several.
  package private(set) var failure: ServiceError?

  /// Creates an assembler of an answer from its first event.
  package init() {}

  /// Whether any words came.
  package var hasWords: Bool { paragraphs.contains { !$0.text.isEmpty || !$0.pieces.isEmpty } }

  /// Takes an event in.
  ///
  /// - Returns: what can be shown now of the words that are new, in their order.
  package mutating func absorb(_ event: AgentEvent) -> String {
    switch event {
    case .text(let text, isPartial: true): return tail.pass(absorbPiece(text))
    case .text(let text, isPartial: false): return tail.pass(absorbWhole(text))
    case .toolCall, .toolResult:
      isBroken = true
      lastWhole = nil
    case .failure(let error): failure = error
    case .heartbeat, .unknown: break
    }
    return ""
  }

  /// Ends the answer.
  ///
  /// - Returns: what was held back and is to be shown.
  package mutating func finish() -> String { tail.finish() }

  /// The reply so far; a trailing note of a temporary issue after good words is left out.
  package var text: String {
    var text = ""
    for paragraph in paragraphs {
      let words = paragraph.pieces.isEmpty ? paragraph.text : paragraph.pieces.joined()
      if !text.isEmpty { text += Self.separator(after: text, before: words) }
      text += words
    }
    return TemporaryIssueHold.withoutTrailingIssue(text)
  }

  private mutating func absorbPiece(_ piece: String) -> String {
    guard !piece.isEmpty else { return "" }
    lastWhole = nil
    var shown = ""
    if isBroken || paragraphs.isEmpty {
      shown = beginParagraph(before: piece)
      paragraphs.append(Paragraph(pieces: [], text: ""))
      isBroken = false
    }
    var piece = piece
    if let last = paragraphs[paragraphs.count - 1].pieces.last, Self.areSentences(last, piece) {
      piece = "\n" + piece
    }
    paragraphs[paragraphs.count - 1].pieces.append(piece)
    hasShown = true
    return shown + piece
  }

  private mutating func absorbWhole(_ whole: String) -> String {
    guard !whole.isEmpty, whole != lastWhole else { return "" }
    lastWhole = whole
    isBroken = true
    while firstOpen < paragraphs.count, paragraphs[firstOpen].pieces.isEmpty { firstOpen += 1 }
    for index in (firstOpen..<paragraphs.count).reversed()
    where !paragraphs[index].pieces.isEmpty {
      if let rest = repeated(whole, by: index) {
        hasShown = true
        return rest
      }
      paragraphs[index].wholesPassed += 1
      if paragraphs[index].wholesPassed >= Self.mostWholesPassed { settle(index) }
    }
    let shown = beginParagraph(before: whole) + whole
    paragraphs.append(Paragraph(pieces: [], text: whole))
    hasShown = true
    return shown
  }

  private mutating func settle(_ index: Int) {
    paragraphs[index].text = paragraphs[index].pieces.joined()
    paragraphs[index].pieces = []
  }

  /// Lets a whole take the place of the pieces that it repeats; `nil` where it repeats none.
  ///
  /// - Returns: the words at its end that no piece had.
  private mutating func repeated(_ whole: String, by index: Int) -> String? {
    let pieces = paragraphs[index].pieces
    var matcher = RepetitionMatcher(whole)
    var others: [String] = []
    for piece in pieces where !matcher.take(piece) { others.append(piece) }
    guard matcher.taken > 0, matcher.isComplete || others.isEmpty else { return nil }
    let rest = matcher.rest
    paragraphs[index].text = whole
    paragraphs[index].pieces = []
    // The pieces of another agent that spoke at the same time wait for their own whole.
    if !others.isEmpty { paragraphs.insert(Paragraph(pieces: others, text: ""), at: index + 1) }
    return rest
  }

  private func beginParagraph(before words: String) -> String {
    guard hasShown else { return "" }
    let last = paragraphs.last.map { $0.pieces.last ?? $0.text } ?? ""
    return Self.separator(after: last, before: words)
  }

  private static func separator(after text: String, before next: String) -> String {
    let end = text.utf8.reversed().prefix { $0 == 0x0A }.count
    let start = next.utf8.prefix { $0 == 0x0A }.count
    return String(repeating: "\n", count: max(0, 2 - end - start))
  }

  /// Whether two pieces are whole sentences that a server sent without the row's end between them.
  ///
  /// Pieces of a model's stream carry their own spaces; only two longer ones, of which the first ends
  /// a sentence and the second begins with a capital or a bracket, want a row of their own.
  private static func areSentences(_ first: String, _ second: String) -> Bool {
    guard let end = first.utf8.last, ".!?".utf8.contains(end),
      let start = second.utf8.first,
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(start) || "[*#`".utf8.contains(start)
    else { return false }
    return first.utf8.contains(0x20) && second.utf8.contains(0x20)
  }
}

/// Tells whether pieces, taken in order, are what a whole is made of; white space does not count.
private struct RepetitionMatcher {
  private let whole: [UInt8]
  private var position = 0
  private(set) var taken = 0

  init(_ whole: String) { self.whole = Array(whole.utf8) }

  /// Whether nothing but white space is left of the whole.
  var isComplete: Bool { whole[position...].allSatisfy(Self.isSpace) }

  /// What is left of the whole.
  var rest: String {
    isComplete ? "" : String(decoding: whole[position...], as: UTF8.self)
  }

  /// Takes a piece where the whole goes on with it.
  mutating func take(_ piece: String) -> Bool {
    var place = position
    for byte in piece.utf8 where !Self.isSpace(byte) {
      while place < whole.count, Self.isSpace(whole[place]) { place += 1 }
      guard place < whole.count, whole[place] == byte else { return false }
      place += 1
    }
    position = place
    taken += 1
    return true
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}

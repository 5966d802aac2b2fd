import BackendAPI
import ScriptMerge
import ScriptModel

/// The captions of a track beside a transcript, which need not be cut alike.
///
/// Words tell which stretch of which turn a caption is. A caption gets the speaker of that turn and
/// its words as they stand there; times stay the captions'. One whose words are not found, or whose
/// stretch is not like it, stays as it is.
struct ReplyAlignment {
  /// As many words may come in between two captions without being another text.
  fileprivate static let slack = 3
  /// What opens something that is not said; a caption with it is more than its words.
  private static let asides: Set<Character> = ["[", "(", "{", "<", "♪", "（", "【"]

  private let captions: [CaptionContent]
  private let document: ScriptDocument
  private let matching: WordMatching
  /// The words of each caption, as indices of the matching's old words.
  private let words: [Range<Int>]
  /// The turns, one behind the other, with where each lies, in bytes.
  private let text: JoinedTexts
  /// The turn of each of the matching's new words.
  private let turns: [Int]

  /// Aligns the captions of a track with a transcript.
  init(_ captions: [CaptionContent], with document: ScriptDocument) {
    self.captions = captions
    self.document = document
    let old = JoinedTexts(captions.lazy.map { Array($0.text.utf8)[...] })
    text = JoinedTexts(document.entries.lazy.map { document.text[$0.text] })
    matching = WordMatching(old.bytes, text.bytes)
    words = old.parts(of: matching.old)
    turns = text.parts(of: matching.new).enumerated().flatMap { turn, words in
      words.map { _ in turn }
    }
  }

  /// The captions with what the transcript tells of them.
  func enriched() -> [CaptionContent] {
    let cuts = CaptionCuts(matching, turns: turns)
    return captions.indices.map { index in
      let words = words[index]
      let found = words.lazy.map { Int(matching.matches[$0]) }.filter { $0 >= 0 }
      var caption = captions[index]
      if caption.speaker == nil, !found.isEmpty, found.count * 3 >= words.count {
        caption.speaker = speaker(of: found.map { turns[$0] })
      }
      let start = cuts.start(of: words.lowerBound)
      // A caption without words may lie where much was said that no caption has.
      let stretch = start..<max(start, cuts.end(of: words.upperBound))
      if found.count * 2 >= words.count, let said = said(stretch, insteadOf: caption.text, words) {
        caption.text = said
      }
      return caption
    }
  }

  /// Who speaks most of the words.
  private func speaker(of turns: [Int]) -> String? {
    var counts: [Int: Int] = [:]
    for turn in turns {
      if let speaker = document.entries[turn].speaker { counts[speaker, default: 0] += 1 }
    }
    let most = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    return most.map { document.speakers[$0] }
  }

  /// The words of a stretch of one turn; `nil` where they do not fit, or are what is there.
  private func said(
    _ stretch: Range<Int>, insteadOf caption: String, _ words: Range<Int>
  ) -> String? {
    guard !words.isEmpty, let first = stretch.first, let last = stretch.last,
      turns[first] == turns[last],
      abs(stretch.count - words.count) <= max(2, words.count / 3),
      !caption.contains(where: { Self.asides.contains($0) })
    else { return nil }
    let turn = text.ranges[turns[first]]
    let isFirst = first == 0 || turns[first - 1] != turns[first]
    let isLast = last + 1 == turns.count || turns[last + 1] != turns[last]
    let start =
      isFirst
      ? turn.lowerBound
      : text.cut(between: matching.new[first - 1], and: matching.new[first]).upperBound
    let end =
      isLast
      ? turn.upperBound
      : text.cut(between: matching.new[last], and: matching.new[last + 1]).lowerBound
    guard start < end else { return nil }
    let said = Self.spaced(String(decoding: text.bytes[start..<end], as: UTF8.self))
    return said.isEmpty || said == Self.spaced(caption) ? nil : said
  }

  private static func spaced(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Where the new words of captions begin and end.
  private struct CaptionCuts {
    private let matching: WordMatching
    private let turns: [Int]
    /// For each old word the last one before it that was found, or -1; one more at the end.
    private var before: [Int] = []
    /// For each old word the first from it on that was found, or how many words there are.
    private var after: [Int]

    init(_ matching: WordMatching, turns: [Int]) {
      self.matching = matching
      self.turns = turns
      let count = matching.matches.count
      before.reserveCapacity(count + 1)
      var last = -1
      for index in 0..<count {
        before.append(last)
        if matching.matches[index] >= 0 { last = index }
      }
      before.append(last)
      after = [Int](repeating: count, count: count + 1)
      for index in (0..<count).reversed() {
        after[index] = matching.matches[index] >= 0 ? index : after[index + 1]
      }
    }

    /// Where the caption behind the cut before an old word begins, as an index of a new word.
    func start(of word: Int) -> Int { cut(at: word).upperBound }

    /// Where the caption in front of the cut before an old word ends, as an index of a new word.
    func end(of word: Int) -> Int { cut(at: word).lowerBound }

    /// What belongs to neither side of a cut; most often nothing, at the place of the cut.
    private func cut(at word: Int) -> Range<Int> {
      let (former, latter) = (before[word], after[word])
      let left = word - former - 1
      let right = latter - word
      let isLast = latter == matching.matches.count
      let opening = former < 0 ? 0 : Int(matching.matches[former]) + 1
      let closing = isLast ? matching.new.count : Int(matching.matches[latter])
      let gap = opening..<closing
      if former < 0 {
        let start = max(gap.lowerBound, gap.upperBound - right)
        return start..<start
      }
      if isLast {
        let end = min(gap.upperBound, gap.lowerBound + left)
        return end..<end
      }
      if left + right == 0 { return unheard(gap) }
      let share = gap.lowerBound + (gap.count * left + (left + right) / 2) / (left + right)
      let place = changeOfTurn(near: share, in: gap) ?? share
      return place..<place
    }

    /// A gap that no caption has words for: each turn keeps its own, and much of one is nobody's.
    private func unheard(_ gap: Range<Int>) -> Range<Int> {
      let (former, latter) = (gap.lowerBound - 1, gap.upperBound)
      if turns[former] == turns[latter] {
        return gap.count <= ReplyAlignment.slack ? latter..<latter : gap
      }
      var end = gap.first { turns[$0] != turns[former] } ?? latter
      var start = gap.first { turns[$0] == turns[latter] } ?? latter
      if end - gap.lowerBound > ReplyAlignment.slack { end = gap.lowerBound }
      if latter - start > ReplyAlignment.slack { start = latter }
      return end..<max(start, end)
    }

    private func changeOfTurn(near place: Int, in gap: Range<Int>) -> Int? {
      let first = max(gap.lowerBound, place - ReplyAlignment.slack)
      let last = min(gap.upperBound, place + ReplyAlignment.slack)
      let changes = (first...max(first, last)).filter { turns[$0 - 1] != turns[$0] }
      return changes.min { abs($0 - place) < abs($1 - place) }
    }
  }
}

/// Texts one behind the other with a newline in between.
private struct JoinedTexts {
  private(set) var bytes: [UInt8] = []
  /// Where each text lies, in bytes.
  private(set) var ranges: [Range<Int>] = []

  init(_ texts: some Sequence<ArraySlice<UInt8>>) {
    for text in texts {
      let start = bytes.count
      bytes.append(contentsOf: text)
      ranges.append(start..<bytes.count)
      bytes.append(0x0A)
    }
  }

  /// The words that lie in each text, as indices.
  func parts(of words: [Range<Int>]) -> [Range<Int>] {
    var first = 0
    return ranges.map { text in
      var next = first
      while next < words.count, words[next].lowerBound < text.upperBound { next += 1 }
      defer { first = next }
      return first..<next
    }
  }

  /// The white space at which marks between two words part; empty where there is none.
  ///
  /// Marks then belong to the word before, but for those that open something.
  func cut(between former: Range<Int>, and latter: Range<Int>) -> Range<Int> {
    let marks = String(decoding: bytes[former.upperBound..<latter.lowerBound], as: UTF8.self)
    let place = { (index: String.Index) in
      former.upperBound + marks.utf8.distance(from: marks.startIndex, to: index)
    }
    if let space = marks.firstIndex(where: \.isWhitespace) {
      let end = marks[space...].firstIndex { !$0.isWhitespace } ?? marks.endIndex
      return place(space)..<place(end)
    }
    let opening = marks.firstIndex { "“‘«‹¿¡「『《〈（【([{".contains($0) }
    let cut = place(opening ?? marks.endIndex)
    return cut..<cut
  }
}

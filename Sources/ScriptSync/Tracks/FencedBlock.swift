/// What stands between two rows of backticks or tildes in a reply.
struct FencedBlock: Hashable {
  /// The word behind the opening fence, in lower case; empty for none.
  var language: String
  /// The rows between the fences.
  var text: String

  private struct Fence {
    var mark: Character
    var length: Int
    var word: String

    /// Reads a row of three marks or more; `nil` for any other.
    init?(_ row: Substring) {
      let row = row.drop { $0 == " " || $0 == "\t" }
      guard let mark = row.first, mark == "`" || mark == "~" else { return nil }
      let marks = row.prefix { $0 == mark }
      guard marks.count >= 3 else { return nil }
      self.mark = mark
      length = marks.count
      word = row.dropFirst(length).prefix { $0.isLetter || $0.isNumber }.lowercased()
    }

    /// Whether it ends what another began: as many marks, and nothing behind them.
    func closes(_ other: Fence) -> Bool {
      mark == other.mark && length >= other.length && word.isEmpty
    }
  }

  /// The blocks of a reply in their order; one that is not closed goes to the end.
  static func blocks(in reply: String) -> [FencedBlock] {
    var blocks: [FencedBlock] = []
    var open: (fence: Fence, rows: [Substring])?
    for row in reply.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let fence = Fence(row)
      if let block = open {
        if let fence, fence.closes(block.fence) {
          blocks.append(FencedBlock(language: block.fence.word, text: joined(block.rows)))
          open = nil
        } else {
          open?.rows.append(row)
        }
      } else if let fence {
        open = (fence, [])
      }
    }
    if let block = open {
      blocks.append(FencedBlock(language: block.fence.word, text: joined(block.rows)))
    }
    return blocks.filter { block in block.text.contains { !$0.isWhitespace } }
  }

  private static func joined(_ rows: [Substring]) -> String { rows.joined(separator: "\n") + "\n" }
}

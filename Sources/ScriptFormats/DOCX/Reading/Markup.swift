/// The markup of a line's text, `<b>`, `<i>` and `<u>`, against the formats of runs.
enum Markup {
  private static let tags: [(format: DocumentText.Format, letter: UInt8)] = [
    (.bold, UInt8(ascii: "b")), (.italic, UInt8(ascii: "i")), (.underline, UInt8(ascii: "u")),
  ]

  /// Writes the tags between two stretches of text: always nested, in the order b, i, u.
  static func change(
    from old: DocumentText.Format, to new: DocumentText.Format, in bytes: inout [UInt8]
  ) {
    guard old != new else { return }
    // All from the outermost tag that changes inwards is closed and opened anew.
    let first = tags.firstIndex { old.contains($0.format) != new.contains($0.format) } ?? 0
    for tag in tags[first...].reversed() where old.contains(tag.format) {
      bytes.append(contentsOf: [
        UInt8(ascii: "<"), UInt8(ascii: "/"), tag.letter, UInt8(ascii: ">"),
      ])
    }
    for tag in tags[first...] where new.contains(tag.format) {
      bytes.append(contentsOf: [UInt8(ascii: "<"), tag.letter, UInt8(ascii: ">")])
    }
  }

  /// A stretch of text in one format.
  struct Run: Equatable {
    var text: Range<Int>
    var format: DocumentText.Format
  }

  /// Cuts a text into runs such that writing them with `change` gives the same bytes.
  ///
  /// A text whose tags do not nest as `change` would write them is one run, tags and all.
  static func runs(of text: ArraySlice<UInt8>) -> [Run] {
    let whole = [Run(text: text.indices, format: [])]
    guard text.contains(UInt8(ascii: "<")) else { return whole }
    var runs: [Run] = []
    var format: DocumentText.Format = []
    var begin = text.startIndex
    var position = text.startIndex
    func closeRun(at end: Int) {
      guard end > begin else { return }
      if let last = runs.last, last.format == format, last.text.upperBound == begin {
        runs[runs.count - 1].text = last.text.lowerBound..<end
      } else {
        runs.append(Run(text: begin..<end, format: format))
      }
    }
    while position < text.endIndex {
      guard let tag = tag(in: text, at: position) else {
        position += 1
        continue
      }
      closeRun(at: position)
      if tag.opens { format.insert(tag.format) } else { format.remove(tag.format) }
      position += tag.opens ? 3 : 4
      begin = position
    }
    closeRun(at: position)
    return written(runs, of: text).elementsEqual(text) ? runs : whole
  }

  private static func written(_ runs: [Run], of text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var open: DocumentText.Format = []
    for run in runs {
      change(from: open, to: run.format, in: &result)
      open = run.format
      result.append(contentsOf: text[run.text])
    }
    change(from: open, to: [], in: &result)
    return result
  }

  private static func tag(
    in text: ArraySlice<UInt8>, at position: Int
  ) -> (format: DocumentText.Format, opens: Bool)? {
    guard text[position] == UInt8(ascii: "<") else { return nil }
    let rest = text[position...].prefix(4)
    let opens = rest.dropFirst().first != UInt8(ascii: "/")
    let letter = rest.dropFirst(opens ? 1 : 2).first
    guard rest.dropFirst(opens ? 2 : 3).first == UInt8(ascii: ">"),
      let tag = tags.first(where: { $0.letter == letter })
    else { return nil }
    return (tag.format, opens)
  }
}

import ScriptModel

/// The texts of lines: stretches of the file as long as that goes, which saves a copy of it.
extension TurnAssembler {
  /// Puts the rest of a row behind what the open line has.
  mutating func append(_ row: TextRow, from start: Int) {
    let last = document.entries.count - 1
    guard last >= 0 else { return }
    let isParagraph = row.marks.contains(.paragraph)
    let before = document.entries[last].text
    if before.isEmpty {
      if start < row.end { put(start..<row.end) }
    } else if isInPlace, start < row.end,
      isJoint(before.upperBound..<start, length: isParagraph ? 2 : 1)
    {
      document.entries[last].text = before.lowerBound..<row.end
    } else {
      copyText()
      document.text.append(10)
      if isParagraph { document.text.append(10) }
      put(min(start, row.end)..<row.end)
    }
  }

  /// Puts a stretch of the file right behind what the last line has.
  mutating func put(_ range: Range<Int>) {
    let last = document.entries.count - 1
    if isInPlace, document.entries[last].text.isEmpty {
      document.entries[last].text = range
      return
    }
    copyText()
    document.text.append(contentsOf: scan.text.bytes[range])
    document.entries[last].text = document.entries[last].text.lowerBound..<document.text.count
  }

  /// Whether what is between two rows of the file is what joins them in a line.
  private func isJoint(_ range: Range<Int>, length: Int) -> Bool {
    range.count == length && range.allSatisfy { scan.text.bytes[$0] == 10 }
  }

  /// Copies the texts of all lines out of the file, since one is put together otherwise.
  private mutating func copyText() {
    guard isInPlace else { return }
    isInPlace = false
    var text: [UInt8] = []
    text.reserveCapacity(scan.text.bytes.count)
    for index in document.entries.indices {
      let offset = text.count
      text.append(contentsOf: document.text[document.entries[index].text])
      document.entries[index].text = offset..<text.count
    }
    document.text = text
  }
}

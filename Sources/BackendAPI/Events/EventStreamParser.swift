/// Splits a stream of server-sent events (WHATWG HTML, 9.2.6) into events, byte by byte.
///
/// Pieces may be cut anywhere. A line ends at CR, LF or both; U+2028, U+2029 and U+0085 end none.
package struct EventStreamParser: Sendable {
  /// What stands next in the stream.
  package enum Found: Hashable, Sendable {
    /// An event; its data is in `data`, its type in `type`.
    case event
    /// A comment, which shows that the server lives.
    case comment
    /// An event that was larger than `largestEvent`; its data is gone.
    case oversizedEvent
    /// The data of an event that the stream's end cut off before its empty line.
    case unfinishedEvent
  }

  /// The bound on one event's data, 16 MiB: no real event comes near, and a hostile stream has no end.
  package static let largestEvent = 16 << 20

  /// The data of the event that was found, its lines joined by LF.
  package private(set) var data: [UInt8] = []
  /// The type of the event that was found; empty for a plain message.
  package private(set) var type: [UInt8] = []
  /// The last id that the stream set.
  package private(set) var lastID: [UInt8] = []
  /// The pause before a reconnection that the stream asked for, in milliseconds.
  package private(set) var retry: Int64?

  private var piece: [UInt8] = []
  private var position = 0
  // The next of each kind of line end at or after `position`; a stream has one kind as a rule, so
  // the other is looked for once a piece.
  private var nextLineFeed = 0
  private var nextReturn = 0
  /// The beginning of a line whose end has not come.
  private var partialLine: [UInt8] = []
  private var isLineCut = false
  private var skipsLineFeed = false
  private var isAtStart = true
  private var hasData = false
  private var isOversized = false
  private var wasFound = false
  private var isFinished = false

  /// Creates the parser of a stream from its first byte.
  package init() {}

  /// Gives it the next bytes; the piece before must have been read to its end with `next()`.
  package mutating func supply(_ bytes: [UInt8]) {
    if position < piece.count {
      piece.removeFirst(position)
      piece += bytes
    } else {
      piece = bytes
    }
    position = 0
    nextLineFeed = firstIndex(of: lineFeed, in: piece, from: 0)
    nextReturn = firstIndex(of: carriageReturn, in: piece, from: 0)
  }

  /// Notes the end of the stream: what has no empty line after it is found as unfinished.
  package mutating func finish() { isFinished = true }

  /// Finds what comes next; `nil` where more bytes are needed, or after the end.
  package mutating func next() -> Found? {
    if wasFound { reset() }
    if isAtStart, !skipByteOrderMark() { return isFinished ? endOfStream() : nil }
    if takesPlainEvent() { return .event }
    while position < piece.count {
      if skipsLineFeed {
        skipsLineFeed = false
        if piece[position] == lineFeed {
          position += 1
          continue
        }
      }
      if nextLineFeed < position {
        nextLineFeed = firstIndex(of: lineFeed, in: piece, from: position)
      }
      if nextReturn < position {
        nextReturn = firstIndex(of: carriageReturn, in: piece, from: position)
      }
      let end = min(nextLineFeed, nextReturn)
      guard end < piece.count else {
        keepPartialLine()
        break
      }
      if let found = lineEnds(at: end) { return found }
    }
    return isFinished ? endOfStream() : nil
  }

  /// Takes an event of one row `data: …` and an empty row, ended by LF and whole in this piece.
  ///
  /// That is what streams consist of: to go row by row costs three times as much.
  private mutating func takesPlainEvent() -> Bool {
    guard nextReturn == piece.count, !skipsLineFeed, !hasData, !isOversized, !isLineCut,
      partialLine.isEmpty
    else { return false }
    if nextLineFeed < position {
      nextLineFeed = firstIndex(of: lineFeed, in: piece, from: position)
    }
    let piece = piece
    let bytes = piece.span
    let (start, end) = (position, nextLineFeed)
    guard end + 1 < bytes.count, bytes[end + 1] == lineFeed, end - start > 5,
      end - start <= Self.largestEvent, bytes[start] == UInt8(ascii: "d"),
      bytes[start + 1] == UInt8(ascii: "a"), bytes[start + 2] == UInt8(ascii: "t"),
      bytes[start + 3] == UInt8(ascii: "a"), bytes[start + 4] == colon
    else { return false }
    let value = bytes[start + 5] == 0x20 ? start + 6 : start + 5
    bytes.extracting(value..<end).withUnsafeBufferPointer { data.append(contentsOf: $0) }
    position = end + 2
    wasFound = true
    hasData = true
    return true
  }

  private mutating func lineEnds(at end: Int) -> Found? {
    let start = position
    position = end + 1
    skipsLineFeed = end == nextReturn
    if partialLine.isEmpty, !isLineCut { return line(piece, start..<end) }
    if !isLineCut, partialLine.count + end - start > Self.largestEvent { cutLine() }
    if !isLineCut { partialLine += piece[start..<end] }
    let whole = partialLine
    let wasCut = isLineCut
    partialLine = []
    isLineCut = false
    return wasCut ? nil : line(whole, 0..<whole.count)
  }

  private mutating func keepPartialLine() {
    if !isLineCut, partialLine.count + piece.count - position > Self.largestEvent { cutLine() }
    if !isLineCut { partialLine += piece[position...] }
    position = piece.count
  }

  /// Gives up a line that is too long; a comment costs its event nothing.
  private mutating func cutLine() {
    let first = partialLine.first ?? (position < piece.count ? piece[position] : 0)
    if first != colon { isOversized = true }
    partialLine = []
    isLineCut = true
  }

  private mutating func line(_ bytes: [UInt8], _ range: Range<Int>) -> Found? {
    guard let first = range.isEmpty ? nil : bytes[range.lowerBound] else { return dispatch() }
    if first == colon { return .comment }
    if first == UInt8(ascii: "d"), Self.starts(bytes, range, with: dataField) {
      appendData(
        bytes, valueStart(bytes, range.lowerBound + 5, range.upperBound)..<range.upperBound)
      return nil
    }
    let mark = bytes[range].firstIndex(of: colon) ?? range.upperBound
    let name = bytes[range.lowerBound..<mark]
    let value = bytes[valueStart(bytes, mark + 1, range.upperBound)..<range.upperBound]
    if name.elementsEqual("data".utf8) {
      appendData(bytes, value.indices)
    } else if name.elementsEqual("event".utf8) {
      type = Array(value)
    } else if name.elementsEqual("id".utf8) {
      if !value.contains(0) { lastID = Array(value) }
    } else if name.elementsEqual("retry".utf8), !value.isEmpty,
      value.allSatisfy({ (0x30...0x39).contains($0) })
    {
      retry = Int64(String(decoding: value, as: UTF8.self)) ?? retry
    }
    return nil
  }

  private static func starts(_ bytes: [UInt8], _ range: Range<Int>, with name: [UInt8]) -> Bool {
    guard range.count >= name.count else { return false }
    for index in 1..<name.count where bytes[range.lowerBound + index] != name[index] {
      return false
    }
    return true
  }

  /// Where a field's value begins: after the colon and one space; never beyond the line's end.
  private func valueStart(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    if start >= end { return end }
    return bytes[start] == 0x20 ? start + 1 : start
  }

  private mutating func appendData(_ bytes: [UInt8], _ range: Range<Int>) {
    if isOversized || data.count + range.count + 1 > Self.largestEvent {
      isOversized = true
      data = []
      return
    }
    if hasData { data.append(lineFeed) }
    hasData = true
    data.append(contentsOf: bytes[range])
  }

  private mutating func dispatch() -> Found? {
    wasFound = true
    if isOversized { return .oversizedEvent }
    guard hasData else {
      reset()
      return nil
    }
    return .event
  }

  private mutating func endOfStream() -> Found? {
    guard !isOversized else {
      wasFound = true
      return .oversizedEvent
    }
    if !partialLine.isEmpty {
      let last = partialLine
      partialLine = []
      if line(last, 0..<last.count) == .comment { return endOfStream() }
    }
    guard hasData, !isOversized else { return nil }
    wasFound = true
    return .unfinishedEvent
  }

  private mutating func reset() {
    wasFound = false
    isOversized = false
    hasData = false
    data.removeAll(keepingCapacity: data.capacity <= 1 << 20)
    if !type.isEmpty { type.removeAll(keepingCapacity: true) }
  }

  /// Passes over the mark at the very beginning; `false` while not enough has come to tell.
  private mutating func skipByteOrderMark() -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let rest = piece[position...]
    if rest.count < mark.count, mark.starts(with: rest), !isFinished { return false }
    isAtStart = false
    if rest.starts(with: mark) { position += mark.count }
    return true
  }
}

let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
private let colon = UInt8(ascii: ":")
private let dataField = Array("data:".utf8)

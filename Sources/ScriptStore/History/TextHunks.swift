import ScriptMerge

/// A changed text whose middle holds longer stretches that are the same before and after.
///
/// The line has those stretches already, so the history keeps what differs and how far apart it
/// stands: on real merges that takes half the bytes of the two middles. Before and after are lists of
/// pieces, one a hunk: the pieces' number of bytes and they themselves, from the second on behind the
/// number of bytes that are the same in front of it. Numbers are LEB128.
struct TextHunks {
  /// A stretch that is the same is kept as different where it is shorter, in bytes.
  private static let shortestGap = 3
  /// A middle of fewer bytes can't become shorter.
  private static let fewestBytes = 8
  /// Longer middles are kept whole: no line that people write is so long, and finding takes time.
  private static let mostBytes = 1 << 16

  private struct Hunk {
    var gap: Int
    var old: ArraySlice<UInt8>
    var new: ArraySlice<UInt8>
  }

  private let prefix: Int
  private let hunks: [Hunk]

  /// Finds the hunks of a change; `nil` where its two middles take no more room.
  init?(_ middle: TextMiddle) {
    let counts = (middle.before.utf8.count, middle.after.utf8.count)
    guard counts.0 >= Self.fewestBytes, counts.1 >= Self.fewestBytes,
      counts.0 + counts.1 <= Self.mostBytes, middle.prefix <= Self.mostBytes
    else { return nil }
    prefix = middle.prefix
    hunks = Self.hunks(from: middle.before, to: middle.after)
    let plain = counts.0 + counts.1
    guard hunks.count > 1, encoded(\.old).count + encoded(\.new).count < plain else { return nil }
  }

  /// Reads what `before` and `after` wrote; `nil` where they do not fit each other.
  init?(prefix: Int, before: [UInt8], after: [UInt8]) {
    guard let old = Self.pieces(of: before), let new = Self.pieces(of: after),
      old.count == new.count, zip(old, new).allSatisfy({ $0.gap == $1.gap })
    else { return nil }
    self.prefix = prefix
    hunks = zip(old, new).map { Hunk(gap: $0.gap, old: $0.bytes, new: $1.bytes) }
  }

  /// What stood before, piece by piece.
  var before: [UInt8] { encoded(\.old) }
  /// What stands after, piece by piece.
  var after: [UInt8] { encoded(\.new) }

  /// Puts what stood before back; `nil` where the text is not the one after the change.
  func undone(in text: String) -> String? {
    let bytes = Array(text.utf8)
    guard prefix >= 0, prefix <= bytes.count else { return nil }
    var result = Array(bytes[..<prefix])
    var position = prefix
    for hunk in hunks {
      let left = bytes.count - position
      guard hunk.gap <= left, hunk.new.count <= left - hunk.gap else { return nil }
      let start = position + hunk.gap
      guard bytes[start...].starts(with: hunk.new) else { return nil }
      result += bytes[position..<start]
      result += hunk.old
      position = start + hunk.new.count
    }
    return String(decoding: result + bytes[position...], as: UTF8.self)
  }

  // MARK: - Finding

  /// Whole characters that differ, joined over what is the same for too short a stretch.
  private static func hunks(from before: String, to after: String) -> [Hunk] {
    let (old, new) = (Array(before.utf8), Array(after.utf8))
    let (scalars, newScalars) = (Array(before.unicodeScalars), Array(after.unicodeScalars))
    var (left, right) = (ByteOffsets(scalars), ByteOffsets(newScalars))
    var hunks: [Hunk] = []
    for hunk in CharacterDifference.hunks(from: scalars, to: newScalars) {
      let oldRange = left.bytes(of: hunk.old)
      let newRange = right.bytes(of: hunk.new)
      let end = hunks.last?.old.endIndex ?? 0
      if let last = hunks.last, oldRange.lowerBound - end < shortestGap {
        hunks[hunks.count - 1].old = old[last.old.startIndex..<oldRange.upperBound]
        hunks[hunks.count - 1].new = new[last.new.startIndex..<newRange.upperBound]
      } else {
        hunks.append(
          Hunk(gap: oldRange.lowerBound - end, old: old[oldRange], new: new[newRange]))
      }
    }
    return hunks
  }

  /// Where scalars stand in the bytes of their text, asked for from its beginning to its end.
  private struct ByteOffsets {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var offset = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func bytes(of range: Range<Int>) -> Range<Int> {
      let start = bytes(before: range.lowerBound)
      return start..<bytes(before: range.upperBound)
    }

    private mutating func bytes(before end: Int) -> Int {
      while index < end {
        offset += UTF8.width(scalars[index])
        index += 1
      }
      return offset
    }
  }

  // MARK: - Bytes

  private func encoded(_ side: KeyPath<Hunk, ArraySlice<UInt8>>) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, hunk) in hunks.enumerated() {
      if index > 0 { Self.append(hunk.gap, to: &bytes) }
      Self.append(hunk[keyPath: side].count, to: &bytes)
      bytes += hunk[keyPath: side]
    }
    return bytes
  }

  private static func pieces(of bytes: [UInt8]) -> [(gap: Int, bytes: ArraySlice<UInt8>)]? {
    var pieces: [(gap: Int, bytes: ArraySlice<UInt8>)] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      var gap = 0
      if !pieces.isEmpty {
        guard let number = number(from: &rest) else { return nil }
        gap = number
      }
      guard let count = number(from: &rest), count <= rest.count else { return nil }
      pieces.append((gap, rest.prefix(count)))
      rest.removeFirst(count)
    }
    return pieces
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    var rest = UInt(number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A number of at most 28 bits: no text of a line comes near.
  private static func number(from bytes: inout ArraySlice<UInt8>) -> Int? {
    var number = 0
    for shift in stride(from: 0, to: 28, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      number |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    return nil
  }
}

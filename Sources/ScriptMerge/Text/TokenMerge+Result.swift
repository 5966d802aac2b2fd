/// One of the two sides of a merge.
enum Side {
  case ours, theirs
}

/// The tokens of a merged text, and where the tokens of both sides have gone.
struct MergedTokens {
  var stream = TokenStream()
  /// For each token of the base and for its end: the place in the result.
  var placeOfBase: [Int] = []
  /// For each token of ours and for its end: the place in the result.
  var placeOfOurs: [Int] = []
  /// For each token of theirs and for its end: the place in the result.
  var placeOfTheirs: [Int] = []
}

extension TokenMerge {
  /// Stands before the first token of a line that is not the first of several.
  static let lineBreak: Int32 = -1

  /// Puts the merged text together; in conflicts the words of one side are taken.
  func result(keeping side: Side) -> MergedTokens {
    var result = MergedTokens()
    for piece in pieces {
      let start = result.stream.count
      switch piece.source {
      case .unchanged: addUnchanged(piece, to: &result.stream)
      case .ours: addTokens(of: ours, piece.ours, theirs, piece.theirs, piece, to: &result.stream)
      case .theirs:
        addTokens(of: theirs, piece.theirs, ours, piece.ours, piece, to: &result.stream)
      case .both: addSame(piece, to: &result.stream)
      case .neither: break
      case .conflict:
        if side == .ours {
          addTokens(of: ours, piece.ours, theirs, piece.theirs, piece, to: &result.stream)
        } else {
          addTokens(of: theirs, piece.theirs, ours, piece.ours, piece, to: &result.stream)
        }
      }
      let count = result.stream.count - start
      for offset in 0..<piece.base.count { result.placeOfBase.append(start + min(offset, count)) }
      for offset in 0..<piece.ours.count { result.placeOfOurs.append(start + min(offset, count)) }
      for offset in 0..<piece.theirs.count {
        result.placeOfTheirs.append(start + min(offset, count))
      }
    }
    result.placeOfBase.append(result.stream.count)
    result.placeOfOurs.append(result.stream.count)
    result.placeOfTheirs.append(result.stream.count)
    if !result.stream.gaps.isEmpty {
      result.stream.gaps[0] = gap(base.gaps[0], ours.gaps[0], theirs.gaps[0])
    }
    result.stream.gaps.append(
      gap(base.gaps.last ?? 0, ours.gaps.last ?? 0, theirs.gaps.last ?? 0))
    return result
  }

  /// The merged text of a single line.
  func text(keeping side: Side) -> String {
    let merged = result(keeping: side)
    return TokenText.text(of: merged.stream, 0..<merged.stream.count, in: table)
  }

  private func addUnchanged(_ piece: Piece, to stream: inout TokenStream) {
    for offset in 0..<piece.base.count {
      stream.tokens.append(base.tokens[piece.base.lowerBound + offset])
      stream.gaps.append(
        gap(
          before: piece.base.lowerBound + offset, piece.ours.lowerBound + offset,
          piece.theirs.lowerBound + offset))
    }
  }

  /// Adds the tokens of one side; the other's change of the white space before them is kept.
  private func addTokens(
    of side: TokenStream, _ range: Range<Int>, _ other: TokenStream, _ otherRange: Range<Int>,
    _ piece: Piece, to stream: inout TokenStream
  ) {
    for index in range {
      var space = side.gaps[index]
      if index == range.lowerBound, !piece.base.isEmpty, !otherRange.isEmpty {
        let isOurs = range == piece.ours && side == ours
        space =
          isOurs
          ? gap(before: piece.base.lowerBound, index, otherRange.lowerBound)
          : gap(before: piece.base.lowerBound, otherRange.lowerBound, index)
      }
      stream.tokens.append(side.tokens[index])
      stream.gaps.append(space)
    }
  }

  private func addSame(_ piece: Piece, to stream: inout TokenStream) {
    for offset in 0..<piece.ours.count {
      stream.tokens.append(ours.tokens[piece.ours.lowerBound + offset])
      let (mine, other) = (
        ours.gaps[piece.ours.lowerBound + offset], theirs.gaps[piece.theirs.lowerBound + offset]
      )
      stream.gaps.append(mine == other ? mine : greaterGap(mine, other))
    }
  }

  /// The white space before a token that all three have: at the beginning of a text there is none to
  /// speak of, whatever stands there once something else comes first.
  private func gap(before old: Int, _ mine: Int, _ other: Int) -> Int32 {
    if old > 0 {
      let known = base.gaps[old]
      return gap(
        known, mine > 0 ? ours.gaps[mine] : known, other > 0 ? theirs.gaps[other] : known)
    }
    if mine > 0, other > 0 {
      return ours.gaps[mine] == theirs.gaps[other]
        ? ours.gaps[mine] : greaterGap(ours.gaps[mine], theirs.gaps[other])
    }
    return mine > 0 ? ours.gaps[mine] : other > 0 ? theirs.gaps[other] : base.gaps[old]
  }

  private func gap(_ base: Int32, _ ours: Int32, _ theirs: Int32) -> Int32 {
    if ours == base || ours == theirs { return theirs }
    if theirs == base { return ours }
    return greaterGap(ours, theirs)
  }

  /// White space that both sides changed is no conflict: a line break, else the longer one.
  private func greaterGap(_ left: Int32, _ right: Int32) -> Int32 {
    if left == Self.lineBreak || right == Self.lineBreak { return Self.lineBreak }
    let (leftBytes, rightBytes) = (table.bytes(of: left), table.bytes(of: right))
    if leftBytes.count != rightBytes.count {
      return leftBytes.count > rightBytes.count ? left : right
    }
    return leftBytes.lexicographicallyPrecedes(rightBytes) ? right : left
  }
}

/// Writes tokens as text again.
enum TokenText {
  /// The text of a stretch of a stream, with the white space before and behind it.
  ///
  /// - Parameters:
  ///   - leading: the white space that the text begins with, where not the stream's.
  ///   - trailing: the white space that the text ends with, where not the stream's.
  static func text(
    of stream: TokenStream, _ range: Range<Int>, in table: TokenTable, leading: Int32? = nil,
    trailing: Int32? = nil
  ) -> String {
    var bytes: [UInt8] = []
    for index in range {
      let gap = index == range.lowerBound ? leading ?? stream.gaps[index] : stream.gaps[index]
      if gap == TokenMerge.lineBreak {
        if index > range.lowerBound, !joinsWithoutSpace(stream, index, table) {
          bytes.append(0x20)
        }
      } else if gap > 0 {
        bytes.append(contentsOf: table.bytes(of: gap))
      } else if index > range.lowerBound, wouldRunTogether(stream, index, table) {
        bytes.append(0x20)
      }
      bytes.append(contentsOf: table.bytes(of: stream.tokens[index]))
    }
    let last =
      trailing ?? (range.upperBound < stream.gaps.count ? stream.gaps[range.upperBound] : 0)
    if last > 0 { bytes.append(contentsOf: table.bytes(of: last)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func joinsWithoutSpace(
    _ stream: TokenStream, _ index: Int, _ table: TokenTable
  ) -> Bool {
    table.tokenClass(of: stream.tokens[index - 1]) == .ideograph
      || table.tokenClass(of: stream.tokens[index]) == .ideograph
  }

  /// Two words of different sides must not become one.
  private static func wouldRunTogether(
    _ stream: TokenStream, _ index: Int, _ table: TokenTable
  ) -> Bool {
    table.tokenClass(of: stream.tokens[index - 1]) == .word
      && table.tokenClass(of: stream.tokens[index]) == .word
  }
}

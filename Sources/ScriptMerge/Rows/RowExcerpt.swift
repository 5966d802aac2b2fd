internal import ScriptModel

/// The rows that a merge has to look at: all but those that both sides left as they were, between
/// others that they left.
///
/// Where a side moved rows, all are looked at: how many stayed decides which of them were moved.
struct RowExcerpt {
  /// One side's rows and what they are.
  struct Side {
    let rows: TextRows
    let matches: [LineMatch]
  }

  private let base: TextRows
  private let isLeftOut: [Bool]
  /// For each row of the base its place among those that are looked at.
  private let places: [Int32]

  init(of base: TextRows, _ ours: Side, _ theirs: Side) {
    let mine = Self.placesOfUntouched(base, ours)
    let other = Self.placesOfUntouched(base, theirs)
    var isLeftOut = [Bool](repeating: false, count: base.count)
    if let mine, let other, base.count > 2 {
      func stays(_ row: Int, inFrontOf next: Int, in places: [Int32]) -> Bool {
        places[row] >= 0 && places[next] == places[row] + 1
      }
      for row in 1..<(base.count - 1) {
        isLeftOut[row] =
          stays(row - 1, inFrontOf: row, in: mine) && stays(row, inFrontOf: row + 1, in: mine)
          && stays(row - 1, inFrontOf: row, in: other) && stays(row, inFrontOf: row + 1, in: other)
      }
    }
    self.init(base, leavingOut: isLeftOut)
  }

  /// An excerpt that has all rows.
  init(ofAll base: TextRows) {
    self.init(base, leavingOut: [Bool](repeating: false, count: base.count))
  }

  private init(_ base: TextRows, leavingOut isLeftOut: [Bool]) {
    self.base = base
    self.isLeftOut = isLeftOut
    var count: Int32 = 0
    places = isLeftOut.map { isOut in
      if !isOut { count += 1 }
      return isOut ? -1 : count - 1
    }
  }

  /// For each row of the base where a side has it as it was, else -1; `nil` where it moved some.
  private static func placesOfUntouched(_ base: TextRows, _ side: Side) -> [Int32]? {
    var places = [Int32](repeating: -1, count: base.count)
    var last: Int32 = -1
    let (old, new) = (base.bytes.span, side.rows.bytes.span)
    for (entry, match) in side.matches.enumerated() where match.base >= 0 {
      if match.base < last { return nil }
      last = match.base
      let (was, now) = (base.range(of: Int(match.base)), side.rows.range(of: entry))
      if match.joinedCount == 0, hasSameBytes(old.extracting(was), new.extracting(now)) {
        places[Int(match.base)] = Int32(truncatingIfNeeded: entry)
      }
    }
    return places
  }

  // MARK: - The scripts to merge

  /// The base's rows that are looked at, numbered as in the file.
  func script() -> Script {
    var lines: [Line] = []
    for row in 0..<base.count where !isLeftOut[row] {
      lines.append(Line(id: Self.id(of: row), text: base.string(at: row)))
    }
    return Script(
      id: Script.ID(high: 0, low: 1), projectID: Project.ID(high: 0, low: 1), title: "",
      lines: lines)
  }

  /// A side's rows that are looked at, as a document, and what they are.
  func part(of side: Side) -> (document: ScriptDocument, matches: [LineMatch]) {
    var document = ScriptDocument()
    document.text = side.rows.bytes
    var matches: [LineMatch] = []
    for (row, match) in side.matches.enumerated() {
      if match.base >= 0, isLeftOut[Int(match.base)] { continue }
      document.entries.append(ScriptDocument.Entry(text: side.rows.range(of: row)))
      var match = match
      if match.base >= 0 { match.base = places[Int(match.base)] }
      if match.splitFrom >= 0 { match.splitFrom = places[Int(match.splitFrom)] }
      matches.append(match)
    }
    return (document, matches)
  }

  // MARK: - The result

  static func id(of row: Int) -> Line.ID { Line.ID(high: 0, low: UInt64(row) + 1) }

  /// The rows behind a merged line that were left out.
  func rows(behind line: Line.ID) -> Range<Int> {
    guard line.high == 0, line.low < UInt64(isLeftOut.count) else { return 0..<0 }
    let start = Int(line.low)
    var end = start
    while end < isLeftOut.count, isLeftOut[end] { end += 1 }
    return start..<end
  }

  /// How many rows were left out.
  var leftOutCount: Int { isLeftOut.count { $0 } }
}

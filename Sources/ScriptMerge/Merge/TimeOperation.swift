internal import ScriptModel

/// A shift or a stretch: one map for all the times of a range of lines.
struct TimeOperation: Equatable {
  /// Two times and what they became; equal distances make a shift.
  var from: (Int64, Int64)
  var to: (Int64, Int64)
  /// Whether most lines were given new times that no one map explains; it then maps nothing.
  var isIrregular = false

  static func == (left: Self, right: Self) -> Bool {
    left.from == right.from && left.to == right.to && left.isIrregular == right.isIrregular
  }

  /// New times without a rule.
  static var irregular: TimeOperation {
    var operation = TimeOperation(shift: 0)
    operation.isIrregular = true
    return operation
  }

  init(shift: Int64) {
    from = (0, 1)
    to = (shift, shift.addingReportingOverflow(1).partialValue)
  }

  /// `nil` where the two times are one, or where the numbers are beyond what a double holds.
  init?(from: (Int64, Int64), to: (Int64, Int64)) {
    let bound: UInt64 = 1 << 52
    guard from.0 != from.1,
      [from.0, from.1, to.0, to.1].allSatisfy({ $0.magnitude < bound })
    else { return nil }
    self.from = from
    self.to = to
  }

  var isShift: Bool { to.1 &- to.0 == from.1 &- from.0 }

  /// What a time becomes, to the nearest ms.
  func apply(_ time: Milliseconds) -> Milliseconds {
    if isShift { return time + (Milliseconds(to.0) - Milliseconds(from.0)) }
    let ratio = Double(to.1 - to.0) / Double(from.1 - from.0)
    let distance = Double((time - Milliseconds(from.0)).rawValue) * ratio
    return Milliseconds(to.0) + Milliseconds(Int64(exactly: distance.rounded()) ?? 0)
  }
}

/// The shifts and stretches of one side.
struct TimeOperations {
  /// How far a time may be from where the operation puts it and still count as moved by it, in ms.
  static let tolerance: Int64 = 2

  private(set) var operations: [TimeOperation] = []
  /// For each line of the base the operation that it is in, or -1.
  private(set) var ofLine: [Int32]
  /// How many lines with times both have.
  private let timedCount: Int

  init(base: [Line], side: [Line], places: [Int32]) {
    ofLine = [Int32](repeating: -1, count: base.count)
    var run: [Int] = []
    timedCount = base.indices.count {
      places[$0] >= 0 && (base[$0].start != nil || base[$0].end != nil)
    }
    for index in base.indices {
      let place = Int(places[index])
      guard place >= 0, base[index].start != nil || base[index].end != nil else { continue }
      if base[index].start != side[place].start || base[index].end != side[place].end {
        run.append(index)
      } else {
        recognise(run, base, side, places)
        run = []
      }
    }
    recognise(run, base, side, places)
  }

  /// The operation of a line of the base.
  func operation(of line: Int) -> TimeOperation? {
    ofLine.indices.contains(line) && ofLine[line] >= 0 ? operations[Int(ofLine[line])] : nil
  }

  private mutating func recognise(_ run: [Int], _ base: [Line], _ side: [Line], _ places: [Int32]) {
    guard run.count >= 2 || run.count == timedCount else { return }
    var points: [(before: Int64, after: Int64)] = []
    for index in run {
      let now = side[Int(places[index])]
      if let before = base[index].start, let after = now.start {
        points.append((before.rawValue, after.rawValue))
      }
      if let before = base[index].end, let after = now.end {
        points.append((before.rawValue, after.rawValue))
      }
    }
    guard points.count >= 2 else { return }
    if let operation = TimeFit.shift(points) ?? TimeFit.stretch(points) {
      add(operation, run[...], places)
    } else {
      recogniseParts(run, base, side, places)
    }
  }

  /// Takes lines that are in no operation for ones that got new times without a rule.
  mutating func addIrregular(_ lines: [Int]) {
    for line in lines { ofLine[line] = Int32(truncatingIfNeeded: operations.count) }
    operations.append(.irregular)
  }

  /// The lines of each operation, in their order.
  var ranges: [[Int]] {
    var ranges = [[Int]](repeating: [], count: operations.count)
    for (line, operation) in ofLine.enumerated() where operation >= 0 {
      ranges[Int(operation)].append(line)
    }
    return ranges
  }

  /// Finds stretches of a run that were shifted by different times.
  private mutating func recogniseParts(
    _ run: [Int], _ base: [Line], _ side: [Line], _ places: [Int32]
  ) {
    func delta(_ index: Int) -> Int64? {
      let now = side[Int(places[index])]
      let starts = difference(base[index].start, now.start)
      let ends = difference(base[index].end, now.end)
      guard let first = starts ?? ends, (ends ?? first) == first else { return nil }
      return first
    }
    var start = 0
    while start < run.count {
      var end = start + 1
      if let first = delta(run[start]) {
        while end < run.count, delta(run[end]) == first { end += 1 }
        if end - start >= 2 { add(TimeOperation(shift: first), run[start..<end], places) }
      }
      start = end
    }
  }

  private func difference(_ before: Milliseconds?, _ after: Milliseconds?) -> Int64? {
    guard let before, let after else { return nil }
    return (after - before).rawValue
  }

  /// Lines in between that this side deleted belong to the range as well.
  private mutating func add(
    _ operation: TimeOperation, _ lines: ArraySlice<Int>, _ places: [Int32]
  ) {
    guard let first = lines.first, let last = lines.last else { return }
    for line in lines { ofLine[line] = Int32(truncatingIfNeeded: operations.count) }
    for line in first...last where places[line] < 0 {
      ofLine[line] = Int32(truncatingIfNeeded: operations.count)
    }
    operations.append(operation)
  }
}

/// Finds the map that most points follow.
private enum TimeFit {
  static func shift(_ points: [(before: Int64, after: Int64)]) -> TimeOperation? {
    let deltas = points.map { (Milliseconds($0.after) - Milliseconds($0.before)).rawValue }
    let middle = deltas.sorted()[deltas.count / 2]
    guard middle != 0 else { return nil }
    let operation = TimeOperation(shift: middle)
    return holds(operation, points, tolerance: 0, percent: 60) ? operation : nil
  }

  static func stretch(_ points: [(before: Int64, after: Int64)]) -> TimeOperation? {
    let ordered = points.sorted { ($0.before, $0.after) < ($1.before, $1.after) }
    for share in [0, 10, 20] where ordered.count >= 4 {
      let (first, last) = (
        ordered[ordered.count * share / 100], ordered[(ordered.count - 1) * (100 - share) / 100]
      )
      guard
        let operation = TimeOperation(
          from: (first.before, last.before), to: (first.after, last.after)),
        !operation.isShift
      else { continue }
      if holds(operation, points, tolerance: TimeOperations.tolerance, percent: 75) {
        return operation
      }
    }
    return nil
  }

  private static func holds(
    _ operation: TimeOperation, _ points: [(before: Int64, after: Int64)], tolerance: Int64,
    percent: Int
  ) -> Bool {
    var followed = 0
    for point in points {
      let distance = operation.apply(Milliseconds(point.before)) - Milliseconds(point.after)
      if distance.rawValue.magnitude <= UInt64(tolerance) { followed += 1 }
    }
    return followed * 100 >= points.count * percent && followed >= min(3, points.count)
  }
}

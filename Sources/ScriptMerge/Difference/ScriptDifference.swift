package import ScriptModel

/// What differs between two states of a script whose lines have ids.
package enum ScriptDifference {
  /// Finds the fewest edits that make one list of lines the other.
  ///
  /// Applied in order they give `new` exactly. Of lines whose order changed the fewest are moved.
  /// An id that occurs twice counts where it occurs first. Near-linear in the number of lines.
  package static func edits(from old: [Line], to new: [Line]) -> [LineEdit] {
    let oldPlaces = places(of: old)
    let newPlaces = places(of: new)
    var edits: [LineEdit] = []
    for (place, line) in old.enumerated() where oldPlaces[line.id] == place {
      if newPlaces[line.id] == nil { edits.append(.delete(line.id)) }
    }
    let kept = new.enumerated().filter { newPlaces[$1.id] == $0 }.map(\.element)
    let staying = longestIncreasing(kept.map { oldPlaces[$0.id] })
    var previous: Line.ID?
    for (index, line) in kept.enumerated() {
      if let place = oldPlaces[line.id] {
        if !staying[index] { edits.append(.move(line.id, after: previous)) }
        appendFieldEdits(from: old[place], to: line, to: &edits)
      } else {
        edits.append(.insert(line, after: previous))
      }
      previous = line.id
    }
    return edits
  }

  private static func places(of lines: [Line]) -> [Line.ID: Int] {
    Dictionary(lines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func appendFieldEdits(
    from old: Line, to new: Line, to edits: inout [LineEdit]
  ) {
    if old.kind != new.kind { edits.append(.setKind(new.id, new.kind)) }
    if old.speaker != new.speaker { edits.append(.setSpeaker(new.id, new.speaker)) }
    if old.start != new.start { edits.append(.setStart(new.id, new.start)) }
    if old.end != new.end { edits.append(.setEnd(new.id, new.end)) }
    // By bytes: strings that differ only in their normal form are equal to `!=`.
    if !old.text.utf8.elementsEqual(new.text.utf8) { edits.append(.setText(new.id, new.text)) }
  }

  /// Marks a longest increasing subsequence of the values; `nil` is never in it.
  static func longestIncreasing(_ values: [Int?]) -> [Bool] {
    var tails: [Int] = []  // of the best subsequence of each length, the index of its last value
    var previous = [Int](repeating: -1, count: values.count)
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      var low = 0
      var high = tails.count
      while low < high {
        let middle = (low + high) / 2
        if (values[tails[middle]] ?? 0) < value { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = tails[low - 1] }
      if low == tails.count { tails.append(index) } else { tails[low] = index }
    }
    var marks = [Bool](repeating: false, count: values.count)
    var index = tails.last ?? -1
    while index >= 0 {
      marks[index] = true
      index = previous[index]
    }
    return marks
  }
}

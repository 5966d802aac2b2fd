package import ScriptModel

extension ScriptDifference {
  /// Tells for people what differs between two states: at most one change a line, in script order.
  ///
  /// A line whose words were cut off and stand right behind it is a split; the reverse is a join.
  package static func changes(from old: Script, to new: Script) -> [Change] {
    let before = states(of: old)
    let after = states(of: new)
    let places = Dictionary(
      before.map { ($0.line.id, $0.number) }, uniquingKeysWith: { first, _ in first })
    let staying = longestIncreasing(after.map { places[$0.line.id] })
    var changes: [Change] = []
    var kept: Set<Line.ID> = []
    for (index, state) in after.enumerated() where kept.insert(state.line.id).inserted {
      let earlier = places[state.line.id].map { before[$0 - 1] }
      if let change = change(from: earlier, to: state, moved: !staying[index]) {
        changes.append(change)
      }
    }
    for state in before where !kept.contains(state.line.id) {
      changes.append(
        Change(operation: .delete, lineID: state.line.id, before: state, after: nil))
    }
    return arranged(changes)
  }

  /// What became of one line between two states; `nil` where nothing did.
  ///
  /// - Parameter moved: whether its place among the other lines changed.
  package static func change(
    from before: Change.State?, to after: Change.State?, moved: Bool
  ) -> Change? {
    guard let id = after?.line.id ?? before?.line.id else { return nil }
    let operation: Change.Operation
    switch (before, after) {
    case (nil, _): operation = .insert
    case (_, nil): operation = .delete
    case (let before?, let after?):
      let isSame =
        before.line == after.line && before.speakerName == after.speakerName
        && before.line.text.utf8.elementsEqual(after.line.text.utf8)
      if isSame && !moved { return nil }
      operation = isSame ? .move : .change
    }
    return Change(operation: operation, lineID: id, before: before, after: after)
  }

  /// Recognises splits and joins among changes, and sorts them into the script's order.
  package static func arranged(_ changes: [Change]) -> [Change] {
    var changes = changes
    recognise(.insert, as: .split, in: &changes, here: \.after, there: \.before)
    recognise(.delete, as: .join, in: &changes, here: \.before, there: \.after)
    return changes.sorted { left, right in
      let leftNumber = left.after?.number ?? left.before?.number ?? 0
      let rightNumber = right.after?.number ?? right.before?.number ?? 0
      if leftNumber != rightNumber { return leftNumber < rightNumber }
      return left.after == nil && right.after != nil
    }
  }

  /// Finds lines that are on one side only and, put behind the line in front of them, give the text
  /// which that line has on the other side.
  private static func recognise(
    _ lone: Change.Operation, as found: Change.Operation, in changes: inout [Change],
    here: KeyPath<Change, Change.State?>, there: KeyPath<Change, Change.State?>
  ) {
    guard changes.contains(where: { $0.operation == lone }) else { return }
    var byNumber: [Int: Int] = [:]
    for (index, change) in changes.enumerated() {
      if let number = change[keyPath: here]?.number { byNumber[number] = index }
    }
    for change in changes {
      guard let part = change[keyPath: here], let whole = change[keyPath: there] else { continue }
      let goal = words(whole.line.text)
      var sum = words(part.line.text)
      guard sum.count < goal.count, goal.starts(with: sum) else { continue }
      var number = part.number + 1
      var run: [Int] = []
      while sum.count < goal.count, let next = byNumber[number], changes[next].operation == lone {
        sum += words(changes[next][keyPath: here]?.line.text ?? "")
        run.append(next)
        number += 1
      }
      if sum == goal { for index in run { changes[index].operation = found } }
    }
  }

  /// The bytes of a text without white space and tags: splits and joins add and drop some.
  private static func words(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var words: [UInt8] = []
    words.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let rest = bytes[index...]
      if bytes[index] == UInt8(ascii: "<"), let tag = tags.first(where: { rest.starts(with: $0) }) {
        index += tag.count
        continue
      }
      if bytes[index] > 0x20 { words.append(bytes[index]) }
      index += 1
    }
    return words
  }

  private static let tags = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>"].map { Array($0.utf8) }

  private static func states(of script: Script) -> [Change.State] {
    let names = Dictionary(
      script.speakers.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    return script.lines.enumerated().map { index, line in
      Change.State(
        number: index + 1, line: line, speakerName: line.speaker.flatMap { names[$0] })
    }
  }
}

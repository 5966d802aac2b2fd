import ScriptMerge
import ScriptModel

/// Puts the values that a person picked into a script, one conflict after the other.
struct ConflictSettling {
  private(set) var script: Script

  init(script: Script) { self.script = script }

  /// Makes the script what the resolution of a conflict asks for.
  mutating func settle(
    _ conflict: Conflict, with resolution: ConflictResolution
  ) throws(WorkspaceError) {
    if conflict.field == .existence { return try settleExistence(conflict, resolution) }
    guard let value = Self.value(of: conflict, resolution) else { return }
    let isOwn = if case .text = resolution { true } else { false }
    switch conflict.field {
    case .speakerName: try rename(conflict, to: value)
    case .timing: try retime(conflict, to: value)
    case .order: try move(conflict, behind: value, isOwn: isOwn)
    case .speaker: try assign(conflict, value, isOwn: isOwn)
    case .text: script.lines[try place(of: conflict)].text = value ?? ""
    case .start: script.lines[try place(of: conflict)].start = try Self.time(value, isOwn: isOwn)
    case .end: script.lines[try place(of: conflict)].end = try Self.time(value, isOwn: isOwn)
    case .kind: script.lines[try place(of: conflict)].kind = try Self.kind(value)
    case .existence: break
    }
  }

  /// The value to be put in; `nil` where the script stays as it is.
  private static func value(of conflict: Conflict, _ resolution: ConflictResolution) -> String?? {
    switch resolution {
    case .ours, .both: nil
    case .theirs: .some(conflict.theirs)
    case .base: .some(conflict.base)
    case .text(let text): .some(text)
    }
  }

  private func place(of conflict: Conflict) throws(WorkspaceError) -> Int {
    if let index = script.lines.firstIndex(where: { $0.id == conflict.lineID }) { return index }
    throw WorkspaceError(
      .conflict, "The line of the conflict \(conflict.id) is not in the script any more",
      fix: "Settle it with '--ours', which leaves the script as it is.")
  }

  mutating func removeLines(_ range: Range<Int>) { script.lines.removeSubrange(range) }

  mutating func setText(_ text: String, at index: Int) { script.lines[index].text = text }

  mutating func setTimes(start: Milliseconds?, end: Milliseconds?, at index: Int) {
    script.lines[index].start = start
    script.lines[index].end = end
  }

  // MARK: - Fields

  private static func time(
    _ value: String?, isOwn: Bool
  ) throws(WorkspaceError) -> Milliseconds? {
    guard let value, !(isOwn && (value.isEmpty || value == "none")) else { return nil }
    let time = isOwn ? Milliseconds(parsing: value) : Int64(value).map { Milliseconds($0) }
    if let time { return time }
    throw WorkspaceError(
      .invalidValue, "'\(value)' is no time", fix: "Write it as 90, 1.5s or 00:01:30,500.")
  }

  private static func kind(_ value: String?) throws(WorkspaceError) -> Line.Kind {
    if let kind = value.flatMap({ Line.Kind(rawValue: $0) }) { return kind }
    throw WorkspaceError(
      .invalidValue, "'\(value ?? "")' is no kind of line",
      fix: "The kinds are dialogue, heading and direction.")
  }

  private mutating func assign(
    _ conflict: Conflict, _ value: String?, isOwn: Bool
  ) throws(WorkspaceError) {
    let index = try place(of: conflict)
    guard isOwn, let name = value, !name.isEmpty else {
      script.lines[index].speaker = isOwn ? nil : value.flatMap { Speaker.ID($0) }
      return
    }
    if let known = script.speakers.first(where: { $0.name == name }) {
      script.lines[index].speaker = known.id
      return
    }
    // The store gives the speaker of that name in the cast, or a new one, in place of this id.
    let speaker = Speaker(id: conflict.id.retyped(), name: name)
    script.speakers.append(speaker)
    script.lines[index].speaker = speaker.id
  }

  private mutating func rename(
    _ conflict: Conflict, to value: String?
  ) throws(WorkspaceError) {
    let line = script.lines.first { $0.id == conflict.lineID }
    let index =
      script.speakers.firstIndex { $0.name == conflict.ours }
      ?? script.speakers.firstIndex { $0.id == line?.speaker }
    guard let index, let value else {
      throw WorkspaceError(
        .conflict, "The speaker of the conflict \(conflict.id) is not in the script any more",
        fix: "Settle it with '--ours', which leaves the script as it is.")
    }
    script.speakers[index].name = value
  }

  private mutating func move(
    _ conflict: Conflict, behind value: String?, isOwn: Bool
  ) throws(WorkspaceError) {
    let index = try place(of: conflict)
    let placement =
      isOwn
      ? try self.placement(of: conflict, behind: value)
      : value.flatMap { LinePlacement($0, of: conflict.lineID) }
    guard let placement else {
      throw WorkspaceError(
        .conflict, "The conflict \(conflict.id) names no place",
        fix: "Settle it with '--text NUMBER', the line to stand behind.")
    }
    let moved = placement.lines.compactMap { id in script.lines.first { $0.id == id } }
    let ids = Set(moved.map(\.id))
    guard placement.anchor.map({ id in script.lines.contains { $0.id == id } }) ?? true else {
      throw WorkspaceError(
        .conflict, "The line that line \(index + 1) was moved behind is not there any more",
        fix: "Settle it with '--ours', or move it with '--text NUMBER'.")
    }
    script.lines.removeAll { ids.contains($0.id) }
    let target = script.lines.firstIndex { $0.id == placement.anchor }
    script.lines.insert(contentsOf: moved, at: target.map { $0 + 1 } ?? 0)
  }

  /// The lines of a conflict behind a line that a person names by its number; 0 for first of all.
  private func placement(
    of conflict: Conflict, behind number: String?
  ) throws(WorkspaceError) -> LinePlacement {
    let ours = conflict.ours.flatMap { LinePlacement($0, of: conflict.lineID) }
    let lines = ours?.lines ?? [conflict.lineID]
    if let place = number.flatMap({ Int($0) }), (0...script.lines.count).contains(place) {
      let anchor = place == 0 ? nil : script.lines[place - 1].id
      if !lines.contains(where: { $0 == anchor }) {
        return LinePlacement(anchor: anchor, lines: lines)
      }
    }
    throw WorkspaceError(
      .invalidValue, "'\(number ?? "")' is no number of another line",
      fix: "Give the number of the line to stand behind; 0 for first of all.")
  }
}

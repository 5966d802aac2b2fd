import ScriptMerge
public import ScriptModel

/// A conflict with what a person needs to settle it, as the script stands now.
public struct ConflictDetails: Hashable, Sendable {
  /// The record: base, ours and theirs in the field's own form.
  public var conflict: Conflict
  /// The number of its line; `nil` where the line is gone.
  public var number: Int?
  /// The line as it stands; `nil` where it is gone.
  public var line: Line?
  /// The name of the line's speaker.
  public var speakerName: String?
  /// The value that both sides started from, readable; `nil` where there was none.
  public var base: String?
  /// The value here, readable; `nil` for none: a line that is not there, a speaker or time taken away.
  public var ours: String?
  /// The value of the other side, readable.
  public var theirs: String?
}

/// How a conflict is settled.
public enum ConflictResolution: Hashable, Sendable {
  /// The script stays as it is.
  case ours
  /// The value of the other side.
  case theirs
  /// The value that both sides started from.
  case base
  /// A value of one's own: a text, a name, a time, a kind, or the number of the line to stand behind.
  case text(String)
  /// What both sides added stays, one behind the other.
  case both
}

/// Describes the conflicts of one script.
struct ConflictDescribing {
  private let lines: [Line.ID: (number: Int, line: Line)]
  private let names: [Speaker.ID: String]

  init(script: Script, cast: [Speaker]) {
    lines = Dictionary(
      script.lines.enumerated().map { ($1.id, (number: $0 + 1, line: $1)) }
    ) { first, _ in first }
    names = Dictionary((script.speakers + cast).map { ($0.id, $0.name) }) { first, _ in first }
  }

  /// Describes conflicts in the order of their lines.
  func details(of conflicts: [Conflict]) -> [ConflictDetails] {
    conflicts.map(details(of:)).enumerated().sorted {
      let (left, right) = ($0.element.number ?? .max, $1.element.number ?? .max)
      return left == right ? $0.offset < $1.offset : left < right
    }.map(\.element)
  }

  private func details(of conflict: Conflict) -> ConflictDetails {
    let place = lines[conflict.lineID]
    return ConflictDetails(
      conflict: conflict, number: place?.number, line: place?.line,
      speakerName: place?.line.speaker.flatMap { names[$0] },
      base: readable(conflict.base, conflict), ours: readable(conflict.ours, conflict),
      theirs: readable(conflict.theirs, conflict))
  }

  private func readable(_ value: String?, _ conflict: Conflict) -> String? {
    guard let value else { return nil }
    switch conflict.field {
    case .text, .kind, .existence, .speakerName: return value
    case .timing:
      guard let bounds = RangeTimes(value)?.bounds else { return value }
      return bounds.start.timecode() + " --> " + bounds.end.timecode()
    case .speaker: return Speaker.ID(value).flatMap { names[$0] } ?? "an unknown speaker"
    case .start, .end: return Int64(value).map { Milliseconds($0).timecode() } ?? value
    case .order:
      guard let placement = LinePlacement(value, of: conflict.lineID) else { return value }
      guard let anchor = placement.anchor else { return "first of all" }
      return lines[anchor].map { "behind line \($0.number)" } ?? "behind a deleted line"
    }
  }
}

import ScriptModel

extension TranscriptLayout {
  /// Writes turns in this layout, without a newline at the end.
  func text(of turns: [Turn]) -> String {
    switch self {
    case .fencedSRT:
      let captions = turns.map {
        Caption(start: $0.start, end: $0.end, text: labelled($0, $0.speaker))
      }
      return "```srt\n" + CaptionText.text(of: captions) + "```"
    case .fencedVTT:
      return "```vtt\nWEBVTT\n\n" + turns.map(cue).joined(separator: "\n\n") + "\n```"
    case .nameColon, .bracketTime, .whisper:
      return turns.map(row).joined(separator: "\n")
    default: return turns.map(row).joined(separator: "\n\n")
    }
  }

  private func row(_ turn: Turn) -> String {
    let clock = Milliseconds(turn.start).clock
    let name = turn.speaker
    return switch self {
    case .bracketTime: "[\(long(turn.start))] \(labelled(turn, name.uppercased()))"
    case .boldName: name.isEmpty ? turn.text : "**\(name):** \(turn.text)"
    case .rangeAbove: "\(long(turn.start)) - \(long(turn.end)) \(name)\n\(turn.text)"
    case .otter: "\(name)  \(clock)\n\(turn.text)"
    case .rev: "\(name) (\(twoDigits(turn.start))):\n\(turn.text)"
    case .word: "\(long(turn.start)) \(name)\n\(turn.text)"
    case .heading: "### \(long(turn.start)) · \(name)\n\n\(turn.text)"
    case .boldTime: "**\(name)** (\(long(turn.start)))\n\n\(turn.text)"
    case .whisper:
      "[\(exact(turn.start)) --> \(exact(turn.end))] "
        + (name.isEmpty ? turn.text : "[\(name)]: \(turn.text)")
    case .screenplay: "\(name.uppercased())\n\(turn.text)"
    case .nameColon, .fencedSRT, .fencedVTT: labelled(turn, name)
    }
  }

  private func cue(_ turn: Turn) -> String {
    let voice = turn.speaker.isEmpty ? turn.text : "<v \(turn.speaker)>\(turn.text)</v>"
    return "\(exact(turn.start)) --> \(exact(turn.end))\n\(voice)"
  }

  private func labelled(_ turn: Turn, _ name: String) -> String {
    name.isEmpty ? turn.text : "\(name): \(turn.text)"
  }

  private func exact(_ time: Int64) -> String { Milliseconds(time).timecode() }

  /// `00:01:05`
  private func long(_ time: Int64) -> String { String(exact(time).dropLast(4)) }

  /// `01:05`, or `00:01:05` from an hour on.
  private func twoDigits(_ time: Int64) -> String {
    time < 3_600_000 ? String(long(time).dropFirst(3)) : long(time)
  }
}

import JSONText

/// Edits of a text track as another device makes them.
enum OtherDevice {
  /// Does one edit, such as `{"op":"set","index":0,"text":"Good evening."}`.
  ///
  /// - Throws: `ControlError` for an unknown edit or a place that is not there.
  static func apply(
    _ edit: JSONValue, to segments: inout [SimulatedSegment]
  ) throws(ControlError) {
    switch edit["op"]?.string {
    case "set":
      let index = try place(edit, in: segments)
      if let text = edit["text"]?.string { segments[index].text = text }
      if let speaker = edit["speaker"] { segments[index].speaker = speaker.string }
      if let start = edit["start"]?.integer { segments[index].start = start }
      if let duration = edit["duration"]?.integer { segments[index].duration = duration }
    case "insert":
      let index = min(segments.count, max(0, Int(clamping: edit["index"]?.integer ?? .max)))
      let end = index > 0 ? segments[index - 1].end : 0
      segments.insert(
        SimulatedSegment(
          id: "", text: edit["text"]?.string ?? "", speaker: edit["speaker"]?.string,
          start: edit["start"]?.integer ?? end, duration: edit["duration"]?.integer ?? 1500),
        at: index)
    case "delete": segments.remove(at: try place(edit, in: segments))
    case "move":
      let segment = segments.remove(at: try place(edit, in: segments))
      let target = Int(clamping: edit["to"]?.integer ?? .max)
      segments.insert(segment, at: min(segments.count, max(0, target)))
    case "shift":
      let time = edit["ms"]?.integer ?? 0
      for index in segments.indices { segments[index].start &+= time }
    case "rename":
      guard let old = edit["from"]?.string, let new = edit["to"]?.string else {
        throw ControlError(words: "'from' and 'to' are missing")
      }
      rename(old, to: new, in: &segments)
    default:
      throw ControlError(words: "'op' must be set, insert, delete, move, shift or rename")
    }
  }

  private static func place(
    _ edit: JSONValue, in segments: [SimulatedSegment]
  ) throws(ControlError) -> Int {
    guard let index = edit["index"]?.integer.map({ Int(clamping: $0) }),
      segments.indices.contains(index)
    else { throw ControlError(words: "'index' must be below \(segments.count)") }
    return index
  }

  /// Renames a speaker, also where it is a label in the text.
  private static func rename(
    _ old: String, to new: String, in segments: inout [SimulatedSegment]
  ) {
    for index in segments.indices {
      if segments[index].speaker == old {
        segments[index].speaker = new
      } else if let label = CaptionText.label(of: segments[index].text), label.speaker == old {
        segments[index].text = "\(new): \(label.rest)"
      }
    }
  }
}

internal import BackendAPI
package import ScriptModel

/// A script as its text track holds it, or is to hold it.
///
/// What the track was seen to have of a line stands as long as the line says the same as then. A line
/// without times gets estimated ones: from the end of the line before it, as long as its words take to
/// be said, squeezed where the next time comes earlier.
package struct TrackProjection: Sendable {
  /// What becomes of the speaker of a line that the track was seen to have without one.
  package enum Labels: Sendable {
    /// The track has none there.
    case asSeen
    /// The script names one there.
    case own
  }

  /// The captions in the order of the lines.
  package let captions: [TrackCaption]

  /// Projects a script.
  ///
  /// - Parameters:
  ///   - base: what both sides agreed on last; `nil` for a script that no track has yet.
  ///   - labels: what a message says of speakers whom the track does not name.
  package init(_ script: Script, over base: TrackBase?, labels: Labels = .asSeen) {
    let projecting = Projecting(script, base, labels)
    captions = projecting.captions()
  }

  /// SHA-256 of what the track holds, 32 bytes, as `Draft.Track.captionHash` has it.
  package var hash: [UInt8] { CaptionContent.hash(of: captions.map(\.content)) }

  /// Whether a track that has these captions has the same hash, without hashing anything.
  func says(_ others: [CaptionContent]) -> Bool {
    captions.count == others.count
      && zip(captions, others).allSatisfy { $0.content.saysTheSame(as: $1) }
  }

  /// What lines say by themselves; those without times are left out.
  static func plain(_ script: Script) -> [Line.ID: CaptionContent] {
    let names = Dictionary(
      script.speakers.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    var result: [Line.ID: CaptionContent] = [:]
    for line in script.lines where line.isHeldByTracks {
      guard let start = line.start, let end = line.end else { continue }
      let times = CaptionTimes.usable(start: start, end: end)
      result[line.id] = CaptionContent(
        speaker: line.speaker.flatMap { names[$0] }, text: CaptionContent.rows(of: line.text),
        start: times.start, duration: times.end - times.start)
    }
    return result
  }
}

/// The times that captions can have.
enum CaptionTimes {
  /// What one character takes to be said; one of CJK is most of a word.
  private static let perCharacter: (usual: Int64, wide: Int64) = (65, 220)
  /// The shortest that an estimated caption stands.
  private static let shortest: Int64 = 1000
  /// The latest time: some 12,000 days; sums of times beyond would not fit.
  private static let latest = Milliseconds(1 << 40)

  /// Times of a line as a caption can have them: none is negative, and no end before its start.
  static func usable(
    start: Milliseconds, end: Milliseconds
  ) -> (start: Milliseconds, end: Milliseconds) {
    let begin = min(max(start, Milliseconds(0)), latest)
    return (begin, min(max(end, begin), latest))
  }

  /// How long words take to be said.
  static func duration(of text: String) -> Milliseconds {
    var sum: Int64 = 0
    for scalar in text.unicodeScalars {
      sum += scalar.value >= 0x2E80 ? perCharacter.wide : perCharacter.usual
    }
    return Milliseconds(max(shortest, sum))
  }
}

private struct Projecting {
  private struct Agreed {
    let line: Line
    let speaker: String?
  }

  private let lines: [Line]
  private let names: [Speaker.ID: String]
  private let agreed: [Line.ID: Agreed]
  private let seen: [Line.ID: CaptionContent]
  private let labels: TrackProjection.Labels

  init(_ script: Script, _ base: TrackBase?, _ labels: TrackProjection.Labels) {
    self.labels = labels
    lines = script.lines.filter(\.isHeldByTracks)
    names = Self.names(script)
    seen = base?.seen ?? [:]
    var agreed: [Line.ID: Agreed] = [:]
    if let base {
      let names = Self.names(base.script)
      agreed.reserveCapacity(base.script.lines.count)
      for line in base.script.lines {
        agreed[line.id] = Agreed(line: line, speaker: line.speaker.flatMap { names[$0] })
      }
    }
    self.agreed = agreed
  }

  private static func names(_ script: Script) -> [Speaker.ID: String] {
    Dictionary(script.speakers.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  func captions() -> [TrackCaption] {
    var result: [TrackCaption] = []
    result.reserveCapacity(lines.count)
    var timeless: [Int] = []
    for (index, line) in lines.enumerated() {
      result.append(TrackCaption(lineID: line.id, content: words(of: line)))
      let times = seenTimes(of: line) ?? ownTimes(of: line, at: index)
      if let times {
        result[index].content.start = times.start
        result[index].content.duration = times.end - times.start
      }
      // A line that was seen with times among new ones without any moves on with them.
      if line.start == nil, times == nil || !timeless.isEmpty {
        timeless.append(index)
      } else {
        spread(timeless, before: result[index].content.start, over: &result)
        timeless = []
      }
    }
    spread(timeless, before: nil, over: &result)
    return result
  }

  /// Speaker and text; where they are as agreed on, as they were seen.
  private func words(of line: Line) -> CaptionContent {
    var content = CaptionContent(
      speaker: line.speaker.flatMap { names[$0] }, text: CaptionContent.rows(of: line.text),
      start: Milliseconds(0), duration: Milliseconds(0))
    guard let seen = seen[line.id], let agreed = agreed[line.id] else { return content }
    if agreed.line.text.utf8.elementsEqual(line.text.utf8) { content.text = seen.text }
    if agreed.speaker == content.speaker, labels == .asSeen || seen.speaker != nil {
      content.speaker = seen.speaker
    }
    return content
  }

  private func seenTimes(of line: Line) -> (start: Milliseconds, end: Milliseconds)? {
    guard let seen = seen[line.id], let agreed = agreed[line.id]?.line,
      agreed.start == line.start, agreed.end == line.end
    else { return nil }
    return (seen.start, seen.end)
  }

  /// Times of a line that has a start; a missing end is estimated.
  private func ownTimes(
    of line: Line, at index: Int
  ) -> (start: Milliseconds, end: Milliseconds)? {
    guard let start = line.start else { return nil }
    if let end = line.end { return CaptionTimes.usable(start: start, end: end) }
    var end = start + CaptionTimes.duration(of: line.text)
    if index + 1 < lines.count, let next = lines[index + 1].start, next > start, next < end {
      end = next
    }
    return CaptionTimes.usable(start: start, end: end)
  }

  /// Gives a run of lines without a start their times, one behind the other.
  private func spread(
    _ run: [Int], before next: Milliseconds?, over captions: inout [TrackCaption]
  ) {
    guard let first = run.first else { return }
    var position = first > 0 ? captions[first - 1].content.end : Milliseconds(0)
    let lengths = run.map { CaptionTimes.duration(of: captions[$0].content.text).rawValue }
    let total = lengths.reduce(0, +)
    let room = next.map { ($0 - position).rawValue } ?? total
    let isTight = room > 0 && room < total
    var passed: Int64 = 0
    let begin = position
    for (place, index) in run.enumerated() {
      passed += lengths[place]
      let share = isTight ? Int64(Double(room) * (Double(passed) / Double(total))) : passed
      let times = CaptionTimes.usable(start: position, end: begin + Milliseconds(share))
      captions[index].content.start = times.start
      captions[index].content.duration = times.end - times.start
      position = times.end
    }
  }
}

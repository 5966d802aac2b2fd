import JSONText
import Offbook
import ScriptModel

/// `timeline`.
enum TimelineCommand {
  static let timeline = Command(
    name: "timeline", abstract: "Show the tracks of a project's video.",
    discussion: "Without a network the tracks are shown as they were last seen.",
    examples: [.init("offbook timeline Talks", "Show the tracks on a time axis.")],
    arguments: [Argument("PROJECT", "The project; else the only one.", isOptional: true)],
    action: { invocation in
      try report(
        of: invocation.serviceProject(invocation.arguments.optional("PROJECT")), invocation)
    })

  /// The tracks as they are now, else as they were last seen.
  static func report(of project: Project, _ invocation: Invocation) throws -> Report {
    let call = try ServiceCall(invocation)
    var timeline: Timeline?
    var offline: WorkspaceError?
    do {
      timeline = try call.run { connection, _ in try await connection.timeline(of: project.id) }
    } catch let error as WorkspaceError where [.offline, .busy].contains(error.code) {
      timeline = try invocation.workspace().timeline(of: project.id)
      offline = error
      if timeline == nil { throw error }
    }
    guard let timeline else {
      throw CommandFailure(
        type: "notFound", message: "The project '\(project.name)' has no session yet.",
        fix: "'offbook extract' or 'offbook generate' opens one.")
    }
    if let offline {
      let reason = offline.code == .offline ? "No network." : offline.description
      invocation.console.warn("\(reason) These are the tracks as they were last seen.")
    }
    var report = Report(
      data: { writer, _ in writer.object { $0.members(of: timeline) } },
      text: { console in
        console.wrapped(VisibleText.row(timeline.summary))
        let picture = TimelinePicture(
          timeline, width: console.width ?? 80, style: console.outStyle)
        if !picture.rows.isEmpty { console.line("") }
        for row in picture.rows { console.line(row) }
      })
    report.talk = Report.Talk(reply: timeline.summary)
    return report
  }
}

extension JSONWriter {
  fileprivate mutating func members(of timeline: Timeline) {
    member("summary", timeline.summary)
    member("durationMs", timeline.duration)
    member("tracks", timeline.tracks) { writer, track in
      writer.member("index", track.index)
      writer.member("type", track.kind.rawValue)
      writer.member("name", track.name)
      writer.member("segments", track.segments) { writer, segment in
        writer.member("start", segment.start)
        writer.member("end", segment.end)
        writer.member(track.kind == .text ? "text" : "name", segment.text)
        if let speaker = segment.speaker { writer.member("speaker", speaker) }
      }
    }
  }
}

/// Tracks as bars on a time axis, in a terminal.
struct TimelinePicture {
  /// The rows without line feeds; none where there is nothing with a length.
  let rows: [String]

  /// - Parameter width: the columns that it may take.
  init(_ timeline: Timeline, width: Int, style: Style) {
    let end = timeline.tracks.flatMap(\.segments).map(\.end.rawValue).max() ?? 0
    let length = max(timeline.duration?.rawValue ?? 0, end)
    guard length > 0, !timeline.tracks.isEmpty else {
      rows = []
      return
    }
    let names = timeline.tracks.map { Self.name(of: $0) }
    let margin = min(22, (names.map { TextWidth.columns(of: $0) }.max() ?? 0) + 1)
    let columns = max(10, min(width, 100) - margin - 1)
    let axis = Axis(length: length, columns: columns)
    var rows = [
      style.dim(String(repeating: " ", count: margin) + axis.labels),
      style.dim(String(repeating: " ", count: margin) + axis.rule),
    ]
    for (track, name) in zip(timeline.tracks, names) {
      let head = TextWidth.padded(TextWidth.truncated(name, to: margin - 1), to: margin)
      rows.append(head + Self.bar(of: track, axis: axis, style: style))
    }
    self.rows = rows
  }

  private static func name(of track: Timeline.Track) -> String {
    let words = VisibleText.row(track.name)
    let name = words.isEmpty ? track.kind.rawValue : words
    return "\(track.index). \(name)"
  }

  private static func bar(of track: Timeline.Track, axis: Axis, style: Style) -> String {
    var result = ""
    var position = 0
    for segment in track.segments.sorted(by: { $0.start < $1.start }) {
      let start = max(position, axis.column(of: segment.start.rawValue))
      let end = max(start + 1, axis.column(of: segment.end.rawValue))
      guard start < axis.columns else { break }
      result += String(repeating: " ", count: start - position)
      let box = Self.box(VisibleText.row(segment.text), columns: min(end, axis.columns) - start)
      result += paint(box, track.kind, style)
      position = min(end, axis.columns)
    }
    return result
  }

  /// A segment's name between its borders, as much of it as there is room for.
  private static func box(_ text: String, columns: Int) -> String {
    guard columns > 2 else { return String(repeating: "▪", count: columns) }
    let inner = columns - 2
    let words = inner >= 3 ? TextWidth.truncated(text, to: inner) : ""
    let fill = String(repeating: "─", count: max(0, inner - TextWidth.columns(of: words)))
    return "├" + words + fill + "┤"
  }

  private static func paint(_ text: String, _ kind: Timeline.Track.Kind, _ style: Style) -> String {
    switch kind {
    case .video: style.cyan(text)
    case .audio: style.green(text)
    case .text: style.yellow(text)
    case .other: text
    }
  }

  /// Milliseconds to columns, with marks at round times.
  private struct Axis {
    let length: Int64
    let columns: Int

    func column(of time: Int64) -> Int {
      let clamped = max(0, min(time, length))
      return Int((Double(clamped) / Double(length) * Double(columns)).rounded())
    }

    private static let steps: [Int64] = [
      100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
      1_800_000, 3_600_000, 7_200_000, 18_000_000, 36_000_000,
    ]

    /// The first round step that leaves labels ten columns each.
    private var step: Int64 {
      let wanted = Double(length) * 10 / Double(columns)
      return Self.steps.first { Double($0) >= wanted } ?? length
    }

    private func label(_ time: Int64) -> String {
      step < 1000 ? "\(time / 1000).\(time % 1000 / 100)s" : Milliseconds(time).clock
    }

    private var marks: [(column: Int, label: String)] {
      stride(from: 0, through: length, by: Int64.Stride(step)).map { (column(of: $0), label($0)) }
    }

    var labels: String {
      var text = ""
      for mark in marks {
        guard text.count <= mark.column, mark.column + mark.label.count <= columns else { continue }
        text += String(repeating: " ", count: mark.column - text.count) + mark.label
      }
      return text
    }

    var rule: String {
      var text = Array(repeating: Character("─"), count: columns)
      for mark in marks where mark.column < columns { text[mark.column] = "┬" }
      return String(text)
    }
  }
}

import JSONText
import Offbook
import ScriptModel

/// `search`.
enum SearchCommand {
  private static let defaultLimit = 50

  static let search = Command(
    name: "search", abstract: "Find lines by words in all scripts.",
    discussion: "Words may be \"phrases in quotes\" and prefixes*.",
    examples: [
      .init("offbook search budget", "Find lines that hold a word."),
      .init("offbook search '\"carbon tax\"' -p Talks", "Find a phrase in a project."),
      .init("offbook search 'invest*' --speaker Anna", "Find what somebody said."),
    ],
    arguments: [Argument("QUERY", "What to look for.")],
    options: [
      CommonOption.project, .value("speaker", "NAME", "Only lines of this speaker."),
      .value("limit", "N", "The most lines to show; 50 where it is left out."),
    ],
    action: { invocation in
      let limit = try invocation.arguments.count("limit") ?? defaultLimit
      let workspace = try invocation.workspace()
      let project = try invocation.project()
      let query = invocation.arguments.word("QUERY")
      let found = try workspace.search(
        query, in: project?.id, speaker: invocation.arguments.value("speaker"),
        limit: min(limit, .max - 1) + 1)
      let hits = found.prefix(limit)
      if found.count > limit {
        invocation.console.warn("There are more than \(limit) lines; '--limit' shows more.")
      }
      return Report(
        data: { writer, output in
          writer.object { writer in
            writer.member("hits", hits) { writer, hit in
              write(hit, to: &writer)
              output.take(from: &writer)
            }
          }
        },
        text: { console in
          if hits.isEmpty { return console.note("No line has '\(VisibleText.row(query))'.") }
          show(hits, console)
        })
    })

  private static func write(_ hit: SearchHit, to writer: inout JSONWriter) {
    writer.member("scriptId", hit.scriptID.description)
    writer.member("lineId", hit.lineID.description)
    writer.member("number", hit.number)
    writer.member("speaker", hit.speakerName)
    writer.member("start", hit.start)
    writer.member("text", hit.text)
    let snippet = Snippet(hit, mostColumns: 120)
    writer.member("snippet", snippet.marked { "**\($0)**" })
  }

  /// Puts the hits of one script together, where a line that came later was found later.
  private static func grouped(_ hits: some Sequence<SearchHit>) -> [SearchHit] {
    var places: [Script.ID: Int] = [:]
    for hit in hits where places[hit.scriptID] == nil { places[hit.scriptID] = places.count }
    return hits.sorted { left, right in
      let one = places[left.scriptID] ?? 0
      let other = places[right.scriptID] ?? 0
      return one == other ? left.number < right.number : one < other
    }
  }

  private static func show(_ hits: some Sequence<SearchHit>, _ console: Console) {
    let style = console.outStyle
    var script: Script.ID?
    for hit in grouped(hits) {
      if hit.scriptID != script {
        if script != nil { console.line("") }
        console.line(style.bold(VisibleText.row(hit.scriptTitle)))
        script = hit.scriptID
      }
      var head = "\(hit.number)"
      if let start = hit.start { head += "  \(start.clock)" }
      if let name = hit.speakerName { head += "  \(VisibleText.row(name)):" }
      let room = (console.width ?? 160) - TextWidth.columns(of: head) - 3
      let snippet = Snippet(hit, mostColumns: max(20, room))
      let text = snippet.marked { style.isOn ? style.yellow($0) : $0 }
      console.line("  \(head) \(text)")
    }
  }
}

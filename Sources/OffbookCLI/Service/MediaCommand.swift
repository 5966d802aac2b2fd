import JSONText
import Offbook
import ScriptModel

/// `media`.
enum MediaCommand {
  static let media = Command(
    name: "media", abstract: "List the media of a project.",
    examples: [.init("offbook media Talks", "Show what was given and what was made.")],
    arguments: [Argument("PROJECT", "The project; else all.", isOptional: true)],
    action: { invocation in
      let workspace = try invocation.workspace()
      let project = try invocation.arguments.optional("PROJECT").map {
        try workspace.project(matching: $0)
      }
      let media = try workspace.media(of: project?.id)
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("media", media) { writer, medium in
              writer.member("id", medium.id)
              writer.member("name", medium.name)
              writer.member("kind", medium.kind.rawValue)
              writer.member("origin", medium.origin.rawValue)
              writer.member("state", medium.state.rawValue)
              writer.member("bytes", medium.byteCount.map { Int($0) })
              writer.member("sha256", medium.sha256.map(Hexadecimal.text))
              writer.member("path", medium.path)
            }
          }
        },
        text: { console in
          if media.isEmpty { return console.note("There are no media yet.") }
          var table = TextTable([
            .init("id"), .init("name", isFlexible: true), .init("kind"), .init("origin"),
            .init("state"), .init("size", isNumber: true),
          ])
          let ids = ShortIdentifiers(media.map(\.id.description))
          for medium in media {
            table.append([
              ids.short(medium.id.description), VisibleText.row(medium.name), medium.kind.rawValue,
              medium.origin.rawValue, medium.state.rawValue,
              medium.byteCount.map { ByteCount.text($0) } ?? "",
            ])
          }
          console.table(table)
        })
    })
}

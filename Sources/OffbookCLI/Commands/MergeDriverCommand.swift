import JSONText
import Offbook

/// `merge-driver`: what git calls to merge a transcript.
enum MergeDriverCommand {
  static let mergeDriver = Command(
    name: "merge-driver", abstract: "Merge three versions of a file for git.",
    discussion:
      "The result takes the place of OURS. Exit code 1 where conflicts are left: they stand in the "
      + "file between git's markers. README.md leads to the set-up.",
    examples: [
      .init(
        "git config merge.offbook.driver "
          + "\"offbook merge-driver %O %A %B %P --marker-size %L\"",
        "Have git call it; '*.srt merge=offbook' in .gitattributes says for which files.")
    ],
    arguments: [
      Argument("BASE", "The common ancestor (%O)."),
      Argument("OURS", "This branch's file (%A), which is written."),
      Argument("THEIRS", "The other branch's file (%B)."),
      Argument("PATH", "The file's path in the repository (%P).", isOptional: true),
    ],
    options: [.value("marker-size", "N", "How long the markers of conflicts are (%L); else 7.")],
    action: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> Report {
    let arguments = invocation.arguments
    let size = try arguments.count("marker-size") ?? 7
    let target = arguments.word("OURS")
    let path = arguments.optional("PATH")
    let name = path ?? target
    let merged = try Workspace.mergeFiles(
      base: FileReading.bytes(of: arguments.word("BASE")),
      ours: FileReading.bytes(of: target),
      theirs: FileReading.bytes(of: arguments.word("THEIRS")), name: name, markerSize: size)
    // With a path the file is git's own, and goes into git's store next: to wait for the disk took a
    // third of the time. Without one it is a person's.
    try FileWriting(interruption: invocation.interruption, reachesDisk: path == nil).write(
      merged.bytes, to: target, force: true)
    let count = merged.conflictCount
    return Report(
      status: count == 0 ? .done : .failed,
      data: { writer, _ in
        writer.object { writer in
          writer.member("file", name)
          writer.member("conflictCount", count)
          writer.member("method", merged.method.rawValue)
        }
      },
      text: { console in
        if count > 0 {
          console.note("'\(VisibleText.row(name))': \(counted(count, "conflict")) left to settle.")
        }
      })
  }
}

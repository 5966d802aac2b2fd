import JSONText
import Offbook
import ScriptModel

/// `convert`.
enum ConvertCommand {
  static let convert = Command(
    name: "convert", abstract: "Convert a file to another format; needs no workspace.",
    examples: [
      .init("offbook convert talk.docx -o talk.srt", "The name tells the format."),
      .init("offbook convert - -o - --from vtt --to txt < talk.vtt", "Convert in a pipe."),
    ],
    arguments: [Argument("IN", "The file; - is stdin.")],
    options: [
      TransferCommands.output,
      .value(
        "from", "F", "The format of the input; else the content tells.",
        choices: TransferCommands.readable),
      .value(
        "to", "F", "The format of the output; else its name tells.",
        choices: TransferCommands.writable),
      .value("encoding", "E", "The encoding of the input, as iconv spells it."),
    ] + TransferCommands.writing,
    action: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> Report {
    let arguments = invocation.arguments
    let input = arguments.word("IN")
    let target = try OutputTarget(invocation, formatOption: "to")
    let options = try target.exportOptions(invocation)
    let name = input == "-" ? "stdin" : input
    let bytes = try input == "-" ? FileReading.standardInput() : FileReading.bytes(of: input)
    let conversion: Conversion
    do throws(WorkspaceError) {
      conversion = try Workspace.convert(
        consume bytes, named: name, from: arguments.format("from"),
        encoding: arguments.value("encoding"),
        to: options)
    } catch {
      throw FileFailure(file: name, error).alone
    }
    let title = FileNaming.stem(of: name)
    try target.makeFolder()
    var taken: Set<String> = []
    let path = target.path(for: title, taken: &taken)
    if let path {
      try FileWriting(interruption: invocation.interruption).write(
        conversion.bytes, to: path, force: arguments.flag("force"))
    }
    return report(conversion, input: input, output: path, format: options.format)
  }

  private static func report(
    _ conversion: Conversion, input: String, output path: String?, format: FormatName
  ) -> Report {
    Report(
      data: { writer, output in
        writer.object { writer in
          writer.member("input", input)
          writer.member("output", path ?? "-")
          writer.name("format")
          writer.object { writer in
            writer.member("from", conversion.inputFormat.rawValue)
            writer.member("to", format.rawValue)
          }
          writer.member("encoding", conversion.encoding)
          writer.member("lineCount", conversion.lineCount)
          writer.member("speakers", conversion.speakers)
          writer.member("findings", conversion.findings) { writer, finding in
            writer.members(of: finding)
            output.take(from: &writer)
          }
          writer.member("lost", conversion.lost)
          if path == nil { writer.content(conversion.bytes) }
        }
      },
      text: { console in
        if path == nil { console.out.write(conversion.bytes) }
        FindingText.tell(conversion.findings, of: input, console)
        LossText.tell(conversion.lost, format: format, console)
        if let path {
          let lines = counted(conversion.lineCount, "line")
          console.tell("Wrote '\(VisibleText.row(path))': \(lines).")
        }
      })
  }
}

extension JSONWriter {
  /// Writes what would have gone to stdout as text.
  mutating func content(_ bytes: [UInt8]) {
    name("content")
    string(utf8: bytes.span)
  }
}

/// What a format can't hold, in one line on stderr.
enum LossText {
  static func tell(
    _ lost: [String], of title: String? = nil, format: FormatName, _ console: Console
  ) {
    guard !lost.isEmpty else { return }
    let name = title.map { "'\(VisibleText.row($0))': " } ?? ""
    let list = lost.map { VisibleText.row($0) }.joined(separator: ", ")
    console.note("\(name)\(format.rawValue) can't hold \(list).")
  }
}

import Offbook
import ScriptModel

/// Where `export` and `convert` write, and in which format.
struct OutputTarget {
  /// What `-o` names.
  enum Place: Equatable {
    case standardOutput
    case file(String)
    case folder(String)
  }

  let place: Place
  let format: FormatName

  /// Reads `-o` and the option that names the format.
  ///
  /// - Parameter several: whether more than one file will be written, which takes a folder.
  init(_ invocation: Invocation, formatOption: String, several: Bool = false) throws {
    let arguments = invocation.arguments
    let output = arguments.value("output") ?? "-"
    let named = arguments.format(formatOption)
    if output.isEmpty { throw UsageError("The value '' is invalid for '--output OUT'.") }
    place =
      output == "-"
      ? .standardOutput
      : output.hasSuffix("/") || FileWriting.kind(of: output) == .folder
        ? .folder(output) : .file(output)
    guard let format = named ?? Self.writableFormat(ofExtension: output) else {
      throw UsageError(
        "Missing expected option '--\(formatOption) F': the output's name does not tell the format."
      )
    }
    self.format = format
    try check(invocation, several: several)
  }

  private static func writableFormat(ofExtension path: String) -> FormatName? {
    FileNaming.format(ofExtension: path).flatMap { $0 == .fountain ? nil : $0 }
  }

  private func check(_ invocation: Invocation, several: Bool) throws {
    switch place {
    case .file(let path) where several:
      throw CommandFailure(
        type: "invalidValue", message: "Several scripts go into a folder, and '\(path)' is none.",
        fix: "Name an existing folder with '-o', or end its name with '/'.", status: .wrongUse)
    case .standardOutput:
      if several { throw UsageError("Several scripts go into a folder: name it with '-o'.") }
      if format == .docx, invocation.console.outIsTerminal || invocation.console.settings.json {
        throw UsageError("A docx file can't be shown: name a file with '-o'.")
      }
    default: break
    }
  }

  /// The path for a title; `nil` for stdout.
  func path(for title: String, taken: inout Set<String>) -> String? {
    switch place {
    case .standardOutput: nil
    case .file(let path): path
    case .folder(let folder):
      FileNaming.path(for: title, format: format, in: folder, taken: &taken)
    }
  }

  /// Makes the folder that `-o` names with a `/` at its end, where it is missing.
  func makeFolder() throws(CommandFailure) {
    if case .folder(let path) = place { try FileWriting.makeFolder(path) }
  }

  /// How the files are to be written.
  func exportOptions(_ invocation: Invocation) throws -> ExportOptions {
    let arguments = invocation.arguments
    var options = ExportOptions(format: format)
    options.speakers =
      arguments.value("speakers").flatMap { ExportOptions.Speakers(rawValue: $0) } ?? .every
    options.times = arguments.flags["times"]
    options.maximumRowLength = try arguments.count("max-line-length")
    options.crlf = arguments.flag("crlf")
    return options
  }
}

import JSONText
import Offbook
import ScriptModel

/// `generate`.
enum GenerateCommand {
  static let generate = Command(
    name: "generate", abstract: "Make a video of a script.",
    discussion:
      "Takes a script of the workspace, or a TXT, DOCX, SRT or Markdown file, which is imported "
      + "first. The service makes the pictures, then adds music, titles and effects by itself; what "
      + "it made comes into the workspace, and 'render' gives the finished video. Charged (about 100 "
      + "credits a clip).",
    examples: [
      .init("offbook generate Opening", "A script becomes a video."),
      .init("offbook generate story.docx --aspect 9:16 --duration 30", "A file becomes one."),
      .init(
        "offbook generate Opening --quality high --voice \"warm, female\"", "Say how it is to be."),
    ],
    arguments: [Argument("SCRIPT", "The script, by title, id or beginning of an id; or a file.")],
    options: [
      CommonOption.project,
      .value("prompt", "T", "What is asked; else a video with visuals and background music."),
      .value("aspect", "W:H", "The picture's shape, such as 16:9 or 9:16."),
      .value("duration", "T", "How long the video is to be, such as 30 or 1m30s."),
      .value("voice", "WORDS", "The voice, in words."),
      .value("quality", "Q", "How good it is to be.", choices: ["standard", "high"]),
      ServiceOption.spend, ServiceOption.wait,
    ],
    action: { invocation in
      let script = try script(of: invocation)
      let options = try options(of: invocation)
      let workspace = try invocation.workspace()
      let intents = try workspace.recordGeneration(from: script.id, options: options)
      let call = try ServiceCall(invocation)
      let view = ServiceProgressView(invocation.console, command: "generate", showsReply: true)
      let outcome = try call.carryOut(intents, view)
      let last = intents.last?.id
      return TalkReport.report(
        outcome, of: last ?? Intent.ID(high: 0, low: 0), hasShownReply: view.hasShownReply)
    })

  /// The script that a word names, else that of the file that it names.
  private static func script(of invocation: Invocation) throws -> ScriptSummary {
    let word = invocation.arguments.word("SCRIPT")
    let isFile = FileWriting.kind(of: word) == .file
    do {
      return try invocation.workspace(create: isFile).script(matching: word)
    } catch let error as WorkspaceError where error.code == .notFound && isFile {
      var options = ImportOptions()
      options.project = try invocation.project()?.id
      let report = try invocation.workspace().importFile(word, options: options)
      invocation.console.note("Imported '\(VisibleText.row(report.script.title))'.")
      return report.script
    }
  }

  private static func options(of invocation: Invocation) throws -> GenerationOptions {
    let arguments = invocation.arguments
    var options = GenerationOptions()
    options.prompt = arguments.value("prompt")
    options.voice = arguments.value("voice")
    options.duration = try arguments.time("duration")
    if let duration = options.duration, duration.rawValue <= 0 {
      throw UsageError("The value for '--duration T' must be more than 0.")
    }
    options.quality =
      arguments.value("quality").flatMap { GenerationOptions.Quality(rawValue: $0) } ?? .standard
    if let aspect = arguments.value("aspect") {
      let parts = aspect.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ (Int($0) ?? 0) > 0 }) else {
        throw UsageError(
          "The value '\(aspect)' is invalid for '--aspect W:H'. Write it as 16:9 or 9:16.")
      }
      options.aspect = aspect
    }
    return options
  }
}

import JSONText
import Offbook

/// The command from its words to its exit status.
package struct Program {
  /// The name that it is called by.
  static let name = "offbook"
  /// The version that `--version` tells.
  package static let version = "0.1.0"

  private let words: [String]
  private let environment: [String: String]
  private let out = Output(descriptor: 1)
  private let err = Output(descriptor: 2)

  /// Runs the command.
  ///
  /// - Parameter arguments: the words after the program's name.
  /// - Returns: the exit status of the process.
  package static func run(arguments: [String]) -> Int32 {
    Platform.fillStandardStreams()
    return Program(words: arguments, environment: Platform.environment()).run()
  }

  private init(words: [String], environment: [String: String]) {
    self.words = words
    self.environment = environment
  }

  private func run() -> Int32 {
    var parser = ArgumentParser(
      root: CommandTable.root, globals: CommandTable.globals, words: words)
    let request: Request
    do throws(UsageError) {
      request = try parser.parse()
    } catch {
      return end(failed(error, console: console(settings: settingsBeforeParsing), path: error.path))
    }
    switch request {
    case .help(let path): return end(help(path))
    case .version: return end(version())
    case .run(let command, let path, let arguments):
      return end(carryOut(command, path: path, arguments: arguments))
    }
  }

  // MARK: Carrying out

  private func carryOut(
    _ command: Command, path: [String], arguments: ParsedArguments
  ) -> ExitStatus {
    let console = console(settings: Self.settings(of: arguments))
    let interruption = interruption(console: console, command: path.joined(separator: " "))
    interruption.start()
    do {
      guard let action = command.action else { return .wrongUse }
      let invocation = Invocation(
        arguments: arguments, console: console, environment: environment, interruption: interruption
      )
      let report = try action(invocation)
      if console.settings.json, let failure = report.failure {
        console.failureDocument(
          command: path.joined(separator: " "), type: failure.type, message: failure.message,
          fix: failure.fix, intentIDs: failure.intentIDs, data: report.data)
        console.error(failure.message, fix: failure.fix)
      } else if console.settings.json {
        console.document(command: path.joined(separator: " "), data: report.data)
      } else {
        report.text(console)
      }
      return report.status
    } catch {
      return failed(error, console: console, path: path)
    }
  }

  private func interruption(console: Console, command: String) -> Interruption {
    let json = console.settings.json
    let out = out
    let environment = environment
    return Interruption {
      guard json, !out.hasBegun else { return }
      let output = Output(descriptor: 1)
      let console = Console(
        settings: Console.Settings(), environment: environment, out: output, err: output)
      console.failureDocument(
        command: command, type: "interrupted",
        message: "Interrupted. What was committed before stays.", fix: nil)
      output.flush()
    }
  }

  /// Writes what waits, and makes of a failed write a failed command.
  private func end(_ status: ExitStatus) -> Int32 {
    out.flush()
    if out.failure != 0, !Platform.isBrokenPipe(out.failure) {
      let reason = Platform.message(for: out.failure)
      err.write("Error: The standard output can't be written: \(reason).\n")
      err.flush()
      return ExitStatus.failed.rawValue
    }
    err.flush()
    return status.rawValue
  }

  // MARK: Failures

  private func failed(_ error: any Error, console: Console, path: [String]) -> ExitStatus {
    let command = path.isEmpty ? nil : path.joined(separator: " ")
    let (failure, advice) = described(error, path: path)
    if console.settings.json, !out.hasBegun {
      console.failureDocument(
        command: command, type: failure.type, message: failure.message, fix: failure.fix,
        intentIDs: failure.intentIDs)
    }
    console.error(failure.message, fix: failure.fix)
    if !console.settings.json { err.write(advice) }
    return failure.status
  }

  private func described(_ error: any Error, path: [String]) -> (CommandFailure, advice: String) {
    switch error {
    case let error as UsageError:
      let help = help(style: .plain, width: 80)
      let words = ([Self.name] + path).joined(separator: " ")
      let fix = "See '\(words) --help'."
      let failure = CommandFailure(
        type: "usage", message: error.message, fix: settingsBeforeParsing.json ? fix : nil,
        status: .wrongUse)
      return (failure, help.advice(for: path))
    case let error as CommandFailure: return (error, "")
    case let error as WorkspaceError:
      let failure = CommandFailure(
        type: error.code.rawValue, message: error.description, fix: error.fix,
        status: Self.status(of: error.code))
      return (failure, "")
    default: return (CommandFailure(type: "failed", message: "\(error)"), "")
    }
  }

  /// The exit status that belongs to a kind of failure.
  static func status(of code: WorkspaceError.Code) -> ExitStatus { ExitStatus(code) }

  // MARK: Help and version

  private func help(style: Style, width: Int) -> HelpText {
    HelpText(
      program: Self.name, root: CommandTable.root, globals: CommandTable.globals, width: width,
      style: style)
  }

  private func help(_ path: [String]) -> ExitStatus {
    let console = console(settings: settingsBeforeParsing)
    let width = min(console.width ?? 80, 100)
    if console.settings.json {
      let text = help(style: .plain, width: width).help(for: path)
      console.document(command: "help") { writer, _ in
        writer.object { writer in
          writer.member("topic", path.isEmpty ? nil : path.joined(separator: " "))
          writer.member("text", text)
        }
      }
    } else {
      out.write(help(style: console.outStyle, width: width).help(for: path))
    }
    return .done
  }

  private func version() -> ExitStatus {
    let console = console(settings: settingsBeforeParsing)
    if console.settings.json {
      console.document(command: "version") { writer, _ in
        writer.object { $0.member("version", Self.version) }
      }
    } else {
      console.line("\(Self.name) \(Self.version)")
    }
    return .done
  }

  // MARK: Settings

  private func console(settings: Console.Settings) -> Console {
    Console(settings: settings, environment: environment, out: out, err: err)
  }

  private static func settings(of arguments: ParsedArguments) -> Console.Settings {
    var settings = Console.Settings()
    settings.json = arguments.flag("json")
    settings.quiet = arguments.flag("quiet")
    settings.verbose = arguments.flag("verbose")
    settings.color = arguments.flags["color"] ?? true
    settings.progress = arguments.value("progress").flatMap { .init(rawValue: $0) } ?? .auto
    return settings
  }

  /// What can be told of the output before, or without, the words being understood.
  private var settingsBeforeParsing: Console.Settings {
    let options = words.prefix { $0 != "--" }
    var settings = Console.Settings()
    settings.json = options.contains("--json")
    settings.color = !options.contains("--no-color")
    return settings
  }
}

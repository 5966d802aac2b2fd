import Offbook
import ScriptModel

/// One call of the service from a command: the connection, what is told meanwhile, what is asked.
struct ServiceCall {
  /// What asynchronous work hands to the command's thread.
  enum Event: Sendable {
    case progress(ServiceProgress)
    case question(SpendingQuestion, CheckedContinuation<Bool, Never>)
  }

  let invocation: Invocation
  let connection: ServiceConnection

  /// - Parameter create: whether an empty workspace is made where there is none.
  init(_ invocation: Invocation, create: Bool = false) throws {
    self.invocation = invocation
    let workspace = try invocation.workspace(create: create)
    connection = try ServiceConnection(workspace, settings: invocation.serviceSettings())
    for notice in connection.notices { invocation.console.warn(notice) }
  }

  /// Runs a call and waits for it, telling its progress.
  ///
  /// - Parameter view: what shows the progress; `nil` for a call too short for one.
  func run<Result: Sendable>(
    _ view: ServiceProgressView? = nil,
    _ work: @escaping @Sendable (ServiceConnection, SyncOptions) async throws -> Result
  ) throws -> Result {
    let connection = connection
    let options = try options()
    let canAsk = canAsk
    defer { view?.finish() }
    return try invocation.interruption.beforeTheEnd(lastWords) {
      try run(view, options, canAsk: canAsk, connection, work)
    }
  }

  /// What is told when Ctrl-C ends it: what is durable needs no help.
  private var lastWords: @Sendable () -> Void {
    let console = invocation.console
    guard !console.settings.quiet, !console.settings.json else { return {} }
    // On a terminal there is a line of progress, and what the terminal makes of Ctrl-C.
    let words =
      (console.errIsTerminal ? "\n" : "")
      + "Interrupted. What was stored stays, and 'offbook sync' goes on from there.\n"
    return { _ = Platform.write(Array(words.utf8), to: 2) }
  }

  private func run<Result: Sendable>(
    _ view: ServiceProgressView?, _ options: SyncOptions, canAsk: Bool,
    _ connection: ServiceConnection,
    _ work: @escaping @Sendable (ServiceConnection, SyncOptions) async throws -> Result
  ) throws -> Result {
    let isShown = view?.isShown == true
    return try awaiting { (send: @escaping @Sendable (Event) -> Void) in
      // What nobody sees is not told: each event wakes two threads.
      let progress = isShown ? connection.progress() : nil
      let telling = Task {
        guard let progress else { return }
        for await event in progress { send(.progress(event)) }
      }
      var options = options
      if canAsk {
        options.ask = { question in
          await withCheckedContinuation { send(.question(question, $0)) }
        }
      }
      do {
        let result = try await work(connection, options)
        connection.close()
        await telling.value
        return result
      } catch {
        connection.close()
        await telling.value
        throw error
      }
    } tell: { event in
      switch event {
      case .progress(let progress): view?.show(progress)
      case .question(let question, let answer):
        view?.finish()
        answer.resume(returning: SpendingPrompt(invocation.console).isAllowed(question))
      }
    }
  }

  /// Carries recorded intents out and waits, or with '--no-wait' leaves them to a later sync.
  ///
  /// What a person should know though nothing failed is told at once, whatever becomes of the rest.
  ///
  /// - Parameter areOne: whether the last intent is what was asked for, and the others what it needs.
  /// - Throws: the failure that hindered what was asked for; being offline is none.
  func carryOut(
    _ intents: [Intent], _ view: ServiceProgressView, areOne: Bool = true
  ) throws -> ServiceOutcome {
    guard invocation.arguments.flags["wait"] ?? true else {
      return ServiceOutcome(
        results: intents.map { ServiceOutcome.Result(intent: $0) },
        report: SyncReport(projects: []))
    }
    let outcome = try run(view) { connection, options in
      try await connection.carryOut(intents.map(\.id), options: options)
    }
    for notice in outcome.report.projects.flatMap(\.notices) { invocation.console.warn(notice) }
    try outcome.checkCarriedOut(areOne: areOne)
    if invocation.console.settings.json {
      for failure in outcome.report.failures { invocation.console.warn(failure.whole) }
    }
    return outcome
  }

  /// Whether a person sits before the terminal.
  private var canAsk: Bool {
    let console = invocation.console
    return console.errIsTerminal && Platform.isTerminal(0) && !console.settings.json
      && !console.settings.quiet
  }

  private func options() throws -> SyncOptions {
    let arguments = invocation.arguments
    var options = SyncOptions()
    options.dryRun = invocation.isDryRun
    options.pullOnly = arguments.flag("pull")
    options.waits = arguments.flags["wait"] ?? true
    options.spend = try invocation.spendingLimit()
    return options
  }
}

/// Options that commands of the service share.
enum ServiceOption {
  static let wait = Option.flag(
    "wait", "Whether to do it now and wait; else it is kept, and the next 'sync' does it.",
    hasNegation: true)
  static let spend = Option.value(
    "spend", "N", "The most credits that this may use; else OFFBOOK_SPEND.")
}

extension Invocation {
  /// Where the service is and who asks.
  func serviceSettings() -> ServiceSettings {
    var settings = ServiceSettings(
      environment: environment, programPath: Platform.programPath(), version: Program.version)
    if let scale = environment["OFFBOOK_PACE"].flatMap({ Double($0) }), scale >= 0 {
      settings.paceScale = scale
    }
    if !environment["OFFBOOK_DEBUG", default: ""].isEmpty {
      settings.debugLog = { text in _ = Platform.write(Array("debug: \(text)\n".utf8), to: 2) }
    }
    return settings
  }

  /// The most credits that the call may use: `--spend`, else `OFFBOOK_SPEND`; `nil` for no limit.
  func spendingLimit() throws -> Int? {
    let given = arguments.value("spend") ?? environment["OFFBOOK_SPEND"]
    guard let text = given, !text.isEmpty else { return nil }
    if let number = Int(text), number >= 0 { return number }
    throw UsageError(
      "The value '\(text)' is invalid for '--spend N'. Please provide a whole number of credits.")
  }

  /// The project that `-p` or an argument names, else the only one.
  ///
  /// - Parameter creates: whether one is made where there is none, for what opens a session.
  func serviceProject(_ word: String? = nil, creates: Bool = false) throws -> Project {
    try workspace().serviceProject(word ?? arguments.value("project"), creates: creates)
  }
}

/// Asks a person whether credits may be used.
struct SpendingPrompt {
  private let console: Console

  init(_ console: Console) { self.console = console }

  func isAllowed(_ question: SpendingQuestion) -> Bool {
    let project = VisibleText.row(question.project.name)
    console.tellNow("'\(project)': this is sent to the service and charged:\n")
    for item in question.items {
      console.tellNow("  \(VisibleText.row(item.what)), about \(item.estimate) credits\n")
    }
    console.tellNow("Send it, for about \(question.estimate) credits? [y/N] ")
    let answer = Platform.readAnswer()?.lowercased() ?? ""
    return answer == "y" || answer == "yes"
  }
}

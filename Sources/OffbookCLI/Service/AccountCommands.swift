import JSONText
import Offbook
import ScriptModel

/// `credits`, `open`, `auth`.
enum AccountCommands {
  static let credits = Command(
    name: "credits", abstract: "Show how many credits are left.",
    examples: [.init("offbook credits", "Ask the service for the balance; free.")],
    action: { try credits($0) })

  /// The balance as it is now, else as it was last read.
  static func credits(_ invocation: Invocation) throws -> Report {
    let call = try ServiceCall(invocation, create: true)
    var reading: CreditsReading
    var status = ExitStatus.done
    var failure: CommandFailure?
    do {
      reading = try call.run { connection, _ in try await connection.credits() }
    } catch let error as WorkspaceError where [.offline, .busy].contains(error.code) {
      guard let last = try invocation.workspace().lastCredits() else { throw error }
      reading = last
      status = ExitStatus(error.code)
      let time = Platform.localTime(milliseconds: last.date.rawValue)
      if error.code == .busy {
        failure = CommandFailure(
          type: error.code.rawValue, message: error.description, fix: error.fix, status: status)
      }
      let reason = error.code == .offline ? "No network." : error.description
      invocation.console.warn("\(reason) This is the balance of \(time).")
    }
    let credits = reading.credits
    let frozen = credits.frozen > 0 ? ", \(credits.frozen) set aside for work that goes on" : ""
    let sentence = "\(counted(credits.available, "credit")) available\(frozen)."
    var report = Report(
      status: status,
      data: { writer, _ in writer.object { $0.members(of: reading) } },
      text: { $0.line(sentence) })
    report.talk = Report.Talk(reply: sentence)
    report.failure = failure
    return report
  }

  static let open = Command(
    name: "open", abstract: "Open a project's session in the browser.",
    discussion: "The link is good for 7 days and holds no token.",
    examples: [
      .init("offbook open Talks", "Open it."),
      .init("offbook open Talks --print", "Show the link."),
    ],
    arguments: [Argument("PROJECT", "The project; else the only one.", isOptional: true)],
    options: [.flag("print", "Show the link and open nothing.")],
    action: { invocation in
      let project = try invocation.serviceProject(invocation.arguments.optional("PROJECT"))
      let call = try ServiceCall(invocation)
      let link = try call.run { connection, _ in try await connection.browserLink(of: project.id) }
      let wantsWindow = !invocation.arguments.flag("print") && !invocation.console.settings.json
      let hasOpened =
        wantsWindow && invocation.console.outIsTerminal
        && Platform.openInBrowser(link, environment: invocation.environment)
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("projectId", project.id)
            writer.member("link", link)
          }
        },
        text: { console in
          console.line(link)
          if hasOpened { console.note("Opened it in the browser.") }
        })
    })

  static let auth = Command(
    name: "auth", abstract: "Show, set and forget the token.",
    examples: [
      .init("offbook auth status", "Show who asks the service; never the token."),
      .init("offbook auth token --stdin < token.txt", "Use the token of an account."),
    ],
    subcommands: [status, token, forget])

  private static let status = Command(
    name: "status", abstract: "Show who asks the service.",
    discussion:
      "NEMO_TOKEN goes before a token of 'auth token', and that before an anonymous one, which the "
      + "first use of the service gets by itself.",
    examples: [.init("offbook auth status", "Show where the token comes from.")],
    action: { invocation in
      let status = try ServiceCall(invocation, create: true).connection.authenticationStatus()
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.member("source", status.source.rawValue)
            writer.member("apiUrl", status.apiAddress)
            writer.member("clientId", status.clientID)
            writer.member("userId", status.userID)
            writer.member("expires", status.expires)
            writer.member("registrationLink", status.registrationLink)
          }
        },
        text: { console in
          console.line("Service: \(VisibleText.row(status.apiAddress))")
          console.line("Token: \(sentence(status.source))")
          if let user = status.userID { console.line("Account: \(VisibleText.row(user))") }
          if let expires = status.expires {
            console.line("Good until: \(VisibleText.row(expires))")
          }
          if let link = status.registrationLink {
            console.note("Register to keep what is there: \(VisibleText.row(link))")
          }
        })
    })

  private static func sentence(_ source: AuthenticationStatus.Source) -> String {
    switch source {
    case .environment: "from NEMO_TOKEN"
    case .stored: "kept by 'auth token'"
    case .anonymous: "anonymous"
    case .none: "none yet; the first use of the service gets an anonymous one"
    }
  }

  private static let token = Command(
    name: "token", abstract: "Keep the token of an account.",
    discussion: "It is kept in a file that only you can read, and shown nowhere.",
    examples: [
      .init("offbook auth token", "Type or paste it; it is not shown."),
      .init("offbook auth token --stdin < token.txt", "Read it from a file."),
    ],
    options: [.flag("stdin", "Read it from standard input, as is done anyway where none types.")],
    unexpectedWords:
      "A token on the command line is seen by all who list the processes. Give it on standard input: "
      + "'offbook auth token --stdin < FILE'.",
    action: { invocation in
      let isTyped = Platform.isTerminal(0) && !invocation.arguments.flag("stdin")
      if isTyped { invocation.console.tellNow("Token: ") }
      let text = isTyped ? Platform.readSecret(invocation.interruption) : Platform.readAnswer()
      if isTyped { invocation.console.tellNow("\n") }
      let words = (text ?? "").split(whereSeparator: \.isWhitespace)
      // What was copied from a header has its word before it.
      let isFromHeader = words.count == 2 && words.first?.lowercased() == "bearer"
      guard let token = words.last.map(String.init), words.count == 1 || isFromHeader else {
        throw CommandFailure(
          type: "invalidValue",
          message: words.isEmpty ? "No token came." : "What came is no token: it has spaces in it.",
          fix: "Give it on standard input: 'offbook auth token --stdin < FILE'.",
          status: .wrongUse)
      }
      try ServiceCall(invocation, create: true).connection.storeToken(token)
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.name("stored")
            writer.value(true)
          }
        },
        text: { $0.tell("The token is kept.") })
    })

  private static let forget = Command(
    name: "forget", abstract: "Remove the kept tokens.",
    discussion: "What is in the workspace stays. NEMO_TOKEN is not touched.",
    examples: [.init("offbook auth forget", "Remove them for this service.")],
    action: { invocation in
      let had = try ServiceCall(invocation, create: true).connection.forgetTokens()
      return Report(
        data: { writer, _ in
          writer.object { writer in
            writer.name("removed")
            writer.value(had)
          }
        },
        text: { $0.tell(had ? "The kept tokens are gone." : "No token was kept.") })
    })
}

extension JSONWriter {
  /// Writes the members of a balance.
  mutating func members(of reading: CreditsReading) {
    member("available", reading.credits.available)
    member("frozen", reading.credits.frozen)
    member("total", reading.credits.total)
    member("readAt", reading.date)
  }
}

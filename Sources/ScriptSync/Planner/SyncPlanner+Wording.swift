import BackendAPI
import ScriptModel
package import ScriptStore

extension SyncPlanner {
  typealias Failure = ProjectOutcome.Failure

  var projectLabel: String { "the project '\(Self.shortened(snapshot.project.name))'" }

  /// An intent, for people.
  func label(_ record: IntentRecord) -> String { Self.label(record, in: snapshot) }

  static func label(_ record: IntentRecord, in snapshot: ProjectSnapshot) -> String {
    let text = shortened(record.intent.message)
    switch (record.intent.kind, record.intent.purpose) {
    case (.session, _): return "the session"
    case (.upload, _): return "the file '\(text)'"
    case (.render, _): return "the render"
    case (.message, .push):
      let title = snapshot.scripts.first { $0.scriptID == record.intent.scriptID }?.title
      return title.map { "the script '\(shortened($0))'" } ?? "the script of a deleted title"
    case (.message, .extract):
      return subject(of: record).map { "the script of '\($0)'" } ?? "the extraction '\(text)'"
    case (.message, .generate):
      return subject(of: record).map { "the video of '\($0)'" } ?? "the generation '\(text)'"
    case (.message, _): return "the message '\(text)'"
    }
  }

  private static func subject(of record: IntentRecord) -> String? {
    MessageSubject.name(in: record.intent.message).map(shortened)
  }

  func label(_ script: UnsentScript) -> String { "the script '\(Self.shortened(script.title))'" }

  func label(_ medium: Media.ID) -> String {
    let name = snapshot.wantedMedia.first { $0.id == medium }?.name
    return name.map { "the file '\(Self.shortened($0))'" } ?? "a file"
  }

  /// At most 60 characters of one line.
  static func shortened(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    let isWhole = line.endIndex == text.endIndex && line.count <= 60
    return isWhole ? text : line.prefix(59) + "…"
  }

  /// Says why a request failed, and what to do next.
  func failure(_ error: CallError, what: String) -> Failure {
    switch error {
    case .transport(let failed):
      let isNetwork = isWorthRepeating(error)
      return Failure(
        isNetwork ? .offline : .failed, what: what, explanation: Self.sentence(failed.description),
        next: isNetwork
          ? "Everything is kept: run 'offbook sync' when there is a network."
          : "Put that right, then run 'offbook sync'.")
    case .service(let refusal): return failure(refusal, what: what)
    }
  }

  private func failure(_ refusal: ServiceError, what: String) -> Failure {
    let words = Self.sentence(refusal.description)
    switch refusal.code {
    case .unauthorized:
      return Failure(
        .logIn, what: what, explanation: words,
        next: order.canRenewToken
          ? "Run 'offbook auth forget', then sync again, or give a token: 'offbook auth token'. Everything "
            + "is kept."
          : "Only its owner can renew it: give a new one in NEMO_TOKEN where that is set, else with "
            + "'offbook auth token'. Everything is kept.")
    case .outOfCredits:
      return Failure(
        .credits, what: what,
        explanation: "The credits are used up (\(refusal.number))."
          + (refusal.detail.isEmpty ? "" : " The service says: \(Self.sentence(refusal.detail))"),
        next: order.canRenewToken
          ? "Register to get more, then run 'offbook sync': 'offbook auth status' shows the link. It "
            + "is kept until then."
          : "Top up credits in your account, then run 'offbook sync': it is kept until then.")
    case .planRequired:
      return Failure(
        .plan, what: what, explanation: words,
        next: isRendering
          ? "Register or upgrade your plan to unlock export; it is kept until then."
          : "Register, or upgrade your plan; everything is kept until then.")
    case .scopeMissing: return scopeFailure(refusal, what: what)
    case .rateLimited:
      return Failure(
        .busy, what: what, explanation: "Too many requests. \(words)",
        next: "It is kept: run 'offbook sync' again later.")
    case .unsupportedFile:
      return Failure(
        .refused, what: what, explanation: words,
        next: "Convert it to one of mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a "
          + "and aac, then attach that.")
    case .fileTooLarge:
      return Failure(
        .refused, what: what, explanation: words,
        next: "Compress or trim it to at most 500 MB, then attach that.")
    case .sessionExpired:
      return Failure(
        .failed, what: what, explanation: "The session has expired.",
        next: "Run 'offbook sync': a new session gets everything again.")
    case .agentFailed:
      let detail = refusal.detail.isEmpty ? "" : ": \(refusal.detail)"
      return Failure(
        .refused, what: what, explanation: Self.sentence("The agent reported a failure\(detail)"),
        next: "Ask again later, or in other words.")
    case .notFound:
      return Failure(
        .refused, what: what, explanation: words,
        next: "Look at the address in NEMO_API_URL; where it is right, try again in a while.")
    case .refused, .unexplained: return definiteFailure(refusal, what: what)
    case .unavailable, .unreadable:
      return Failure(
        .failed, what: what, explanation: words,
        next: "Everything is kept: run 'offbook sync' again later.")
    }
  }

  private func scopeFailure(_ refusal: ServiceError, what: String) -> Failure {
    let name = (refusal.namedScope ?? scope).map { "the scope '\($0)'" } ?? "a scope"
    return Failure(
      .logIn, what: what,
      explanation: "The token lacks \(name). \(Self.sentence(refusal.description))",
      next: "Give a token with that scope, "
        + (order.canRenewToken
          ? "with 'offbook auth token'"
          : "in NEMO_TOKEN where that is set, else with 'offbook auth token'")
        + (isSending
          ? ", then ask again: 'offbook intents --all' lists it, 'offbook intents retry' does."
          : ", then run 'offbook sync'."))
  }

  private func definiteFailure(_ refusal: ServiceError, what: String) -> Failure {
    let advice =
      refusal.detail.isEmpty
      ? "The service gives no reason: try again in a while."
      : "Change what the service names, then ask again."
    return Failure(
      .refused, what: what, explanation: Self.sentence(refusal.description),
      next: isSending ? advice : "Everything is kept: run 'offbook sync' again later.")
  }

  private var isRendering: Bool { scope == "render" }

  /// Whether the last step sent something of the person's, which can be changed.
  private var isSending: Bool {
    switch run.step {
    case .send, .receive, .upload, .startRender: true
    default: false
    }
  }

  /// Says what a new session gets, with its size; `nil` where the project has one, or for nothing.
  package static func newSessionNotice(_ snapshot: ProjectSnapshot) -> String? {
    guard snapshot.session == nil else { return nil }
    let files = snapshot.intents.filter {
      $0.intent.kind == .upload && !$0.intent.state.isSettled
    }
    let scripts = snapshot.scripts.count { $0.binding != nil }
    var parts: [String] = []
    if !files.isEmpty {
      let sizes = files.compactMap(\.byteCount)
      let sum = sizes.reduce(Int64(0)) { $0.addingReportingOverflow(max(0, $1)).partialValue }
      let size = sizes.isEmpty ? "" : " (\(sum) bytes)"
      parts.append((files.count == 1 ? "1 file" : "\(files.count) files") + size)
    }
    if scripts > 0 { parts.append(scripts == 1 ? "1 script" : "\(scripts) scripts") }
    return parts.isEmpty ? nil : "A new one gets \(parts.joined(separator: " and ")) again."
  }

  /// What a token must allow for the last step, by the service's word for it.
  private var scope: String? {
    switch run.step {
    case .look, .readCredits, .download: "read"
    case .openSession, .send, .receive: "write"
    case .upload: "upload"
    case .startRender, .pollRender, .downloadRender: "render"
    default: nil
    }
  }

  /// Foreign words with a point at their end, where they have none.
  package static func sentence(_ words: String) -> String {
    guard let last = words.last, !".!?…。！？".contains(last) else { return words }
    return words + "."
  }

  func localFailure(_ what: String, _ reason: String) -> Failure {
    Failure(
      .failed, what: what, explanation: reason, next: "Put that right, then run 'offbook sync'.")
  }

  func waitingForDoubt(_ what: String) -> Failure {
    Failure(
      .inDoubt, what: what,
      explanation: "It waits until it is known what became of an earlier message.",
      next: "Run 'offbook sync --wait', or give the earlier one up: 'offbook intents abandon'.")
  }

  /// Why a script is not sent by itself though the session lacks some of it.
  func waiting(_ script: UnsentScript, for obstacle: UnsentScript.Obstacle) -> Failure {
    Failure(
      .refused, what: label(script), explanation: Self.explanation(obstacle),
      next: Self.next(obstacle))
  }

  /// Says why a script waits, as a sentence.
  package static func explanation(_ obstacle: UnsentScript.Obstacle) -> String {
    switch obstacle {
    case .notTaken:
      "It was sent and answered, but the session did not take it: it waits, and is not sent again "
        + "by itself."
    case .sharedName(let name):
      "The session has another text track named '\(shortened(name))', and a message can't tell the "
        + "two apart: nothing is sent, so that neither overwrites the other."
    }
  }

  /// Says what to do about a script that waits, as sentences.
  package static func next(_ obstacle: UnsentScript.Obstacle) -> String {
    switch obstacle {
    case .notTaken(let push):
      "Look with 'offbook timeline'. 'offbook intents retry \(push)' has the next sync send it "
        + "again; so does any further edit."
    case .sharedName:
      "Have one of the tracks renamed, or rename the script where the session has no track of it, "
        + "then run 'offbook sync'. A render carries the edits all the same."
    }
  }

  /// Why a message or a render waits in a new session.
  func waitingForScripts(_ record: IntentRecord) -> Failure {
    let scripts = run.unsent.count(where: isMissing)
    let estimate =
      CreditEstimate.credits(for: .push) * scripts
      + CreditEstimate.credits(for: record.intent.purpose)
    return Failure(
      .spending, what: label(record),
      explanation: "The session had expired, and the new one does not have the project's "
        + (scripts == 1 ? "script" : "\(scripts) scripts") + " yet: it waits for that.",
      next:
        "Run 'offbook sync --spend \(run.spent + estimate)': it sends what is missing, then this.")
  }

  func waitingForFile(_ record: IntentRecord) -> Failure {
    Failure(
      .failed, what: label(record), explanation: "Its file did not reach the service.",
      next: "It is kept: run 'offbook sync' once the file goes.")
  }

  func stillRendering(_ record: IntentRecord) -> Failure {
    Failure(
      .busy, what: label(record), explanation: "The service is still at it.",
      next: "Run 'offbook sync' later: it brings the video.")
  }

  /// - Parameter others: what messages that go first may still take.
  func overSpending(_ what: String, _ estimate: Int, beside others: Int = 0) -> Failure {
    let limit = order.spend ?? 0
    return Failure(
      .spending, what: what,
      explanation: "It takes about \(estimate) credits, and "
        + (run.spent == 0
          ? "at most \(limit) may be used."
          : "\(run.spent) of the \(limit) that may be used are used already."),
      next: "Run 'offbook sync --spend \(run.spent + others + estimate)' or more to send it.")
  }

  /// - Parameter others: what messages that go first may still take.
  func notAllowed(_ script: UnsentScript, beside others: Int) -> Failure {
    let estimate = CreditEstimate.credits(for: .push)
    return Failure(
      .spending, what: label(script),
      explanation: "Sending its \(Self.lines(script.lineCount)) takes about \(estimate) credits, "
        + "which nobody has allowed.",
      next: "Run 'offbook sync --spend \(others + estimate)' to allow it.")
  }

  func declined(_ script: UnsentScript) -> Failure {
    Failure(
      .spending, what: label(script), explanation: "It was not allowed, so that it is held back.",
      next: "Run 'offbook sync' again to be asked again.")
  }

  func unknownOutcome(_ record: IntentRecord) -> Failure {
    let id = record.intent.id
    return Failure(
      .inDoubt, what: label(record),
      explanation: "Whether it was carried out is not known. \(record.intent.evidence)",
      next: "Look with 'offbook timeline', then 'offbook intents retry \(id)' to send it again, "
        + "which may be charged twice, or 'offbook intents abandon \(id)'.")
  }
}

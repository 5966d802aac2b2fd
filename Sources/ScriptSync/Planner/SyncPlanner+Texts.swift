import BackendAPI
import ScriptModel
package import ScriptStore

extension IntentRecord {
  /// The options of a message that goes in the place of a text file that the service refused.
  package static var optionsInPlaceOfFile: String { #"{"inPlaceOf":"file"}"# }

  /// Whether this message goes in the place of a file: nobody asked for it by name, and it is charged.
  package var standsForFile: Bool { options == Self.optionsInPlaceOfFile }
}

/// Files whose words can go in a message where the service takes none.
extension SyncPlanner {
  private static let plainTexts: Set<String> = ["txt", "srt", "vtt", "md"]

  /// Whether a refused upload is that of a text whose words can go in a message.
  func isTextRefused(_ record: IntentRecord, _ error: CallError) -> Bool {
    guard record.intent.kind == .upload, case .service(let refusal) = error,
      refusal.code == .unsupportedFile
    else { return false }
    let ending = record.intent.message.split(separator: ".").last?.lowercased() ?? ""
    return Self.plainTexts.contains(ending)
  }

  /// A file was asked for by name, and a message costs credits: that is told, and waits for a yes.
  mutating func tellOfTexts() {
    if order.extent == .all { return }
    for record in snapshot.intents where record.standsForFile && record.intent.state == .queued {
      hold(record.intent.id, textNotAllowed(record))
    }
  }

  /// Whether somebody has agreed to this message, or asked for it by name.
  func isAllowed(_ record: IntentRecord) -> Bool {
    guard record.standsForFile, order.spend == nil else { return true }
    if case .intents(let ids) = order.extent, ids.contains(record.intent.id) { return true }
    return run.allowedTexts.contains(record.intent.id)
  }

  /// Asks the person for a message in the place of a file, once; `nil` where it is held back.
  mutating func askForText(_ record: IntentRecord) -> SyncStep? {
    let id = record.intent.id
    guard order.canAsk, run.askedTexts.insert(id).inserted else {
      hold(id, textNotAllowed(record))
      return nil
    }
    run.askedText = id
    let estimate = CreditEstimate.credits(for: .say)
    return .ask(
      SpendingPlan(items: [.init(intentID: id, what: label(record), estimate: estimate)]))
  }

  func textNotAllowed(_ record: IntentRecord) -> Failure {
    let estimate = CreditEstimate.credits(for: .say)
    return Failure(
      .spending, what: label(record),
      explanation: "The service takes no text files. In a message its words take about \(estimate) "
        + "credits, which nobody has allowed.",
      next: "Run 'offbook sync --spend \(estimate)' to send them, or 'offbook intents abandon "
        + "\(record.intent.id)'.")
  }

  func textRefused(_ record: IntentRecord, _ reason: String) -> Failure {
    Failure(
      .refused, what: label(record), explanation: reason,
      next: "'offbook import' reads it, and a sync sends the script.")
  }
}

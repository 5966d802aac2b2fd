import BackendAPI
import ScriptModel
import ScriptStore

/// What is seen of a generation that was answered: its second stage comes by itself, and later.
struct GenerationWatch: Sendable {
  /// What the last look saw.
  var fingerprint: [UInt8] = []
  /// The number of that look.
  var lookNumber = -1
  /// How many looks in a row saw the same.
  var equalLooks = 0
  /// How many looks there were.
  var looks = 0
}

extension IntentRecord {
  /// Whether this is a generation whose answer is stored and whose session may still change.
  var isWatched: Bool {
    intent.purpose == .generate && intent.state == .streaming && isAnswered
  }
}

extension SyncPlanner {
  /// The next step of a generation that was answered: it is done once the session rests.
  ///
  /// Nothing else is sent before that: what the second stage changes would be laid at its door.
  mutating func watchingStep() -> SyncStep? {
    guard order.extent != .pull,
      let record = snapshot.intents.first(where: { $0.isWatched && !isHeld($0) })
    else { return nil }
    guard order.waits else { return done(record) }
    let watch = watched(record.intent.id)
    if rests(watch) || watch.looks >= Self.mostWatchingLooks { return done(record) }
    run.duties = [.look]
    let pause = order.pace.stage.rawValue << Int64(min(max(0, watch.looks - 1), 3))
    return .wait(Milliseconds(min(pause, order.pace.longestStage.rawValue)), .stage)
  }

  /// How many looks at a session that does not come to rest are enough.
  private static var mostWatchingLooks: Int { 12 }
  /// How many equal looks in a row show that the session rests: two once the second stage is there.
  private static var equalLooksOfRest: (finished: Int, unfinished: Int) { (2, 4) }

  private func rests(_ watch: GenerationWatch) -> Bool {
    let needed = Self.equalLooksOfRest
    let isFinished = run.look?.isFinished == true
    return watch.equalLooks >= (isFinished ? needed.finished : needed.unfinished)
  }

  private mutating func watched(_ id: Intent.ID) -> GenerationWatch {
    var watch = run.watches[id] ?? GenerationWatch()
    if let look = run.look, watch.lookNumber != run.lookNumber {
      watch.equalLooks = watch.fingerprint == look.fingerprint ? watch.equalLooks + 1 : 1
      watch.fingerprint = look.fingerprint
      watch.lookNumber = run.lookNumber
      watch.looks += 1
    }
    run.watches[id] = watch
    return watch
  }

  private func done(_ record: IntentRecord) -> SyncStep {
    .commit(.advance(IntentAdvance(record.intent.id, to: .done)))
  }

  /// A generation that was answered, or seen to be carried out, is not done while it may go on.
  func watching(_ advance: IntentAdvance, of record: IntentRecord) -> IntentAdvance {
    guard record.intent.purpose == .generate, order.waits, advance.state == .done else {
      return advance
    }
    var advance = advance
    advance.state = .streaming
    advance.reply = advance.reply ?? (record.isAnswered ? nil : "")
    return advance
  }
}

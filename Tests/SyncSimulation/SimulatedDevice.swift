import ScriptModel
import ScriptStore
import ScriptSync

/// One of a person's computers: its store, and the sync that runs on it, if one does.
struct SimulatedDevice: Sendable {
  var store: SimulatedStore
  var token = 1

  // What a crash takes away.
  var planner: SyncPlanner?
  var outcome: SyncOutcome = .begun
  var order = SyncOrder()
  var syncNumber = 0
  var steps = 0
  var requests = 0
  /// The session as this sync's last look saw it.
  var looked: SimulatedSession?
  /// Whether this sync's last look found what was merged last, and was not read.
  var hasUnreadLook = false
  /// Whether this sync sent anything after that look.
  var hasSentSinceLook = false
  /// Whether this sync sent anything, or waited, after it read the balance.
  var hasSpentSinceBalance = true
  /// Whether this sync's last look saw what the one before saw.
  var isAtRest = false
  /// How often this sync waited for a generation to rest: one that never does is done all the same.
  var stageWaits = 0
  /// The message whose answer has begun, and whether it was carried out already.
  var answering: (message: SimulatedMessage, isExecuted: Bool)?
  var allowed: Set<Script.ID> = []
  var allowedTexts: Set<Intent.ID> = []
  /// Intents whose answer was handed to the planner: their words must be stored.
  var answered: Set<Intent.ID> = []
  /// Media that were found to be gone: that is stored, so that no later sync asks for them.
  var goneMedia: Set<Media.ID> = []
  var wasCancelled = false
  /// Whether the person has asked this sync to end after the step that it is at.
  var isEnding = false
  var hasMissedCommit = false
  /// How often in a row the store was busy.
  var busyCommits = 0

  /// What a push says, as it was recorded.
  var pushes: [Intent.ID: (content: [Token], seen: [Token])] = [:]
  /// The content of each script that the session lacked when it was merged last.
  var mergedContent: [Script.ID: [UInt8]] = [:]
  /// The intents that the person retried or gave up since this sync began, and how often ever.
  var touched: Set<Intent.ID> = []
  var retries: [Intent.ID: Int] = [:]
  /// How often others had changed sessions when it was last looked, and before each message.
  var foreignChangesAtLook = 0
  var foreignChangesBefore: [Intent.ID: Int] = [:]
  var lastFingerprint: [UInt8] = []
  var lastOutcome: ProjectOutcome?

  init(_ number: Int) {
    store = SimulatedStore(device: UInt64(number))
  }

  /// How many looks there are in all before a message's outcome counts as unknown.
  var looksInAll: Int { 1 + order.pace.laterLooks }

  /// Whether a sync's first look shows nothing that is to be merged, and there is nothing to send.
  func hasMerged(_ state: SimulatedSession) -> Bool {
    guard looked == nil, !hasUnreadLook, store.snapshot.intents.isEmpty,
      state.generated <= store.knownGenerated
    else { return false }
    let isMerged = state.tracks.enumerated().allSatisfy { index, track in
      index < store.lines.count && store.lines[index] == track && store.base[index] == track
    }
    let bound = store.snapshot.scripts.indices.filter { store.snapshot.scripts[$0].binding != nil }
    return isMerged && bound.allSatisfy { $0 < state.tracks.count }
  }

  /// Ends the sync as a crash does: what is durable stays.
  mutating func forgetSync() {
    planner = nil
    looked = nil
    hasUnreadLook = false
    answering = nil
    answered = []
    goneMedia = []
    hasMissedCommit = false
  }

  mutating func beginSync(_ order: SyncOrder, number: Int) {
    forgetSync()
    self.order = order
    syncNumber = number
    steps = 0
    requests = 0
    hasSentSinceLook = false
    hasSpentSinceBalance = true
    isAtRest = false
    stageWaits = 0
    allowed = []
    allowedTexts = []
    touched = []
    wasCancelled = false
    isEnding = false
    lastOutcome = nil
    outcome = .begun
    planner = SyncPlanner(store.snapshot, order: order)
  }
}

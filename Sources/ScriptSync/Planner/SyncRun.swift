import BackendAPI
import ScriptModel

/// What a planner has seen and tried since it began; nothing of it needs to survive a crash.
struct SyncRun: Sendable {
  /// Why a run ends before its time.
  enum End: Hashable, Sendable {
    /// There is no network; with the transport's words.
    case offline(String)
    /// Something without which nothing goes on.
    case stopped(ProjectOutcome.Failure)
    /// The person interrupted.
    case interrupted
  }

  /// What the next look decides of an answered message.
  enum AfterLook: Hashable, Sendable {
    /// It was answered without words: what changed is the report.
    case report(Intent.ID)
    /// The agent reported a failure: applied where something changed, else refused.
    case judge(Intent.ID, ServiceError)
  }

  /// Steps that follow the last one whatever else there is to do, in order.
  var duties: [SyncStep] = []
  /// The step that the next outcome answers.
  var step: SyncStep?
  var end: End?

  var hasToken: Bool
  var hasRenewedToken = false
  var hasExpiredSession = false
  var wantsService = false
  /// Whether the service has answered anything yet.
  var wasAnswered = false
  /// Repetitions of the request that failed last.
  var repetitions = 0
  /// Whether the last request was already repeated after a refusal for too many requests.
  var wasRateLimited = false
  var jitter: UInt64

  var look: Look?
  var lookNumber = 0
  /// Whether the last look found the state as it was merged last, and did not read it.
  var isStateUnread = false
  /// Whether nothing that takes time, or may change the state, came after the last look.
  var isLookFresh = false
  /// Whether something that may change the state was sent after the last look.
  var isStateStale = false
  var afterLook: AfterLook?
  var integratedLook: Look?
  var mustIntegrate = true
  var unsent: [UnsentScript] = []
  var conflicts: [Conflict] = []
  var firstWantedMedia: Set<Media.ID> = []

  var credits: Credits?
  /// The number of the look after which the balance was read last.
  var creditsLookNumber = -1
  var creditsAreUnreadable = false
  /// Whether nothing that takes time, or may be charged, came after the balance was read.
  var areCreditsFresh = false
  /// Credits of this run by intent: an estimate until the balance tells.
  var charges: [Intent.ID: Int] = [:]
  /// What the balance told of charges, where it did: the estimates stand against the limit all the same.
  var knownCharges: [Intent.ID: Int] = [:]
  /// What intents may have taken before a person asked for them again in the middle of this run.
  var earlierCharges = 0
  /// The intent whose charge the next balance shows, and what was available before it.
  var booking: (id: Intent.ID, before: Int)?
  var hasAsked = false
  var askedScripts: [Script.ID] = []
  var allowedScripts: Set<Script.ID> = []
  /// Messages in the place of files: the one that the person is asked for, and what was said of them.
  var askedText: Intent.ID?
  var askedTexts: Set<Intent.ID> = []
  var allowedTexts: Set<Intent.ID> = []

  /// Items that this run leaves alone from now on; a push goes by its script's id.
  var held: Set<Intent.ID> = []
  var tries: [Intent.ID: Int] = [:]
  var rateLimited: Set<Intent.ID> = []
  var renderPolls: [Intent.ID: Int] = [:]
  /// Renders that failed and are to begin again under a new id.
  var failedRenders: Set<Intent.ID> = []
  var pushedScripts: [Script.ID: UnsentScript] = [:]
  var triedMedia: Set<Media.ID> = []

  /// Generations that were answered, until the session rests.
  var watches: [Intent.ID: GenerationWatch] = [:]
  /// Messages that came in doubt in this run.
  var arose: Set<Intent.ID> = []
  /// The number that the look after a wait for messages in doubt has.
  var watchedLook: Int?
  /// The look that was last counted for a message in doubt.
  var counted: [Intent.ID: Int] = [:]

  var pulledLines = 0
  var pulledMedia = 0
  var pushed: (scripts: Int, lines: Int, messages: Int) = (0, 0, 0)
  var failures: [ProjectOutcome.Failure] = []
  var notices: [String] = []

  init(_ order: SyncOrder) {
    hasToken = order.hasToken
    jitter = order.seed
  }

  /// The credits that this run used or may have used.
  var spent: Int { charges.values.reduce(earlierCharges, +) }

  /// Gives the next pause before a repetition: twice the last, with a quarter of jitter.
  mutating func pause(_ pace: SyncPace, repetition: Int) -> Milliseconds {
    jitter &+= 0x9E37_79B9_7F4A_7C15
    var mixed = jitter
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    let base = max(0, min(pace.repetition.rawValue, 60_000)) << Int64(min(max(0, repetition), 6))
    let quarter = UInt64(base / 4)
    return Milliseconds(base + Int64(quarter == 0 ? 0 : (mixed ^ (mixed >> 31)) % quarter))
  }
}

/// How the simulated service behaves: every form that its descriptions leave open is a choice here.
package struct SimulatorOptions: Sendable {
  /// The port on 127.0.0.1; 0 takes a free one.
  package var port: UInt16 = 0
  /// What ids, replies and silence follow from: the same seed and messages give the same service.
  package var seed: UInt64 = 1
  /// Whether each request is a line on standard error; tokens never are.
  package var isVerbose = false
  /// Tokens, credits and what they allow.
  package var access = AccessOptions()
  /// Envelopes, ids, numbers and refusals.
  package var answers = AnswerOptions()
  /// The keys and shapes of a session's state.
  package var draft = DraftOptions()
  /// The agent's stream.
  package var events = EventOptions()
  /// What the agent does and says.
  package var agent = AgentOptions()
  /// Uploads, generated media and renders.
  package var media = MediaOptions()
  /// What goes wrong, from the beginning.
  package var faults: [Fault] = []

  /// Creates the defaults: typed events, no faults, 100 credits.
  package init() {}
}

/// Tokens, credits and what they allow.
package struct AccessOptions: Sendable {
  /// Whether an anonymous token may render.
  package enum AnonymousRender: String, Sendable, CaseIterable {
    case allowed
    /// HTTP 402.
    case plan = "402"
    /// HTTP 403, naming the scope.
    case scope = "403"
  }

  /// What a new account has.
  package var credits = 100
  /// What each kind of message costs.
  package var costs = Costs()
  /// Tokens that are accepted though they were never issued; their accounts are no anonymous ones.
  package var registeredTokens: [String] = []
  /// Whether a second token within 7 days is refused with 429.
  package var limitsTokens = false
  /// Whether an anonymous token may render.
  package var anonymousRender = AnonymousRender.allowed

  /// Creates the defaults.
  package init() {}

  /// Credits by kind of message.
  package struct Costs: Sendable {
    /// A script from a video.
    package var extraction = 20
    /// A video from a script.
    package var generation = 60
    /// A script sent for a text track.
    package var push = 5
    /// Any other edit.
    package var edit = 10
    /// An answer that changes nothing.
    package var talk = 1

    /// Creates the defaults.
    package init() {}
  }
}

/// Envelopes, ids, numbers and refusals.
package struct AnswerOptions: Sendable {
  /// Where a new session's ids stand.
  package enum IDPlace: String, Sendable, CaseIterable { case data, top, both }

  /// How a session's id looks.
  package enum SessionID: String, Sendable, CaseIterable {
    case uuid
    /// 19 digits, which a floating-point number does not hold.
    case digits
  }

  /// How numbers are written.
  package enum Numbers: String, Sendable, CaseIterable {
    case number
    case string
    /// With a zero fraction.
    case fraction
  }

  /// What stands in answers besides what is needed.
  package enum Fullness: String, Sendable, CaseIterable {
    case usual
    /// Only what every description has.
    case sparse
    /// Unknown members and nulls too.
    case extra
  }

  /// How a refusal comes that has an HTTP status of its own.
  package enum RefusalForm: String, Sendable, CaseIterable {
    /// The status, and an envelope with the code.
    case status
    /// HTTP 200, and an envelope with the code.
    case code
    /// The status, and `{"detail":…}`.
    case detail
    case html
    case empty
  }

  /// How an unknown session is refused.
  package enum UnknownSession: String, Sendable, CaseIterable {
    /// Code 1002 at HTTP 200.
    case code
    /// HTTP 404 as a server of Google's Agent Development Kit does.
    case adk
  }

  /// Where a render's state and file stand.
  package enum RenderShape: String, Sendable, CaseIterable {
    /// `success`, `data.status`, `data.output.url`.
    case data
    /// `status` and `output.url` at the top level.
    case top
    /// `success`, `data.status`, `data.outputUrl`.
    case outputURL = "output-url"
    /// `status` at the top level, the file at `data.output.url`.
    case mixed
    /// `code`, `message`, and `data` as for `data`.
    case code
  }

  /// Where a new session's ids stand.
  package var idPlace = IDPlace.data
  /// How a session's id looks.
  package var sessionID = SessionID.uuid
  /// How numbers are written.
  package var numbers = Numbers.number
  /// What stands in answers besides what is needed.
  package var fullness = Fullness.usual
  /// How refusals come.
  package var refusals = RefusalForm.status
  /// How an unknown session is refused.
  package var unknownSession = UnknownSession.code
  /// Where a render's state and file stand.
  package var renderShape = RenderShape.data
  /// Whether a render tells its progress.
  package var showsProgress = true
  /// Whether bodies of the wrong form are refused with 422.
  package var isStrict = true

  /// Creates the defaults.
  package init() {}
}

/// The agent's stream.
package struct EventOptions: Sendable {
  /// The two dialects of events.
  package enum Dialect: String, Sendable, CaseIterable {
    /// `{"type":"text","content":…}`
    case typed
    /// Events of Google's Agent Development Kit.
    case adk
  }

  /// The ends of rows.
  package enum RowEnd: String, Sendable, CaseIterable {
    case lf, crlf, cr

    /// The letters.
    var text: String {
      switch self {
      case .lf: "\n"
      case .crlf: "\r\n"
      case .cr: "\r"
      }
    }
  }

  /// Where the stream is cut into writes.
  package enum Splitting: String, Sendable, CaseIterable {
    /// An event a write.
    case event
    /// Every byte by itself.
    case byte
    /// By seed, 1 to 13 bytes a write.
    case odd
    /// All at once.
    case none
  }

  /// How the stream ends.
  package enum Ending: String, Sendable, CaseIterable {
    /// With the last chunk of `Transfer-Encoding: chunked`.
    case chunked
    /// With the connection.
    case close
  }

  /// The dialect.
  package var dialect = Dialect.typed
  /// ADK: whether pieces and the whole share one id, as in 2.13; else each has its own, as in 1.26.
  package var sharesIDs = false
  /// ADK: whether names are written as `function_call` instead of `functionCall`.
  package var usesSnakeCase = false
  /// ADK: whether a text comes in pieces marked `partial` before the whole.
  package var sendsPartials = true
  /// ADK: whether a call stands in one event with a text.
  package var combinesCalls = false
  /// The ends of rows.
  package var rowEnd = RowEnd.lf
  /// Where the stream is cut into writes.
  package var splitting = Splitting.event
  /// How the stream ends.
  package var ending = Ending.chunked
  /// Whether comments stand between events.
  package var hasComments = false
  /// Whether `event:`, `id:` and `retry:` stand before `data:`.
  package var hasFields = false
  /// Whether an event's JSON is spread over several `data:` rows.
  package var hasSeveralDataRows = false
  /// Whether empty `data:` rows and events of unknown types are mixed in.
  package var hasNoise = false
  /// Heartbeats before the first text.
  package var heartbeats = 1
  /// The pause before each event in milliseconds.
  package var paceMilliseconds = 20

  /// Creates the defaults.
  package init() {}
}

/// What the agent does and says.
package struct AgentOptions: Sendable {
  /// Of a hundred edits and pushes, how many are answered without a word.
  package var silentPercent = 30
  /// Whether instructions for somebody before a screen are mixed into replies.
  package var talksOfGUI = false
  /// Whether "I encountered a temporary issue" ends replies that went well.
  package var endsWithTemporaryIssue = false
  /// Whether texts hold U+2028, U+2029 and U+0085, unescaped.
  package var usesUnicodeSeparators = false
  /// The layout of a transcript in a reply.
  package var layout = TranscriptLayout.nameColon
  /// Whether the track cuts turns into sentences, while the reply has whole turns.
  package var splitsTurns = false
  /// Whether an extraction has its words in the reply alone, and makes no track.
  package var makesNoTrack = false
  /// Whether the track has words in lower case without marks, as they were heard.
  package var writesRoughly = false
  /// Reads of the state until a generated video gets its music, title and effects.
  package var readsUntilSecondStage = 2
  /// What is done to the captions of a push.
  package var pushDrift = PushDrift.none
  /// Where fixtures are: `talk.txt` holds what is said in `talk.mp4`.
  package var fixturesFolder: String?

  /// What the backend does to captions that it is sent.
  package enum PushDrift: String, Sendable, CaseIterable {
    case none
    /// Times are rounded to 10 ms.
    case times
    /// Runs of spaces become one, ends are trimmed.
    case spaces
    /// The last caption is lost.
    case last
    /// Nothing is done, and charged all the same.
    case declined
  }

  /// Creates the defaults.
  package init() {}
}

/// Uploads, generated media and renders.
package struct MediaOptions: Sendable {
  /// What generated media are named.
  package enum Names: String, Sendable, CaseIterable {
    case plain, traversal, absolute, control, long, rtl, windows, empty
  }

  /// Whether texts may be uploaded.
  package var acceptsTexts = true
  /// The most bytes of an uploaded file.
  package var mostUploadBytes: Int64 = 500 << 20
  /// Whether uploads are answered with their SHA-256; it takes time for large ones.
  package var hashesUploads = true
  /// The folder in which uploads are kept; `nil` to forget all but small texts.
  package var uploadFolder: String?
  /// The bytes of generated media and rendered files.
  package var byteCount: Int64 = 200_000
  /// What generated media are named.
  package var names = Names.plain
  /// Whether media have addresses on another host (`localhost`), as on a CDN.
  package var isElsewhere = false
  /// Whether a medium's address is one that redirects to the other host.
  package var redirects = false
  /// Polls until a render is done.
  package var rendersPolls = 2
  /// How many renders fail before one is done.
  package var failingRenders = 0

  /// Creates the defaults.
  package init() {}
}

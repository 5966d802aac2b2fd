/// One thing that the service may answer, and what a person reads and a program gets of it.
struct RefusalCase: Sendable, CustomStringConvertible {
  let name: String
  /// Rules of the simulator's.
  let faults: [String]
  /// The command, after `extract talk.mp4` went well.
  var words = ["say", "Add a title 'Dreams'"]
  let status: Int32
  let type: String
  /// What the person reads, each on stderr.
  let told: [String]
  /// What would mislead.
  var untold: [String] = []
  /// What becomes of the intent; `nil` where there is none.
  var state: String? = "queued"

  var description: String { name }

  static let all: [RefusalCase] = tokens + money + files + trouble

  private static let tokens = [
    RefusalCase(
      name: "403 on a message", faults: ["message#1:status,status=403"], status: 4, type: "logIn",
      told: [
        "The message 'Add a title 'Dreams''", "scope 'write'", "'offbook auth token'",
        "'offbook intents retry'",
      ], state: "refused"),
    RefusalCase(
      name: "403 on a render", faults: ["render#1:status,status=403"], words: ["render"], status: 4,
      type: "logIn", told: ["The render", "scope 'render'", "'offbook auth token'"],
      untold: ["credit", "upgrade", "kept"], state: "refused"),
    RefusalCase(
      name: "403 on an upload", faults: ["upload#1:status,status=403"], words: ["attach", "b.mp4"],
      status: 4, type: "logIn", told: ["'b.mp4'", "scope 'upload'", "'offbook auth token'"],
      state: "refused"),
    RefusalCase(
      name: "403 on the state", faults: ["state#1x9:status,status=403"], words: ["sync"], status: 4,
      type: "logIn", told: ["scope 'read'", "'offbook auth token'"], state: nil),
  ]

  private static let money = [
    RefusalCase(
      name: "2001 without an account", faults: ["message#1:status,status=200,code=2001"], status: 7,
      type: "credits",
      told: ["The credits are used up", "2001", "Register", "?bind=", "kept"],
      untold: ["upgrade your plan"]),
    RefusalCase(
      name: "2001 at HTTP 402 is about credits",
      faults: ["message#1:status,status=402,code=2001"], status: 7, type: "credits",
      told: ["The credits are used up", "?bind="], untold: ["upgrade your plan"]),
    RefusalCase(
      name: "402", faults: ["render#1:status,status=402"], words: ["render"], status: 7,
      type: "plan",
      told: ["The render", "402", "Register or upgrade your plan to unlock export", "kept"],
      untold: ["credit"]),
    RefusalCase(
      name: "402 on a message", faults: ["message#1:status,status=402"], status: 7, type: "plan",
      told: ["402", "Register, or upgrade your plan", "kept"], untold: ["export"]),
    RefusalCase(
      name: "402 without a body", faults: ["render#1:status,status=402,form=empty"],
      words: ["render"], status: 7, type: "plan", told: ["upgrade your plan"], untold: ["credit"]),
  ]

  private static let files = [
    RefusalCase(
      name: "4001", faults: ["upload#1:status,status=200,code=4001"], words: ["extract", "b.mp4"],
      status: 1, type: "refused", told: ["'b.mp4'", "4001", "mp4, mov", "aac"], state: "refused"),
    RefusalCase(
      name: "4001 on an attachment", faults: ["upload#1:status,status=200,code=4001"],
      words: ["attach", "b.mp4"], status: 1, type: "refused", told: ["'b.mp4'", "mp4, mov"],
      state: "refused"),
    RefusalCase(
      name: "4002", faults: ["upload#1:status,status=200,code=4002"], words: ["extract", "b.mp4"],
      status: 1, type: "refused", told: ["'b.mp4'", "4002", "Compress or trim", "500 MB"],
      state: "refused"),
    RefusalCase(
      name: "413", faults: ["upload#1:status,status=413,form=html"], words: ["attach", "b.mp4"],
      status: 1, type: "refused", told: ["'b.mp4'", "Compress or trim"], state: "refused"),
  ]

  private static let trouble = [
    RefusalCase(
      name: "429 again and again", faults: ["message#1x9:status,status=429,retry-after=7"],
      status: 1, type: "busy", told: ["going on in 7 s", "Too many requests", "kept"]),
    RefusalCase(
      name: "429 for an hour", faults: ["message#1x9:status,status=429,retry-after=3600"],
      status: 1, type: "busy", told: ["Too many requests", "kept"], untold: ["going on in"]),
    RefusalCase(
      name: "503 everywhere", faults: ["*#1x99:status,status=503,form=html"], status: 1,
      type: "failed", told: ["503", "kept", "'offbook sync'"], untold: ["<html", "503: 503"]),
    RefusalCase(
      name: "an answer that is no JSON", faults: ["state#1x99:broken-json"], status: 1,
      type: "failed", told: ["the answer is no JSON", "kept"]),
    RefusalCase(
      name: "a message in doubt",
      faults: ["message#1:status,status=503,form=html,work=undone"], status: 1, type: "inDoubt",
      told: [
        "is not known", "credits are 980 as before", "intents retry", "charged twice", "abandon",
      ],
      untold: ["was kept"], state: "inDoubt"),
    RefusalCase(
      name: "a refusal without a meaning of its own", faults: ["message#1:status,status=400"],
      status: 1, type: "refused", told: ["400", "again"], state: "refused"),
    RefusalCase(
      name: "a page of a proxy", faults: ["message#1:status,status=418,form=html"], status: 1,
      type: "refused", told: ["answered 418."], untold: ["<", "Change what the service names"],
      state: "refused"),
  ]
}

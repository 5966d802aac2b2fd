import JSONText

/// A session of the simulated service.
struct Session: Sendable {
  var id: String
  var taskID: String
  var userID: String
  var name: String
  var language: String
  var draft: SimulatedDraft
  var files: [UploadedRecord] = []
  var generated: [GeneratedRecord] = []
  /// Work that is done only after so many more reads of the state.
  var pending: [PendingWork] = []
  /// Messages so far.
  var messageCount = 0
  /// The render that is under way.
  var activeRender: String?

  /// Whether it has done nothing yet.
  var isEmpty: Bool { draft.tracks.isEmpty && files.isEmpty && generated.isEmpty }

  struct PendingWork: Sendable {
    var reads: Int
    var work: [Work]
  }
}

/// A file that was uploaded.
struct UploadedRecord: Sendable {
  var name: String
  var type: String
  var address: String
  var byteCount: Int64
  /// The SHA-256 in hexadecimal, where it was taken.
  var hash: String?
  /// In milliseconds; 0 for what has none.
  var duration: Int64
  /// The bytes of a small text.
  var text: [UInt8]?
  /// Where the bytes are, where they are kept.
  var keptPath: String?

  /// Whether it is heard or seen over time.
  var isTimed: Bool { type == "video" || type == "audio" }
}

/// A medium that the agent made.
struct GeneratedRecord: Sendable {
  var id: String
  var name: String
  /// Its place among the service's media.
  var mediumID: String
  var byteCount: Int64
  var sha256: String
  var isFinal: Bool
}

/// A render of the simulated service.
package struct SimulatedRender: Sendable {
  /// How far it is.
  package enum State: String, Sendable { case pending, processing, completed, failed, cancelled }

  /// The id that the client chose.
  package var id: String
  /// Its session.
  package var sessionID: String
  /// Where it stands.
  package var state: State
  /// Polls so far.
  package var polls: Int
  /// How often its request came.
  package var requests: Int
  /// The draft that the client sent, as a JSON document.
  package var draft: [UInt8]
  /// Whether it is to fail.
  var isFailing: Bool
  /// Its file among the service's media.
  var mediumID: String
}

/// Credits that a message used.
package struct SimulatedCharge: Hashable, Sendable {
  /// Counted from 1, over all sessions.
  package var number: Int
  /// The session.
  package var sessionID: String
  /// `extraction`, `generation`, `push`, `edit` or `talk`.
  package var kind: String
  /// The whole message.
  package var message: String
  /// The credits.
  package var credits: Int
}

/// A request as the simulator took it in; holds no token.
package struct LoggedRequest: Hashable, Sendable {
  /// Counted from 1.
  package var number: Int
  /// What it asks for; `nil` where the service has no such address.
  package var endpoint: Endpoint?
  /// The method.
  package var method: String
  /// The path without a query.
  package var path: String
  /// Whether it had `Authorization`.
  package var isAuthorized: Bool
  /// The three attribution headers, where all are there: source, version, platform.
  package var attribution: [String]?
  /// `Range`, where it was there.
  package var range: String?
  /// The bytes of the body that came.
  package var receivedBytes: Int64 = 0
  /// The status of the answer; `nil` where none was begun.
  package var status: Int?
  /// The fault that happened to it, by its name.
  package var fault: String?
  /// Whether the whole answer was handed over; an answer may be lost on its way all the same.
  package var isComplete = false
  /// Whether the exchange is over.
  package var isOver = false
}

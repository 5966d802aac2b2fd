package import ScriptModel

/// An anonymous token with what came beside it.
package struct TokenGrant: Hashable, Sendable {
  /// The token.
  package var token: Secret
  /// The account's id.
  package var userID: String?
  /// When it ends, as the service wrote it (ISO 8601); for people to read.
  package var expires: String?
  /// The credits that come with it.
  package var credits: Int?

  /// Creates a grant from its parts.
  package init(token: Secret, userID: String? = nil, expires: String? = nil, credits: Int? = nil) {
    self.token = token
    self.userID = userID
    self.expires = expires
    self.credits = credits
  }
}

/// The ids of a new session; opaque strings, whatever they look like.
package struct SessionGrant: Hashable, Sendable {
  /// The session.
  package var sessionID: String
  /// The task; empty where the service named none.
  package var taskID: String
  /// The account.
  package var userID: String?

  /// Creates a grant from its parts.
  package init(sessionID: String, taskID: String = "", userID: String? = nil) {
    self.sessionID = sessionID
    self.taskID = taskID
    self.userID = userID
  }
}

/// A file that the service has.
package struct UploadedFile: Hashable, Sendable {
  /// The name that it was given.
  package var name: String?
  /// What the service calls its type.
  package var type: String?
  /// Its address at the service; may hold a key.
  package var address: String?
  /// Its length in milliseconds.
  package var duration: Milliseconds?
  /// The service's hash of it, in whatever form.
  package var hash: String?
  /// Its size in bytes.
  package var byteCount: Int64?

  /// Creates a file from its parts.
  package init(
    name: String? = nil, type: String? = nil, address: String? = nil,
    duration: Milliseconds? = nil, hash: String? = nil, byteCount: Int64? = nil
  ) {
    self.name = name
    self.type = type
    self.address = address
    self.duration = duration
    self.hash = hash
    self.byteCount = byteCount
  }
}

/// A medium that the service made.
package struct GeneratedMedium: Hashable, Sendable {
  /// What tells it from others: its id, else its hash, else its address without the query.
  package var identity: String
  /// A label; never a path.
  package var name: String
  /// What the service calls its type.
  package var type: String?
  /// Where it is to be had; may hold a key.
  package var address: String
  /// Its size in bytes.
  package var byteCount: Int64?
  /// Its SHA-256 in hexadecimal, where the service gives one of that length.
  package var sha256: String?

  /// Creates a medium from its parts.
  package init(
    identity: String, name: String, type: String? = nil, address: String,
    byteCount: Int64? = nil, sha256: String? = nil
  ) {
    self.identity = identity
    self.name = name
    self.type = type
    self.address = address
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}

/// How far a render is.
package struct RenderProgress: Hashable, Sendable {
  /// The states that a client answers differently; an unknown one counts as `processing`.
  package enum State: String, Hashable, Sendable, CaseIterable {
    case pending, processing, completed, failed, cancelled
  }

  /// Where it stands.
  package var state: State
  /// Percent, 0 to 100, where the service tells.
  package var percent: Int?
  /// The address of the finished file; may hold a key.
  package var address: String?
  /// Why it failed, in the service's words.
  package var detail: String

  /// Creates a progress from its parts.
  package init(state: State, percent: Int? = nil, address: String? = nil, detail: String = "") {
    self.state = state
    self.percent = percent
    self.address = address
    self.detail = detail
  }
}

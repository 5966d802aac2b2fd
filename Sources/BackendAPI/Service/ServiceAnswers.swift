package import JSONText
package import ScriptModel

/// An anonymous token with what came beside it.
package struct TokenGrant: Hashable, Sendable {
  /// A secret.
  package var token: String
  /// The account's id.
  package var userID: String?
  /// When it ends, as the service wrote it (ISO 8601); for people to read.
  package var expires: String?
  /// The credits that come with it.
  package var credits: Int?
}

/// The ids of a new session; opaque strings, whatever they look like.
package struct SessionGrant: Hashable, Sendable {
  /// The session.
  package var sessionID: String
  /// The task; empty where the service named none.
  package var taskID: String
  /// The account.
  package var userID: String?
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
}

/// What a session holds, as one look saw it.
package struct SessionState: Sendable {
  /// The draft; `nil` for a session that has done nothing yet.
  package var draft: Draft?
  /// The files that the service has.
  package var files: [UploadedFile]
  /// The media that it made.
  package var generated: [GeneratedMedium]
  /// The whole answer's state, everything unknown in it kept.
  package var document: JSONValue
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
}

package import BackendAPI
package import ScriptModel
package import ScriptStore
import Synchronization

/// What a look saw, as far as a planner needs it.
package struct Look: Sendable {
  /// SHA-256 over what a message may change: draft, files, generated media.
  package var fingerprint: [UInt8] { source.value }
  private let source: FingerprintSource
  /// The unsettled uploads whose file the state shows; see `UploadedFile.shows`.
  package var uploads: [Intent.ID: UploadedFile]
  /// The content of each text track by its key: SHA-256 as `IntentRecord.contentHash` has it.
  package var trackContent: [String: [UInt8]]
  /// What changed since the look before, as sentences for people.
  package var changes: [String]
  /// Whether a video has music or a title beside it, as the second stage of a generation gives it.
  package var isFinished = false
  /// Whether a track has anything in it, as a render needs.
  package var isReadyForExport = true

  /// Creates a look from its parts.
  package init(
    fingerprint: [UInt8], uploads: [Intent.ID: UploadedFile] = [:],
    trackContent: [String: [UInt8]] = [:], changes: [String] = []
  ) {
    self.init(
      .init(fingerprint), uploads: uploads, trackContent: trackContent, changes: changes)
  }

  /// Creates the look at a state, whose fingerprint is taken when it is asked for.
  package init(
    at state: SessionState, uploads: [Intent.ID: UploadedFile], trackContent: [String: [UInt8]],
    changes: [String]
  ) {
    self.init(
      .init(of: state), uploads: uploads, trackContent: trackContent, changes: changes)
  }

  private init(
    _ source: FingerprintSource, uploads: [Intent.ID: UploadedFile],
    trackContent: [String: [UInt8]], changes: [String]
  ) {
    self.source = source
    self.uploads = uploads
    self.trackContent = trackContent
    self.changes = changes
  }
}

/// A fingerprint, taken once and not before it is asked for: a sync that sends scripts alone never
/// asks, and of a long draft it takes as long as reading that.
private final class FingerprintSource: Sendable {
  private let taken: Mutex<[UInt8]?>
  private let state: SessionState?

  init(_ value: [UInt8]) {
    taken = Mutex(value)
    state = nil
  }

  init(of state: SessionState) {
    taken = Mutex(nil)
    self.state = state
  }

  var value: [UInt8] {
    taken.withLock { taken in
      let value = taken ?? state?.fingerprint ?? []
      taken = value
      return value
    }
  }
}

/// What merging a look did.
package struct Integration: Sendable {
  /// The project as it is now.
  package var snapshot: ProjectSnapshot
  /// Scripts that differ from what the session has, and how many lines do.
  package var unsent: [UnsentScript]
  /// How many lines came in.
  package var pulledLines: Int
  /// How many media became known.
  package var foundMedia: Int
  /// The conflicts that wait in the project's scripts.
  package var conflicts: [Conflict]
  /// Scripts that could not be merged; the others were.
  package var failures: [ProjectOutcome.Failure]
  /// What a person should know though nothing failed.
  package var notices: [String] = []

  /// Creates an integration from its parts.
  package init(
    snapshot: ProjectSnapshot, unsent: [UnsentScript] = [], pulledLines: Int = 0,
    foundMedia: Int = 0, conflicts: [Conflict] = [], failures: [ProjectOutcome.Failure] = []
  ) {
    self.snapshot = snapshot
    self.unsent = unsent
    self.pulledLines = pulledLines
    self.foundMedia = foundMedia
    self.conflicts = conflicts
    self.failures = failures
  }
}

/// A script that the session does not have as it is here.
package struct UnsentScript: Hashable, Sendable {
  /// The script.
  package var scriptID: Script.ID
  /// Its title.
  package var title: String
  /// How many lines differ.
  package var lineCount: Int
  /// SHA-256 of the content as it would be sent.
  package var contentHash: [UInt8]
  /// Why it is not sent as it is; `nil` where nothing is in the way.
  package var obstacle: Obstacle?

  /// What keeps a script from being sent by itself.
  package enum Obstacle: Hashable, Sendable {
    /// This push of the same content was answered, and its track stayed as it was.
    case notTaken(Intent.ID)
    /// Another track of the session has the name that the message would give.
    case sharedName(String)

    /// Whether it is in the way even of a push that a person asked for by name.
    var holdsWhatIsNamed: Bool { if case .sharedName = self { true } else { false } }
  }

  /// Creates an unsent script from its parts.
  package init(scriptID: Script.ID, title: String, lineCount: Int, contentHash: [UInt8]) {
    self.scriptID = scriptID
    self.title = title
    self.lineCount = lineCount
    self.contentHash = contentHash
  }
}

/// How the agent answered a message.
package struct Reply: Hashable, Sendable {
  /// Its words, each once; empty for about a third of all edits.
  package var text: String
  /// A failure that it reported in the middle.
  package var failure: ServiceError?

  /// Creates a reply from its parts.
  package init(text: String, failure: ServiceError? = nil) {
    self.text = text
    self.failure = failure
  }
}

extension UploadedFile {
  /// Whether this is the file of an upload: its name or hash begins with the content's hash, else
  /// name and size are the same.
  ///
  /// - Parameter sha256: in lower-case hexadecimal, 64 characters; `nil` where it is not known.
  package func shows(sha256: String?, name label: String, byteCount size: Int64?) -> Bool {
    if let sha256, sha256.utf8.count >= Self.hashPrefixLength {
      let beginning = sha256.prefix(Self.hashPrefixLength)
      if name?.lowercased().hasPrefix(beginning) == true { return true }
      if hash?.lowercased() == sha256 { return true }
    }
    guard let size, let byteCount else { return false }
    return name == label && byteCount == size
  }

  /// How much of the content's hash a file's name begins with.
  package static var hashPrefixLength: Int { UploadName.hashLength }
}

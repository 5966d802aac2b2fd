/// Something a person, or a sync, asked of the service: kept until its outcome is known.
public struct Intent: Hashable, Sendable {
  /// Names an intent.
  public typealias ID = Identifier<Intent>

  /// What is asked of the service.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A new session.
    case session
    /// A file, or an address, for the session.
    case upload
    /// A message to the session's agent: charged, and never sent again by itself.
    case message
    /// A finished video of the session's draft.
    case render
  }

  /// Where an intent stands; every arrow between two states is one durable transaction.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Nothing of it has left the machine, or it was proven to be refused.
    case queued
    /// Committed before the first byte leaves: from here on a crash leaves it in doubt.
    case sending
    /// The service has begun to answer.
    case streaming
    /// It may have been carried out: looking at the session, or the person, decides.
    case inDoubt
    /// Carried out, as was answered or seen.
    case done
    /// The service refused it for good.
    case refused
    /// The person gave it up.
    case abandoned
  }

  /// What a message is for; it decides how its reply is read and which workflow is named.
  public enum Purpose: String, Hashable, Sendable, CaseIterable {
    /// What a person typed.
    case say
    /// Media to script.
    case extract
    /// Script to video.
    case generate
    /// A script's lines to its text track: made by a sync, not by a person.
    case push
    /// No message.
    case none
  }

  /// The stable id.
  public var id: ID
  /// The project whose session it goes to.
  public var projectID: Project.ID
  /// What is asked.
  public var kind: Kind
  /// What a message is for.
  public var purpose: Purpose
  /// Where it stands.
  public var state: State
  /// When it was recorded, in Unix milliseconds; for people to read, nothing is decided by it.
  public var created: Milliseconds
  /// How many times it began to be sent.
  public var attempts: Int
  /// What it says: a message's text, a file's label or address, a render's id, a session's name.
  public var message: String
  /// The script that a push, an extraction or a generation is about.
  public var scriptID: Script.ID?
  /// The media that an upload or an extraction is about.
  public var mediaID: Media.ID?
  /// What is known of its outcome, as a sentence for people; empty while nothing is.
  public var evidence: String
  /// Whether it may have been charged though its outcome is not known.
  public var maybeCharged: Bool

  /// Creates an intent from its parts.
  public init(
    id: ID, projectID: Project.ID, kind: Kind, purpose: Purpose = .none, state: State = .queued,
    created: Milliseconds, attempts: Int = 0, message: String, scriptID: Script.ID? = nil,
    mediaID: Media.ID? = nil, evidence: String = "", maybeCharged: Bool = false
  ) {
    self.id = id
    self.projectID = projectID
    self.kind = kind
    self.purpose = purpose
    self.state = state
    self.created = created
    self.attempts = attempts
    self.message = message
    self.scriptID = scriptID
    self.mediaID = mediaID
    self.evidence = evidence
    self.maybeCharged = maybeCharged
  }
}

extension Intent.State {
  /// Whether its outcome is known for good.
  public var isSettled: Bool { self == .done || self == .refused || self == .abandoned }

  /// Whether the arrow from this state to another may be drawn.
  ///
  /// `sending` to `queued` needs the proof that nothing was sent, or a definite refusal code.
  /// `inDoubt` to `queued` needs to be seen as not applied, or a person who asks for it again;
  /// to itself it counts a look; to `streaming` it is seen at work, as a render is by its id.
  public func mayBecome(_ next: Self) -> Bool {
    switch self {
    case .queued: [.sending, .refused, .abandoned].contains(next)
    case .sending: [.streaming, .inDoubt, .queued, .done, .refused].contains(next)
    case .streaming: [.done, .inDoubt, .refused].contains(next)
    case .inDoubt: [.inDoubt, .streaming, .done, .queued, .refused, .abandoned].contains(next)
    case .done, .refused, .abandoned: false
    }
  }
}

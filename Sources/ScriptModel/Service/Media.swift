/// A video, an image or a sound that belongs to a project.
public struct Media: Hashable, Sendable {
  /// Names a medium.
  public typealias ID = Identifier<Media>

  /// What a medium holds, told by its name or by the service.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case video, audio, image, text, other
  }

  /// Where it came from.
  public enum Origin: String, Hashable, Sendable, CaseIterable {
    /// Given by the person and not yet with the service.
    case local
    /// Given by the person, and the service has it.
    case uploaded
    /// Made by the service.
    case generated
  }

  /// Whether its bytes are here.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// The bytes are where `path` says.
    case present
    /// Known by its address only; a sync brings it.
    case remote
    /// A part of it is here; a sync goes on with it.
    case partial
    /// Nothing was at its address any more; a sync brings it once the service names another.
    case gone
    /// It was here, and its file is gone or has changed.
    case missing
  }

  /// The stable id.
  public var id: ID
  /// The project that it belongs to.
  public var projectID: Project.ID
  /// A label, never a path.
  public var name: String
  /// What it holds.
  public var kind: Kind
  /// Where it came from.
  public var origin: Origin
  /// Whether its bytes are here.
  public var state: State
  /// Its size; `nil` while it is not known.
  public var byteCount: Int64?
  /// The SHA-256 of its bytes, 32 bytes; `nil` while it is not known.
  public var sha256: [UInt8]?
  /// The absolute path of its file; `nil` where it is not here.
  public var path: String?
  /// Its address at the service or elsewhere; may hold a key, so it is never shown.
  public var address: String?

  /// Creates a medium from its parts.
  public init(
    id: ID, projectID: Project.ID, name: String, kind: Kind, origin: Origin, state: State,
    byteCount: Int64? = nil, sha256: [UInt8]? = nil, path: String? = nil, address: String? = nil
  ) {
    self.id = id
    self.projectID = projectID
    self.name = name
    self.kind = kind
    self.origin = origin
    self.state = state
    self.byteCount = byteCount
    self.sha256 = sha256
    self.path = path
    self.address = address
  }
}

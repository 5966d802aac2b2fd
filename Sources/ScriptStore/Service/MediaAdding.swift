import SQLiteKit
import ScriptModel

/// Remembers a person's file or address once, within a transaction.
struct MediaAdding {
  let session: Session
  let project: Int64
  let name: String
  let kind: Media.Kind
  let path: String?
  let address: String?
  let sha256: [UInt8]?
  let byteCount: Int64?

  func run() throws -> Media.ID {
    if let known = try byContent() ?? byPath() ?? byAddress() { return known }
    let id: Media.ID = session.newIdentifier()
    try session.connection.run(
      insertMedium, id.binding, .integer(project), .text(name), .text(kind.rawValue),
      .text(Media.Origin.local.rawValue), .optional(path), .optional(sha256),
      .optional(byteCount), .optional(address), .null)
    return id
  }

  /// A file that was moved is the same medium at another place.
  private func byContent() throws -> Media.ID? {
    guard let sha256 else { return nil }
    let known = try session.connection.first(
      MediaRow.query + " WHERE media.project = ? AND media.sha256 = ? AND \(isGiven)",
      .integer(project), .blob(sha256), map: { MediaRow($0) })
    guard let known else { return nil }
    if let path, known.medium(in: session.folder).state != .present {
      try session.connection.run(
        "UPDATE media SET path = ?, byte_count = coalesce(?, byte_count) WHERE id = ?",
        .text(path), .optional(byteCount), .integer(known.row))
    }
    return known.id
  }

  private func byPath() throws -> Media.ID? {
    guard let path else { return nil }
    let known = try session.connection.first(
      MediaRow.query
        + " WHERE media.project = ? AND media.path = ? AND \(isGiven) ORDER BY media.id DESC",
      .integer(project), .text(path), map: { MediaRow($0) })
    // Another content under the same name is another medium.
    guard let known, known.sha256 == nil || sha256 == nil,
      known.byteCount == nil || byteCount == nil || known.byteCount == byteCount
    else { return nil }
    try session.connection.run(
      completeMedium, .optional(sha256), .optional(byteCount), .integer(known.row))
    return known.id
  }

  private func byAddress() throws -> Media.ID? {
    guard let address, path == nil else { return nil }
    return try session.connection.first(
      MediaRow.query
        + " WHERE media.project = ? AND media.address = ? AND media.path IS NULL AND \(isGiven)",
      .integer(project), .text(address), map: { MediaRow($0).id })
  }
}

extension Session {
  /// Whether what the service made is known, at the address that it has now.
  func hasGenerated(_ identity: String, at address: String, in project: Int64) throws -> Bool {
    try connection.integer(
      "SELECT count(*) FROM media WHERE \(isIdentity) AND address = ?", .integer(project),
      .text(identity), .text(address)) > 0
  }

  /// Remembers what the service made, or its newest address; tells whether it is new.
  func noteGenerated(
    _ identity: String, name: String, kind: Media.Kind, address: String, byteCount: Int64?,
    in project: Int64
  ) throws -> Bool {
    let known = try connection.first(
      "SELECT id FROM media WHERE \(isIdentity)", .integer(project), .text(identity)
    ) { $0.integer(0) }
    if let known {
      try connection.run(renewAddress, .text(address), .optional(byteCount), .integer(known))
      return false
    }
    let id: Media.ID = newIdentifier()
    try connection.run(
      insertMedium, id.binding, .integer(project), .text(name), .text(kind.rawValue),
      .text(Media.Origin.generated.rawValue), .null, .null, .optional(byteCount),
      .text(address), .text(identity))
    return true
  }
}

private let isGiven = "media.origin <> 'generated'"
private let isIdentity = "origin = 'generated' AND project = ? AND identity = ?"
private let insertMedium = """
  INSERT INTO media
    (uuid, project, name, kind, origin, path, sha256, byte_count, address, identity)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  """
private let completeMedium = """
  UPDATE media SET sha256 = coalesce(sha256, ?), byte_count = coalesce(byte_count, ?) WHERE id = ?
  """
/// What is here whole has the size that was counted.
private let renewAddress = """
  UPDATE media SET address = ?1,
    byte_count = CASE WHEN sha256 IS NULL THEN coalesce(?2, byte_count) ELSE byte_count END
  WHERE id = ?3
  """

import SQLiteKit
import ScriptModel

/// A medium with its integer keys and what is stored of it.
struct MediaRow {
  let row: Int64
  let project: Int64
  let id: Media.ID
  let projectID: Project.ID
  let name: String
  let kind: Media.Kind
  let origin: Media.Origin
  /// Of the person's own file; `nil` for one in the media folder.
  let path: String?
  let sha256: [UInt8]?
  let byteCount: Int64?
  let address: String?
  /// The address at which it was found to be gone.
  let gone: String?

  init(_ row: Row) {
    self.row = row.integer(0)
    project = row.integer(1)
    id = row.identifier(2)
    projectID = row.identifier(3)
    name = row.text(4)
    kind = Media.Kind(rawValue: row.text(5)) ?? .other
    origin = Media.Origin(rawValue: row.text(6)) ?? .local
    path = row.optionalText(7)
    sha256 = row.isNull(8) ? nil : row.bytes(8)
    byteCount = row.optionalInteger(9)
    address = row.optionalText(10)
    gone = row.optionalText(11)
  }

  static let query = """
    SELECT media.id, media.project, media.uuid, project.uuid, media.name, media.kind, media.origin,
      media.path, media.sha256, media.byte_count, media.address, media.gone
    FROM media JOIN project ON project.id = media.project
    """

  /// The medium with the state that its file has now.
  func medium(in folder: WorkspaceFolder) -> Media {
    let file = path ?? sha256.map { folder.media + "/" + Self.fileName(of: $0) }
    let state = state(of: file, in: folder)
    return Media(
      id: id, projectID: projectID, name: name, kind: kind, origin: origin, state: state,
      byteCount: byteCount, sha256: sha256, path: state == .present ? file : nil,
      address: address)
  }

  private func state(of file: String?, in folder: WorkspaceFolder) -> Media.State {
    if let file, let size = Platform.size(of: file), !Platform.isFolder(file),
      byteCount == nil || byteCount == Int64(size)
    {
      return .present
    }
    if gone != nil, gone == address { return .gone }
    if Platform.exists(folder.media + "/\(id).part") { return .partial }
    return file == nil ? .remote : .missing
  }

  /// The name of a content's file in the media folder: its SHA-256 in hexadecimal.
  static func fileName(of digest: [UInt8]) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

extension Session {
  func medium(_ id: Media.ID) throws -> MediaRow {
    let found = try connection.first(
      MediaRow.query + " WHERE media.uuid = ?", id.binding, map: { MediaRow($0) })
    guard let found else { throw StoreError(.notFound, "There is no medium with the id \(id)") }
    return found
  }

  func media(of project: Int64) throws -> [MediaRow] {
    try connection.all(
      MediaRow.query + " WHERE media.project = ? ORDER BY media.id", .integer(project),
      map: { MediaRow($0) })
  }

  /// What the service made and is not whole here; a person's own file is never fetched unasked.
  func wantedMedia(of project: Int64) throws -> [Media] {
    let made = try connection.all(
      MediaRow.query + """
         WHERE media.project = ? AND media.origin = 'generated' AND media.address IS NOT NULL
        ORDER BY media.id
        """,
      .integer(project), map: { MediaRow($0) })
    return made.lazy.map { $0.medium(in: self.folder) }.filter {
      $0.state != .present && $0.state != .gone
    }
  }
}

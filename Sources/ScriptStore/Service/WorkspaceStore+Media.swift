import SQLiteKit
package import ScriptModel

/// What the service made, as the store notes it.
package typealias GeneratedMediumRow = (
  identity: String, name: String, kind: Media.Kind, address: String, byteCount: Int64?
)

extension WorkspaceStore {
  /// The folder of media files, named by their SHA-256 in hexadecimal.
  package var mediaFolder: String { WorkspaceFolder(path: folder).media }

  /// The media of a project, oldest first, each with the state of its file.
  package func media(of project: Project.ID) throws(StoreError) -> [Media] {
    let rows = try read { session in try session.media(of: session.project(project).row) }
    let folder = WorkspaceFolder(path: folder)
    return rows.map { $0.medium(in: folder) }
  }

  /// One medium, with the state of its file.
  package func medium(_ id: Media.ID) throws(StoreError) -> Media {
    try read { try $0.medium(id) }.medium(in: WorkspaceFolder(path: folder))
  }

  /// The medium of a project with that id, unique id prefix (4 characters or more) or name.
  package func medium(
    matching reference: String, in project: Project.ID
  ) throws(StoreError) -> Media {
    try read { session in
      let rows = NamedRows<Media>(
        what: "medium", query: "SELECT id, uuid, name FROM media WHERE project = ?",
        values: [.integer(try session.project(project).row)], nameColumn: "name",
        connection: session.connection)
      return try session.medium(rows.find(reference).id)
    }.medium(in: WorkspaceFolder(path: folder))
  }

  /// Remembers a file of the person's, which stays where it is, or an address.
  ///
  /// The same content, or address, in the same project is remembered once: found by its SHA-256 where
  /// one is given, else by its path and size, else by its address.
  /// - Parameter path: absolute, or from the current folder; without one the SHA-256 is of no use.
  /// - Throws: `invalidValue` where neither a path nor an address is given.
  package func addMedia(
    _ name: String, kind: Media.Kind, in project: Project.ID, path: String?, address: String?,
    sha256: [UInt8]?, byteCount: Int64?
  ) throws(StoreError) -> Media {
    guard path != nil || address != nil else {
      throw StoreError(.invalidValue, "A medium needs a file or an address")
    }
    return try write { session in
      let adding = MediaAdding(
        session: session, project: try session.project(project).row,
        name: MediaLabel.cleaned(name), kind: kind,
        path: path.map { WorkspaceFolder.absolute($0) }, address: address,
        sha256: path == nil ? nil : sha256,
        byteCount: byteCount.flatMap { $0 < 0 ? nil : $0 })
      return try session.medium(adding.run()).medium(in: session.folder)
    }
  }

  /// Whether all of what the service has made is noted, at the addresses that it has now.
  package func knows(
    _ media: [GeneratedMediumRow], in project: Project.ID
  ) throws(StoreError) -> Bool {
    if media.isEmpty { return true }
    return try read { session in try session.knows(media, in: session.project(project).row) }
  }

  /// Notes what the service has made; what is known by its identity is not noted twice.
  ///
  /// An address that is known is replaced: the service's addresses run out.
  /// - Returns: how many were new.
  package func noteGenerated(
    _ media: [GeneratedMediumRow], in project: Project.ID
  ) throws(StoreError) -> Int {
    if try knows(media, in: project) { return 0 }
    return try write { session in
      let row = try session.project(project).row
      var added = 0
      for medium in media {
        let count = medium.byteCount.flatMap { $0 < 0 ? nil : $0 }
        let isNew = try session.noteGenerated(
          medium.identity, name: MediaLabel.cleaned(medium.name), kind: medium.kind,
          address: medium.address, byteCount: count, in: row)
        if isNew { added += 1 }
      }
      return added
    }
  }

  /// Notes that a medium's bytes are whole in the media folder.
  package func mediumArrived(
    _ id: Media.ID, sha256: [UInt8], byteCount: Int64
  ) throws(StoreError) {
    try write { session in
      try session.connection.run(
        "UPDATE media SET sha256 = ?, byte_count = ?, validator = NULL WHERE id = ?",
        .blob(sha256), .integer(byteCount), .integer(session.medium(id).row))
    }
  }

  /// Notes that the service has a medium, and in which intent it was uploaded.
  ///
  /// - Throws: `conflict` where the intent's state does not allow it to be done.
  package func uploaded(
    _ intent: Intent.ID, serviceName: String?, address: String?, hash: String?
  ) throws(StoreError) -> ProjectSnapshot {
    try write { session in
      let project = try IntentArrow(session: session, advance: IntentAdvance(intent, to: .done))
        .draw()
      if let media = try session.intent(intent).media {
        try session.connection.run(
          noteUpload, .optional(serviceName), .optional(address), .optional(hash),
          .integer(media))
      }
      return try session.snapshot(of: session.projectRow(project))
    }
  }

  /// Refuses the upload of a text file, remembers that its session takes none, and records a message.
  ///
  /// - Throws: `conflict` where the intent's state does not allow it to be refused.
  package func textInstead(
    _ intent: Intent.ID, message: String, options: String, evidence: String
  ) throws(StoreError) -> ProjectSnapshot {
    try write { session in
      let row = try session.intent(intent)
      let advance = IntentAdvance(intent, to: .refused, evidence: evidence)
      let project = try IntentArrow(session: session, advance: advance).draw()
      if let sent = row.session {
        try session.connection.run(
          "UPDATE session SET refuses_text_files = 1 WHERE id = ?", .integer(sent))
      }
      var request = IntentRequest(
        .message, in: row.intent.projectID, purpose: .say, message: message,
        source: row.record.source)
      request.options = options
      // Attached twice, the words still go once.
      let waiting = try session.snapshot(of: session.projectRow(project)).intents
      if !waiting.contains(where: { $0.intent.message == message && $0.options == options }) {
        _ = try session.record(request)
      }
      return try session.snapshot(of: session.projectRow(project))
    }
  }

  /// Notes that nothing is at a medium's address any more; another address makes it wanted again.
  package func mediumIsGone(_ id: Media.ID) throws(StoreError) -> ProjectSnapshot {
    try write { session in
      let medium = try session.medium(id)
      try session.connection.run(
        "UPDATE media SET gone = address, validator = NULL WHERE id = ?", .integer(medium.row))
      return try session.snapshot(of: session.projectRow(medium.project))
    }
  }

  /// Notes how far a download came: the validator that `If-Range` needs to go on with it.
  package func noteDownload(_ id: Media.ID, validator: String?) throws(StoreError) {
    try write { session in
      try session.connection.run(
        "UPDATE media SET validator = ? WHERE id = ?", .optional(validator),
        .integer(session.medium(id).row))
    }
  }

  /// The validator of a download that began.
  package func downloadValidator(_ id: Media.ID) throws(StoreError) -> String? {
    try read { session in
      try session.connection.first(
        "SELECT validator FROM media WHERE id = ?", .integer(session.medium(id).row)
      ) { $0.optionalText(0) } ?? nil
    }
  }

  /// The names and hashes under which the service has a project's uploaded files.
  package func serviceFiles(
    of project: Project.ID
  ) throws(StoreError) -> [(id: Media.ID, serviceName: String?, hash: String?)] {
    try read { session in
      try session.connection.all(
        uploadedFiles, .integer(session.project(project).row)
      ) { ServiceFile(id: $0.identifier(0), name: $0.optionalText(1), hash: $0.optionalText(2)) }
    }.map { (id: $0.id, serviceName: $0.name, hash: $0.hash) }
  }
}

/// What the service calls an uploaded file.
private struct ServiceFile {
  let id: Media.ID
  let name: String?
  let hash: String?
}

/// The service's address of the person's file is a new one each time; a given address stays.
private let noteUpload = """
  UPDATE media SET service_name = ?1,
    address = CASE WHEN path IS NULL AND sha256 IS NULL THEN address ELSE coalesce(?2, address) END,
    identity = CASE WHEN origin = 'generated' THEN identity ELSE ?3 END,
    origin = CASE WHEN origin = 'generated' THEN origin ELSE 'uploaded' END
  WHERE id = ?4
  """
private let uploadedFiles = """
  SELECT uuid, service_name, identity FROM media
  WHERE project = ? AND origin = 'uploaded' ORDER BY id
  """

extension Session {
  /// Whether all of what the service has made is noted, at the addresses that it has now.
  func knows(_ media: [GeneratedMediumRow], in project: Int64) throws -> Bool {
    try media.allSatisfy { try hasGenerated($0.identity, at: $0.address, in: project) }
  }
}

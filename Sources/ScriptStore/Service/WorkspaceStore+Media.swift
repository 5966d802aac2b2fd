package import ScriptModel

extension WorkspaceStore {
  /// The folder of media files, named by their SHA-256 in hexadecimal.
  package var mediaFolder: String { WorkspaceFolder(path: folder).media }

  /// The media of a project, oldest first, each with the state of its file.
  package func media(of project: Project.ID) throws(StoreError) -> [Media] {
    throw StoreError(.failed, "not yet")
  }

  /// One medium.
  package func medium(_ id: Media.ID) throws(StoreError) -> Media {
    throw StoreError(.failed, "not yet")
  }

  /// Remembers a file of the person's, which stays where it is, or an address.
  ///
  /// The same content, or address, in the same project is remembered once.
  package func addMedia(
    _ name: String, kind: Media.Kind, in project: Project.ID, path: String?, address: String?,
    sha256: [UInt8]?, byteCount: Int64?
  ) throws(StoreError) -> Media {
    throw StoreError(.failed, "not yet")
  }

  /// Notes what the service has made; what is known by its identity is not noted twice.
  ///
  /// - Returns: how many were new.
  package func noteGenerated(
    _ media: [(identity: String, name: String, kind: Media.Kind, address: String, byteCount: Int64?)],
    in project: Project.ID
  ) throws(StoreError) -> Int {
    throw StoreError(.failed, "not yet")
  }

  /// Notes that a medium's bytes are whole in the media folder.
  package func mediumArrived(
    _ id: Media.ID, sha256: [UInt8], byteCount: Int64
  ) throws(StoreError) {
    throw StoreError(.failed, "not yet")
  }

  /// Notes that the service has a medium, and in which intent it was uploaded.
  package func uploaded(
    _ intent: Intent.ID, serviceName: String?, address: String?, hash: String?
  ) throws(StoreError) -> ProjectSnapshot {
    throw StoreError(.failed, "not yet")
  }

  /// Notes how far a download came: the validator that `If-Range` needs to go on with it.
  package func noteDownload(_ id: Media.ID, validator: String?) throws(StoreError) {
    throw StoreError(.failed, "not yet")
  }

  /// The validator of a download that began.
  package func downloadValidator(_ id: Media.ID) throws(StoreError) -> String? {
    throw StoreError(.failed, "not yet")
  }
}

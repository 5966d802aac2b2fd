import BackendAPI
import ScriptModel
import ScriptStore

extension ProjectRunner {
  // MARK: Renders

  func startRender(_ id: Intent.ID) async throws -> SyncOutcome {
    guard let record = record(id), let session = snapshot.session, let render = record.renderID
    else { throw LocalFailure(description: "There is no session to render.") }
    lastSent = id
    let draft = try draftWithLocalEdits()
    guard draft.isReadyForExport else {
      throw LocalFailure(
        description:
          "The session has no video yet: 'offbook generate' or 'offbook attach' gives it one.")
    }
    _ = try await client(for: record).call(
      RenderStartRequest(renderID: render, sessionID: session.sessionID, draft: draft))
    return .renderAccepted
  }

  /// The draft as it was seen last, its text tracks as the scripts are here.
  private func draftWithLocalEdits() throws -> Draft {
    guard var draft = state?.draft, let session = snapshot.session else { return .empty }
    let places = Dictionary(draft.keyedTracks.map { ($0.key, $0.track) }) { first, _ in first }
    for standing in snapshot.scripts {
      guard let binding = standing.binding, binding.sessionID == session.id,
        let track = places[binding.trackKey]
      else { continue }
      let script = try store.script(standing.scriptID)
      let base = TrackBase(try store.base(of: standing.scriptID), of: script)
      let projection = TrackProjection(script, over: base)
      if projection.says(track.captions) { continue }
      draft = draft.replacingSegments(
        ofTrack: track.index, with: changes(to: projection.captions, in: track, base: base))
    }
    return draft
  }

  /// Segments as the captions are; which was which the lines tell that both had.
  private func changes(
    to captions: [TrackCaption], in track: Draft.Track, base: TrackBase?
  ) -> [Draft.SegmentChange] {
    var places: [Line.ID: Int] = [:]
    if let base {
      let lines = TrackProjection(base.script, over: base).captions
      let segments = track.spokenSegments
      if lines.count == segments.count {
        for (line, segment) in zip(lines, segments) { places[line.lineID] = segment }
      }
    }
    let segments = track.segments
    let spoken = track.spokenSegments
    let isNameless = !spoken.isEmpty && spoken.allSatisfy { segments[$0].speaker == nil }
    let changes = captions.map { caption in
      let source = places[caption.lineID]
      // A new line among others without labels gets none either.
      return Draft.SegmentChange(
        source: source, id: "\(caption.lineID)", text: caption.content.text,
        start: caption.content.start, duration: caption.content.duration,
        speaker: source == nil && isNameless ? nil : caption.content.speaker)
    }
    return changes.keepingSegments(of: track, without: Set(spoken))
  }

  func pollRender(_ id: Intent.ID) async throws -> SyncOutcome {
    guard let record = record(id), let render = record.renderID else {
      throw LocalFailure(description: "The render's id is not known.")
    }
    let progress = try await client(for: record).call(RenderStatusRequest(renderID: render))
    if let percent = progress.percent {
      environment.tell(.rendered(project.id, percent: percent))
    }
    return .renderProgress(progress)
  }

  func downloadRender(_ id: Intent.ID, address: String?) async throws -> SyncOutcome {
    guard let record = record(id), let render = record.renderID else {
      throw LocalFailure(description: "The render's id is not known.")
    }
    let identity = "render:" + render
    _ = try store.noteGenerated(
      [
        (
          identity: identity, name: project.name + ".mp4", kind: .video, address: address ?? "",
          byteCount: nil
        )
      ], in: project.id)
    guard let medium = try store.generated(identity, in: project.id) else {
      throw LocalFailure(description: "The render's file is not known.")
    }
    run.media[id] = medium.id
    if medium.state == .present { return .downloaded }
    let client = await client(for: record)
    if let address, !address.isEmpty {
      do throws(CallError) {
        try await MediaDownload(environment, project: project.id, client: client).bring(
          medium
        ) { MediaDownloadRequest(address: address, target: $0) }
        return .downloaded
      } catch {
        // The service serves the file too, where its address does not.
        guard case .service(let refusal) = error, refusal.code != .unauthorized else { throw error }
      }
    }
    try await MediaDownload(environment, project: project.id, client: client).bring(medium) {
      RenderDownloadRequest(renderID: render, target: $0)
    }
    return .downloaded
  }

  // MARK: Downloads

  func download(_ id: Media.ID) async throws -> SyncOutcome {
    let medium = try store.medium(id)
    if medium.state == .present { return .downloaded }
    guard let address = medium.address else {
      throw LocalFailure(description: "The address of '\(medium.name)' is not known.")
    }
    let told = state?.generated.first { $0.address == address }?.sha256
    try await MediaDownload(
      environment, project: project.id, client: await client(), sha256: told
    ).bring(medium) { MediaDownloadRequest(address: address, target: $0) }
    return .downloaded
  }
}

extension [Draft.SegmentChange] {
  /// The changes with a track's segments without words, each behind the segment that it followed.
  ///
  /// What no caption stands for is no part of a script, and stays as it is.
  func keepingSegments(of track: Draft.Track, without spoken: Set<Int>) -> [Draft.SegmentChange] {
    if spoken.count == track.segments.count { return self }
    let kept = Set(compactMap(\.source))
    var leading: [Draft.SegmentChange] = []
    var following: [Int: [Draft.SegmentChange]] = [:]
    var previous: Int?
    for (index, segment) in track.segments.enumerated() {
      if spoken.contains(index) {
        if kept.contains(index) { previous = index }
        continue
      }
      let same = Draft.SegmentChange(
        source: index, text: segment.text, start: segment.start, duration: segment.duration,
        speaker: segment.speaker)
      if let previous {
        following[previous, default: []].append(same)
      } else {
        leading.append(same)
      }
    }
    var result = leading
    for change in self {
      result.append(change)
      if let source = change.source, let same = following.removeValue(forKey: source) {
        result += same
      }
    }
    return result
  }
}

/// Brings a file into the media folder: in part first, then checked, then under its hash.
private struct MediaDownload {
  private let environment: SyncEnvironment
  private let project: Project.ID
  private let client: ServiceClient
  /// The hash that the service tells, in hexadecimal.
  private let sha256: String?

  init(
    _ environment: SyncEnvironment, project: Project.ID, client: ServiceClient,
    sha256: String? = nil
  ) {
    self.environment = environment
    self.project = project
    self.client = client
    self.sha256 = sha256
  }

  func bring(
    _ medium: Media, _ request: (FileTarget) -> some FileRequest
  ) async throws(CallError) {
    do throws(CallError) {
      try await bringOnce(medium, request)
    } catch {
      // There is nothing behind what has come: a part that was whole, or of another version.
      guard case .service(let refusal) = error, refusal.number == 416 else { throw error }
      try await bringOnce(medium, request)
    }
  }

  private func bringOnce(
    _ medium: Media, _ request: (FileTarget) -> some FileRequest
  ) async throws(CallError) {
    let store = environment.store
    let folder = store.mediaFolder
    _ = Platform.makeFolder(folder)
    let part = folder + "/\(medium.id).part"
    do {
      let validator = try store.downloadValidator(medium.id)
      let known = Platform.size(of: part) ?? 0
      let offset = validator == nil ? 0 : known
      let target = FileTarget(path: part, offset: offset, validator: validator)
      let environment = environment
      let project = project
      let id = medium.id
      let head = try await client.download(request(target)) { progress in
        switch progress {
        case .began(let head):
          // Without the validator a broken download begins anew, which costs time alone.
          try? environment.store.noteDownload(id, validator: head.validator)
        case .received(let count, let total):
          environment.tell(.received(project, count, of: total))
        }
      }
      try settle(medium, part: part, expected: head.byteCount)
    } catch let error as CallError {
      if case .service(let refusal) = error, refusal.number == 416 { _ = Platform.remove(part) }
      throw error
    } catch let error as StoreError {
      throw .transport(TransportError(.fileProblem, sent: .whole, error.description))
    } catch {
      throw .transport(TransportError(.fileProblem, sent: .whole, "\(error)"))
    }
  }

  private func settle(_ medium: Media, part: String, expected: Int64?) throws {
    guard let digest = Platform.digest(of: part) else {
      throw LocalFailure(description: "The file '\(medium.name)' can't be read again")
    }
    let size = expected ?? medium.byteCount
    if let size, size != digest.byteCount {
      _ = Platform.remove(part)
      throw LocalFailure(
        description: "'\(medium.name)' came with \(digest.byteCount) bytes, and \(size) were told")
    }
    let name = Hexadecimal.text(digest.sha256)
    if let wanted = sha256 ?? medium.sha256.map(Hexadecimal.text), wanted != name {
      _ = Platform.remove(part)
      throw LocalFailure(description: "'\(medium.name)' came with other bytes than were told")
    }
    let code = Platform.settle(part, at: environment.store.mediaFolder + "/" + name)
    guard code == 0 else {
      throw LocalFailure(
        description: "'\(medium.name)' can't be put in its place: \(Platform.message(for: code))")
    }
    try environment.store.mediumArrived(
      medium.id, sha256: digest.sha256, byteCount: digest.byteCount)
  }
}

/// What media hold, told by what the service calls them and by their names.
enum MediaKind {
  static func of(_ medium: GeneratedMedium) -> Media.Kind {
    let type = medium.type?.lowercased() ?? ""
    for kind in [Media.Kind.video, .audio, .image] where type.hasPrefix(kind.rawValue) {
      return kind
    }
    return of(name: medium.name)
  }

  /// The kind by a name's ending.
  static func of(name: String) -> Media.Kind {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    switch ending {
    case "mp4", "mov", "avi", "webm", "mkv", "m4v": return .video
    case "mp3", "wav", "m4a", "aac", "ogg", "flac": return .audio
    case "jpg", "jpeg", "png", "gif", "webp": return .image
    case "txt", "docx", "pdf", "srt", "vtt", "md": return .text
    default: return .other
    }
  }
}

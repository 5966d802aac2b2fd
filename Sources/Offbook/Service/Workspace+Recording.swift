import BackendAPI
public import ScriptModel
import ScriptStore
import ScriptSync

// MARK: - What is asked of the service, recorded without a network

extension Workspace {
  /// The project that a command means: the named one, else the only one, else a new one.
  ///
  /// - Parameters:
  ///   - reference: a title, an id, or the beginning of one; `nil` for none.
  ///   - creates: whether a project is made where there is none.
  /// - Throws: `ambiguous` where none is named and there are several, with the candidates; `notFound` where
  ///   there is none.
  public func serviceProject(
    _ reference: String?, creates: Bool = true
  ) throws(WorkspaceError) -> Project {
    if let reference { return try project(matching: reference) }
    let all = try projects().map(\.project)
    if all.count == 1, let only = all.first { return only }
    if all.isEmpty, !creates {
      throw WorkspaceError(
        .notFound, "There is no project yet",
        fix: "'offbook extract', 'generate', 'attach' or 'say' begins one with a session.")
    }
    if all.isEmpty { return try createProject(named: "Scripts", language: "en") }
    let names = all.prefix(8).map { "'\($0.name)'" }.joined(separator: ", ")
    throw WorkspaceError(
      .ambiguous, "There are several projects: \(names)", fix: "Name one with '-p'.")
  }

  /// Records a message to the session's agent, as it is typed.
  ///
  /// - Parameters:
  ///   - text: the words.
  ///   - project: the project whose session it goes to.
  /// - Throws: `invalidValue` for a text without words.
  public func recordMessage(
    _ text: String, in project: Project.ID
  ) throws(WorkspaceError) -> Intent {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw WorkspaceError(.invalidValue, "The message has no words")
    }
    return try recordedOne(
      IntentRequest(
        .message, in: project, purpose: .say, message: text,
        source: Workflow.videoToScript.rawValue))
  }

  /// Records files, or addresses, for the session: one intent each, all or none.
  ///
  /// Files are read once for their hash; nothing is recorded of what the service would not take.
  ///
  /// - Parameters:
  ///   - places: paths or http addresses.
  ///   - project: the project whose session they go to.
  /// - Throws: `fileProblem`, `unsupportedFile`, `fileTooLarge`; `invalidValue` for an address.
  public func recordAttachments(
    _ places: [String], in project: Project.ID
  ) throws(WorkspaceError) -> [Intent] {
    let found = try places.map { place throws(WorkspaceError) in try AttachedPlace(place) }
    let known = try intents(of: project, includingSettled: true)
    var intents: [Intent?] = []
    var requests: [IntentRequest] = []
    var named: Set<Media.ID> = []
    for place in found {
      let (request, medium) = try upload(place, in: project)
      guard named.insert(medium.id).inserted else { continue }
      // What the session has, or gets, is not sent again.
      let earlier = known.last {
        $0.kind == .upload && $0.mediaID == medium.id
          && (!$0.state.isSettled || $0.state == .done && medium.origin == .uploaded)
      }
      intents.append(earlier)
      if earlier == nil { requests.append(request) }
    }
    var fresh = try recorded(requests)[...]
    return intents.compactMap { $0 ?? fresh.popFirst() }
  }

  /// Records the extraction of a script from a file or an address.
  ///
  /// - Parameters:
  ///   - place: a path or an http address.
  ///   - project: the project that the script goes to.
  ///   - prompt: the words of the message; `nil` for a full script with speaker labels.
  /// - Returns: the upload, where one is needed, and the message last.
  /// - Throws: `fileProblem`, `unsupportedFile`, `fileTooLarge`; `invalidValue` for an address.
  public func recordExtraction(
    of place: String, in project: Project.ID, prompt: String? = nil
  ) throws(WorkspaceError) -> [Intent] {
    let found = try AttachedPlace(place)
    guard found.kind != .image, found.kind != .text else {
      throw WorkspaceError(
        .unsupportedFile, "'\(found.name)' is no video and no recording",
        fix: found.kind == .text
          ? "'offbook import' reads texts." : "'offbook attach' gives pictures to the session.")
    }
    let (upload, medium) = try upload(found, in: project)
    let words = prompt ?? "Give me a full written script from this video with speaker labels."
    var message = IntentRequest(
      .message, in: project, purpose: .extract,
      message: "\(words)\n\(MessageSubject.row(file: found.uploadName))",
      source: Workflow.videoToScript.rawValue)
    message.mediaID = medium.id
    message.scriptID = try translating { () throws(StoreError) in
      try store.script(extractedFrom: medium.id)
    }
    let isThere = medium.origin == .uploaded
    let isOnItsWay = try intents(of: project).contains {
      $0.kind == .upload && $0.mediaID == medium.id
    }
    return try recorded(isThere || isOnItsWay ? [message] : [upload, message])
  }

  /// Records the making of a video from a script.
  ///
  /// - Parameters:
  ///   - script: the script.
  ///   - options: what is wished for.
  /// - Throws: `invalidValue` for a script without lines.
  public func recordGeneration(
    from script: Script.ID, options: GenerationOptions = GenerationOptions()
  ) throws(WorkspaceError) -> [Intent] {
    let found = try self.script(script)
    guard !found.lines.isEmpty else {
      throw WorkspaceError(.invalidValue, "The script '\(found.title)' has no lines")
    }
    let workflow: Workflow = options.quality == .high ? .highQualityVideo : .scriptToVideo
    var message = IntentRequest(
      .message, in: found.projectID, purpose: .generate,
      message: GenerationMessage(found, options: options).text, source: workflow.rawValue)
    message.scriptID = script
    return try recorded([message])
  }

  /// Records the render of the session's draft to a finished video.
  ///
  /// One that waits or is under way is given again, with the new place for its video.
  ///
  /// - Parameters:
  ///   - project: the project.
  ///   - output: the file that the video is also wanted in, for the sync that finishes it.
  public func recordRender(
    of project: Project.ID, output: RenderOutput? = nil
  ) throws(WorkspaceError) -> Intent {
    if let waiting = try intents(of: project).first(where: { $0.kind == .render }) {
      if let output {
        try translating { () throws(StoreError) in
          try store.setOptions(output.options, of: waiting.id)
        }
      }
      return waiting
    }
    var request = IntentRequest(
      .render, in: project, message: "the finished video",
      source: Workflow.scriptToVideo.rawValue)
    if let output { request.options = output.options }
    return try recordedOne(request)
  }

  // MARK: Recording

  private func recorded(_ requests: [IntentRequest]) throws(WorkspaceError) -> [Intent] {
    try translating { () throws(StoreError) in try store.record(requests) }
  }

  private func recordedOne(_ request: IntentRequest) throws(WorkspaceError) -> Intent {
    guard let intent = try recorded([request]).last else {
      throw WorkspaceError(.failed, "Nothing was recorded")
    }
    return intent
  }

  private func upload(
    _ place: AttachedPlace, in project: Project.ID
  ) throws(WorkspaceError) -> (request: IntentRequest, medium: Media) {
    let medium = try translating { () throws(StoreError) in
      try store.addMedia(
        place.name, kind: place.kind, in: project, path: place.path, address: place.address,
        sha256: place.digest?.sha256, byteCount: place.digest?.byteCount)
    }
    var request = IntentRequest(
      .upload, in: project, message: place.name, source: Workflow.videoToScript.rawValue)
    request.mediaID = medium.id
    return (request, medium)
  }
}

/// A file or an address that the service may take.
private struct AttachedPlace {
  let name: String
  let kind: Media.Kind
  var path: String?
  var address: String?
  var digest: (sha256: [UInt8], byteCount: Int64)?

  /// The name that the service knows it by; several files may have the same name of their own.
  var uploadName: String {
    guard let digest else { return name }
    return UploadName.full(of: name, sha256: digest.sha256)
  }

  init(_ place: String) throws(WorkspaceError) {
    let isAddress = place.hasPrefix("http://") || place.hasPrefix("https://")
    if isAddress {
      guard let web = WebAddress(place) else {
        // Behind '?' and before '@' may stand keys and passwords.
        let scheme = place.prefix { $0 != ":" }
        throw WorkspaceError(
          .invalidValue, "What begins with '\(scheme)://' is no address that can be fetched",
          fix: "It needs a host, and no user name or password before it.")
      }
      let last = web.path.split(separator: "/").last.map(String.init) ?? web.host
      name = last
      kind = MediaFile.kind(of: last)
      address = place
      return
    }
    name = place.split(separator: "/").last.map(String.init) ?? place
    kind = MediaFile.kind(of: name)
    guard !Platform.isFolder(place) else {
      throw WorkspaceError(
        .fileProblem, "'\(place)' is a folder", fix: "Name the files in it.")
    }
    guard let size = MediaFile.size(of: place) else {
      throw WorkspaceError(
        .fileProblem, "'\(place)' can't be read", fix: "Check the name and the folder.")
    }
    guard UploadFormat.acceptance(of: name) != .unknown else {
      let formats = (UploadFormat.acceptedEndings + UploadFormat.uncertainEndings)
        .joined(separator: ", ")
      throw WorkspaceError(
        .unsupportedFile, "The service does not take files such as '\(name)'",
        fix: "It takes \(formats).")
    }
    guard size > 0 else { throw WorkspaceError(.fileProblem, "'\(place)' is empty") }
    guard size <= ServiceConfiguration.largestUpload else {
      throw WorkspaceError(
        .fileTooLarge,
        "'\(name)' has \(size >> 20) MB (\(size) bytes); the service takes at most 500 MB "
          + "(\(ServiceConfiguration.largestUpload) bytes)",
        fix: "Compress or trim it.")
    }
    guard let digest = MediaFile.digest(of: place) else {
      throw WorkspaceError(.fileProblem, "'\(place)' can't be read to its end")
    }
    path = place
    self.digest = digest
  }
}

/// What the agent is told to make of a script.
private struct GenerationMessage {
  let text: String

  init(_ script: Script, options: GenerationOptions) {
    let length =
      options.duration.map { "a \(max(1, $0.rawValue / 1000))-second video" } ?? "a video"
    var words =
      options.prompt ?? "Turn this script into \(length) with visuals and background music."
    if let last = words.last, !".!?…。！？".contains(last) { words += "." }
    if options.prompt != nil, options.duration != nil { words += " Make it \(length)." }
    if let aspect = options.aspect { words += " Use the aspect ratio \(aspect)." }
    if let voice = options.voice { words += " The voice: \(voice)." }
    if options.quality == .high { words += " Make it in high quality." }
    let names = Dictionary(script.speakers.map { ($0.id, $0.name) }) { first, _ in first }
    let rows = script.lines.map { line in
      (line.speaker.flatMap { names[$0] }.map { $0 + ": " } ?? "") + line.text
    }
    let body = rows.joined(separator: "\n")
    let fence = CodeFence.around(Array(body.utf8))
    text = "\(words)\n\(MessageSubject.row(script: script.title))\n\(fence)text\n\(body)\n\(fence)"
  }
}

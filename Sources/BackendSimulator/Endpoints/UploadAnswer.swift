import JSONText

/// The formats that uploads may have.
enum UploadFormat {
  /// The type of a file by the end of its name; `nil` for what is not accepted.
  static func type(of name: String, acceptsTexts: Bool) -> String? {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    return switch name[name.index(after: dot)...].lowercased() {
    case "mp4", "mov", "avi", "webm", "mkv": "video"
    case "jpg", "jpeg", "png", "gif", "webp": "image"
    case "mp3", "wav", "m4a", "aac": "audio"
    case "txt", "docx", "pdf", "srt": acceptsTexts ? "text" : nil
    default: nil
    }
  }
}

extension World {
  /// `POST /api/upload-video/nemo_agent/me/<sid>`
  mutating func answerUpload(_ call: ServiceCall, _ account: Account) throws(Refusal) -> Answer {
    var session = try session(call.route.id, call, account)
    let records: [UploadedRecord]
    if let files = call.files {
      records = try uploaded(files)
    } else {
      records = try linked(try call.json(options))
    }
    session.files += records
    sessions[session.id] = session
    return success(.members(["files": .array(records.map(json(of:)))]))
  }

  private mutating func uploaded(_ body: UploadBody) throws(Refusal) -> [UploadedRecord] {
    guard body.isWhole else { throw .unprocessable("files", "The multipart body is broken") }
    if let other = body.otherField, options.answers.isStrict {
      throw .unprocessable(other, "Extra inputs are not permitted")
    }
    guard !body.files.isEmpty else { throw .unprocessable("files", "Field required") }
    var records: [UploadedRecord] = []
    for file in body.files {
      guard file.byteCount <= options.media.mostUploadBytes else { throw .tooLarge }
      records.append(try record(file.name, file.byteCount, hash: file.hash, text: file.text))
      records[records.count - 1].keptPath = file.keptPath
    }
    return records
  }

  private mutating func linked(_ body: StrictBody) throws(Refusal) -> [UploadedRecord] {
    guard try body.string("source_type") == "url" else {
      throw .unprocessable("source_type", "Input should be 'url'")
    }
    guard let urls = body.json["urls"]?.array, !urls.isEmpty else {
      throw .unprocessable("urls", "Input should be a valid list")
    }
    var records: [UploadedRecord] = []
    for url in urls {
      guard let text = url.string, text.hasPrefix("http") else {
        throw .unprocessable("urls", "Input should be a valid URL")
      }
      let path = text.split(separator: "?").first ?? ""
      let name = path.split(separator: "/").last.map(String.init) ?? "video.mp4"
      var random = SeededRandom(seed: options.seed, for: text)
      // A page of a video site has no name of a file.
      let isFile = UploadFormat.type(of: name, acceptsTexts: true) != nil
      records.append(
        try record(
          isFile ? name : name + ".mp4", 1_000_000 + Int64(random.below(1_000_000)),
          hash: random.letters(64), text: nil))
    }
    return records
  }

  private mutating func record(
    _ name: String, _ byteCount: Int64, hash: String?, text: [UInt8]?
  ) throws(Refusal) -> UploadedRecord {
    guard let type = UploadFormat.type(of: name, acceptsTexts: options.media.acceptsTexts) else {
      throw .unsupportedFile(name)
    }
    let isTimed = type == "video" || type == "audio"
    let turns =
      isTimed
      ? Fixture.turns(of: name, folder: options.agent.fixturesFolder, seed: options.seed) : []
    return UploadedRecord(
      name: name, type: type, address: "/media/up_\(letters(12))", byteCount: byteCount,
      hash: hash, duration: turns.last?.end ?? 0, text: text, keptPath: nil)
  }

  /// A file as uploads and states show it.
  func json(of file: UploadedRecord) -> JSONValue {
    var members: JSONValue = .members(["filename": .string(file.name)])
    if options.answers.fullness == .sparse {
      return members.adding("cdn_url", .string(address + file.address))
    }
    members = members.adding("file_type", .string(file.type))
      .adding("cdn_url", .string(address + file.address))
      .adding("size", .whole(file.byteCount))
    if file.isTimed {
      members = members.adding("duration", .number(seconds(file.duration)))
    }
    if file.type == "video" || file.type == "image" {
      members = members.adding("width", .whole(1080)).adding("height", .whole(1920))
    }
    if file.type == "video" { members = members.adding("fps", .number("29.97")) }
    if let hash = file.hash { members = members.adding("hash", .string(hash)) }
    return members
  }

  private func seconds(_ milliseconds: Int64) -> String {
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)."
      + String(repeating: "0", count: max(0, 3 - fraction.count)) + fraction
  }
}

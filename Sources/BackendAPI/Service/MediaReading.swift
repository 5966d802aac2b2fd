internal import JSONText
internal import ScriptModel

/// Reads media wherever an answer lists them: arrays or objects keyed by id, strings or objects.
enum MediaReading {
  private static let addressNames = [
    "cdn_url", "cdnUrl", "url", "video_url", "videoUrl", "audio_url", "image_url", "media_url",
    "download_url", "downloadUrl", "file_url", "src", "uri", "path",
  ]
  private static let nameNames = ["filename", "file_name", "fileName", "name", "title"]
  private static let typeNames = ["file_type", "fileType", "media_type", "type", "mime_type"]
  private static let hashNames = ["hash", "sha256", "file_hash", "fileHash", "md5", "checksum"]
  private static let sizeNames = [
    "size", "file_size", "fileSize", "bytes", "byte_count", "content_length",
  ]
  private static let idNames = ["id", "media_id", "mediaId", "file_id", "video_id"]

  /// One listed entry with the key that it stood under.
  private struct Entry {
    var key: String?
    var value: JSONValue
  }

  /// The files of an upload's answer or of `video_infos`; what names nothing is passed over.
  static func uploadedFiles(in list: JSONValue) -> [UploadedFile] {
    entries(in: list).compactMap { entry in
      if let address = entry.value.fieldText { return UploadedFile(address: address) }
      let file = UploadedFile(
        name: text(entry, nameNames), type: text(entry, typeNames),
        address: text(entry, addressNames), duration: entry.value.first(["duration"])?.seconds,
        hash: text(entry, hashNames),
        byteCount: entry.value.first(sizeNames)?.roundedNumber.flatMap { $0 < 0 ? nil : $0 })
      return file == UploadedFile() ? nil : file
    }
  }

  /// The media of `generated_media`; those without an address can't be had and are passed over.
  static func generatedMedia(in list: JSONValue) -> [GeneratedMedium] {
    entries(in: list).compactMap { entry in
      guard let address = entry.value.fieldText ?? text(entry, addressNames) else { return nil }
      let bare = WebAddress(address)?.withoutQuery ?? String(address.prefix { $0 != "?" })
      let hash = text(entry, hashNames)
      let identity = text(entry, idNames) ?? entry.key ?? hash ?? bare
      return GeneratedMedium(
        identity: identity, name: text(entry, nameNames) ?? lastSegment(bare) ?? identity,
        type: text(entry, typeNames), address: address,
        byteCount: entry.value.first(sizeNames)?.roundedNumber.flatMap { $0 < 0 ? nil : $0 },
        sha256: sha256(entry))
    }
  }

  private static func entries(in list: JSONValue) -> [Entry] {
    switch list {
    case .array(let elements): elements.map { Entry(key: nil, value: $0) }
    case .object(let members) where list.first(addressNames)?.string != nil:
      [Entry(key: nil, value: .object(members))]
    case .object(let members):
      members.flatMap { member in
        // Lists by kind, such as {"videos":[…],"images":[…]}, hold entries one level down.
        guard let elements = member.value.array else {
          return [Entry(key: member.name, value: member.value)]
        }
        return elements.map { Entry(key: nil, value: $0) }
      }
    case .string: [Entry(key: nil, value: list)]
    default: []
    }
  }

  private static func text(_ entry: Entry, _ names: [String]) -> String? {
    entry.value.first(names)?.fieldText
  }

  private static func lastSegment(_ address: String) -> String? {
    guard let segment = address.split(separator: "/").last, !segment.contains(":") else {
      return nil
    }
    return PercentEncoding.unescaped(segment) ?? String(segment)
  }

  private static func sha256(_ entry: Entry) -> String? {
    for name in ["sha256", "hash", "file_hash", "fileHash", "checksum"] {
      guard var text = entry.value.first([name])?.string?.lowercased() else { continue }
      if text.hasPrefix("sha256:") { text.removeFirst(7) }
      let isHexadecimal = text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
      if text.utf8.count == 64, isHexadecimal { return text }
    }
    return nil
  }
}

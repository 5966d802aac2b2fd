/// The formats that the service takes, told by the end of a file's name.
package enum UploadFormat {
  /// Whether the service takes such a file.
  package enum Acceptance: Hashable, Sendable {
    /// Every description promises it.
    case accepted
    /// Some descriptions promise it: worth a try, and 4001 is to be expected.
    case uncertain
    case unknown
  }

  private static let types: [(ending: String, type: String, acceptance: Acceptance)] = [
    ("mp4", "video/mp4", .accepted), ("mov", "video/quicktime", .accepted),
    ("avi", "video/x-msvideo", .accepted), ("webm", "video/webm", .accepted),
    ("mkv", "video/x-matroska", .accepted), ("jpg", "image/jpeg", .accepted),
    ("jpeg", "image/jpeg", .accepted), ("png", "image/png", .accepted),
    ("gif", "image/gif", .accepted), ("webp", "image/webp", .accepted),
    ("mp3", "audio/mpeg", .accepted), ("wav", "audio/wav", .accepted),
    ("m4a", "audio/mp4", .accepted), ("aac", "audio/aac", .accepted),
    ("txt", "text/plain", .uncertain), ("srt", "application/x-subrip", .uncertain),
    ("pdf", "application/pdf", .uncertain),
    (
      "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      .uncertain
    ),
  ]

  /// The endings that every description promises, for people.
  package static let acceptedEndings = types.filter { $0.acceptance == .accepted }.map(\.ending)

  /// The endings that some descriptions promise, for people.
  package static let uncertainEndings = types.filter { $0.acceptance == .uncertain }.map(\.ending)

  /// Tells whether the service takes a file of that name.
  package static func acceptance(of name: String) -> Acceptance {
    entry(of: name)?.acceptance ?? .unknown
  }

  /// The media type by the name's ending; `application/octet-stream` for an unknown one.
  package static func mediaType(of name: String) -> String {
    entry(of: name)?.type ?? "application/octet-stream"
  }

  private static func entry(of name: String) -> (
    ending: String, type: String, acceptance: Acceptance
  )? {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let ending = name[name.index(after: dot)...].lowercased()
    return types.first { $0.ending == ending }
  }
}

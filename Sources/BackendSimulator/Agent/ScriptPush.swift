/// A message that sends a script for a text track.
struct ScriptPush {
  /// The track's title.
  var title: String
  /// The captions; `nil` where the message holds and names none.
  var captions: [Caption]?

  private static let opening = "Replace the text track \""
  private static let middle = "\" with exactly these captions"

  /// Reads an instruction with its captions in a fence, or in an uploaded file that it names.
  init?(_ message: String, files: [UploadedRecord]) {
    guard message.hasPrefix(Self.opening) else { return nil }
    let rest = message.dropFirst(Self.opening.count)
    guard let end = rest.range(of: Self.middle) else { return nil }
    title = String(rest[..<end])
    if let fenced = CaptionText.fenced(in: message) {
      captions = CaptionText.captions(in: fenced) ?? []
    } else if let file = files.last(where: { $0.text != nil && message.contains($0.name) }),
      let text = file.text
    {
      captions = CaptionText.captions(in: String(decoding: text, as: UTF8.self))
    }
  }
}

extension Substring {
  /// Where a text occurs for the first time.
  fileprivate func range(of text: String) -> Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place }
      place = index(after: place)
    }
    return nil
  }
}

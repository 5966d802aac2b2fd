import JSONText
import ScriptFormats
import ScriptModel
import TestSupport

/// What the corpora expect of a caption file, and whether a document is that.
struct ExpectedCaptions {
  /// One caption: each field may have several right values, or none that is checked.
  struct Caption {
    var starts: [Int64]
    var ends: [Int64]
    /// Texts with white space collapsed and tags taken out; empty for what is not checked.
    var texts: [String]
  }

  private let value: JSONValue

  init?(_ path: String) {
    guard let bytes = Corpora.bytes(of: path), let value = try? JSONValue(parsing: bytes) else {
      return nil
    }
    self.value = value
  }

  var verdict: String { value["verdict"]?.string ?? "ok" }
  var encoding: String? { value["encoding"]?.string }

  /// The captions; `nil` where readers agree on nothing.
  var captions: [Caption] {
    let list = value["cues"]?.array ?? []
    let agreed = list.isEmpty ? value["agreed"]?.array ?? [] : list
    return agreed.enumerated().map { index, cue in
      if cue.object != nil {
        return Caption(
          starts: Self.times(cue["start_ms"]), ends: Self.times(cue["end_ms"]),
          texts: Self.texts(cue["text"]))
      }
      let plain = value["plain"]?[index]
      return Caption(
        starts: Self.times(cue[0]), ends: Self.times(cue[1]),
        texts: plain == nil ? Self.texts(cue[2]) : Self.texts(plain))
    }
  }

  var disputed: [Caption] {
    (value["disputed"]?.array ?? []).map { cue in
      Caption(
        starts: Self.times(cue["start_ms"]), ends: Self.times(cue["end_ms"]),
        texts: Self.texts(cue["text"]))
    }
  }

  /// What differs first; `nil` where the document is as expected.
  func difference(from document: ScriptDocument) -> String? {
    let found = document.entries.indices.map { FoundCaption(document, $0) }
    for word in value["must_contain"]?.array ?? [] {
      let needle = Self.collapsed(word.string ?? "")
      if !found.contains(where: { $0.text.contains(needle) }) { return "'\(needle)' is missing" }
    }
    var expected = captions
    if value["drop_empty_ok"]?.bool == true {
      expected = expected.filter { $0.texts != [""] }
    }
    var rest = found[...]
    for (index, caption) in expected.enumerated() {
      guard let match = rest.firstIndex(where: { $0.matches(caption) }) else {
        return
          "caption \(index + 1) \(caption) is missing; next is \(rest.first.map(String.init(describing:)) ?? "none")"
      }
      let skipped = rest[..<match]
      for extra in skipped where !isAllowed(extra) { return "unexpected \(extra)" }
      rest = rest[(match + 1)...]
    }
    for extra in rest where !isAllowed(extra) { return "unexpected \(extra)" }
    return nil
  }

  private func isAllowed(_ found: FoundCaption) -> Bool {
    if value["lenient"]?.bool == true || found.text.isEmpty { return true }
    return disputed.contains { found.matches($0) }
  }

  private static func times(_ value: JSONValue?) -> [Int64] {
    if let list = value?.array { return list.compactMap(\.integer) }
    return value?.integer.map { [$0] } ?? []
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    if let list = value?.array { return list.compactMap(\.string).map(collapsed) }
    return value?.string.map { [collapsed($0)] } ?? []
  }

  /// A text with white space collapsed and `<b>`, `<i>`, `<u>` and voice tags taken out.
  static func collapsed(_ text: String) -> String {
    var plain = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      plain += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: open)..<close]
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "." }
      if ["b", "i", "u", "v", "font", "B", "I", "U", "FONT"].contains(String(name)) {
        rest = rest[rest.index(after: close)...]
      } else {
        plain += "<"
        rest = rest.dropFirst()
      }
    }
    plain += rest
    return plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .replacing("\u{FEFF}", with: "")
  }
}

/// A caption as it was read, its speaker in front of the text again.
struct FoundCaption: CustomStringConvertible {
  let start: Int64?
  let end: Int64?
  let text: String
  let speaker: String?

  init(_ document: ScriptDocument, _ index: Int) {
    let entry = document.entries[index]
    start = entry.start?.rawValue
    end = entry.end?.rawValue
    text = ExpectedCaptions.collapsed(document.string(at: index))
    speaker = entry.speaker.map { document.speakers[$0] }
  }

  func matches(_ caption: ExpectedCaptions.Caption) -> Bool {
    if !caption.starts.isEmpty, start.map(caption.starts.contains) != true { return false }
    if !caption.ends.isEmpty, end.map(caption.ends.contains) != true { return false }
    return caption.texts.isEmpty || caption.texts.contains { matches($0) }
  }

  private func matches(_ expected: String) -> Bool {
    if expected == text { return true }
    guard let speaker else { return false }
    return [
      "\(speaker): ", "\(speaker):", "[\(speaker)] ", "[\(speaker)]: ", "(\(speaker)) ",
      ">> \(speaker): ",
      "\(speaker)： ", "\(speaker)：", "- \(speaker): ",
    ].contains { ExpectedCaptions.collapsed($0 + text) == expected }
  }

  var description: String { "\(start ?? -1) \(end ?? -1) \(speaker ?? "-") '\(text.prefix(120))'" }
}

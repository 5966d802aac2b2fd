import BackendAPI
import ScriptFormats
import ScriptModel

/// The transcript in an agent's reply: in any layout, with prose around it.
enum TranscriptReply {
  /// Reads the turns of a reply; `nil` where it holds none.
  static func document(of reply: String) -> ScriptDocument? {
    guard !reply.isEmpty else { return nil }
    var options = ReadOptions()
    options.fileName = "reply.txt"
    // A reply that is no transcript is no failure: the track has the words.
    guard let result = try? ScriptReading.read(Array(reply.utf8), options: options) else {
      return nil
    }
    var document = result.document
    let hasSpeakers = document.entries.contains { $0.speaker != nil }
    let hasTimes = document.entries.contains { $0.start != nil }
    guard hasSpeakers || hasTimes else { return nil }
    // What the agent says around the script is nobody's line.
    document.entries.removeAll { entry in
      hasSpeakers ? entry.speaker == nil : entry.start == nil
    }
    return document.entries.isEmpty ? nil : document
  }

  /// Gives captions the speakers of a transcript: each word's turn tells whose caption it is in.
  ///
  /// Captions and turns need not be cut alike. A caption whose words are not found stays nobody's.
  static func labelled(
    _ captions: [CaptionContent], by document: ScriptDocument
  ) -> [CaptionContent] {
    var spoken: [(word: String, speaker: Int)] = []
    for (index, entry) in document.entries.enumerated() {
      guard let speaker = entry.speaker else { continue }
      for word in words(document.string(at: index)) { spoken.append((word, speaker)) }
    }
    var position = 0
    return captions.map { caption in
      let words = words(caption.text)
      guard let match = place(of: words, in: spoken, from: position) else { return caption }
      position = match + words.count
      var counts: [Int: Int] = [:]
      for index in match..<min(position, spoken.count) {
        counts[spoken[index].speaker, default: 0] += 1
      }
      var caption = caption
      let speaker = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
      caption.speaker = speaker.flatMap { index in
        document.speakers.indices.contains(index) ? document.speakers[index] : nil
      }
      return caption
    }
  }

  /// How far ahead the words of a caption are looked for.
  private static let window = 400

  /// Where most of the first words of a caption stand in a row.
  private static func place(
    of words: [String], in spoken: [(word: String, speaker: Int)], from start: Int
  ) -> Int? {
    guard !words.isEmpty, start < spoken.count else { return nil }
    let head = words.prefix(6)
    var best: (place: Int, count: Int)?
    for place in start..<min(spoken.count, start + window) {
      var count = 0
      for (offset, word) in head.enumerated() where place + offset < spoken.count {
        if spoken[place + offset].word == word { count += 1 }
      }
      if count > best?.count ?? 0 { best = (place, count) }
      if count == head.count { break }
    }
    guard let best, best.count * 2 >= head.count else { return nil }
    return best.place
  }

  /// Words in lower case without marks; of CJK each character.
  private static func words(_ text: String) -> [String] {
    var result: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { result.append(word) }
      word = ""
    }
    for character in text {
      if let scalar = character.unicodeScalars.first, scalar.value >= 0x2E80, character.isLetter {
        end()
        result.append(String(character))
      } else if character.isLetter || character.isNumber {
        word += character.lowercased()
      } else if !"'’".contains(character) {
        end()
      }
    }
    end()
    return result
  }
}

/// Captions as a document, for a script that is made of a track.
enum TrackDocument {
  static func document(of captions: [CaptionContent], language: String) -> ScriptDocument {
    var document = ScriptDocument()
    document.metadata.kind = .transcript
    document.metadata.language = language
    for caption in captions {
      let start = document.text.count
      document.text.append(contentsOf: caption.text.utf8)
      var entry = ScriptDocument.Entry(
        text: start..<document.text.count, start: caption.start, end: caption.end)
      entry.speaker = caption.speaker.map { document.speakerIndex(named: $0) }
      document.entries.append(entry)
    }
    return document
  }
}

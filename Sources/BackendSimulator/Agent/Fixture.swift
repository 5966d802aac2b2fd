import ScriptModel

/// A turn of what is said in a file.
struct Turn: Hashable, Sendable {
  var speaker: String
  var start: Int64
  var end: Int64
  var text: String
}

/// What is said in a file: from a fixture of its name, else made up from the name.
enum Fixture {
  /// The turns of a file.
  ///
  /// - Parameter folder: holds `talk.mp4.txt` or `talk.txt` for `talk.mp4`.
  static func turns(of fileName: String, folder: String?, seed: UInt64) -> [Turn] {
    if let folder, let turns = written(fileName, folder: folder), !turns.isEmpty { return turns }
    return madeUp(for: fileName, seed: seed)
  }

  /// The name without what stands before the last slash and after the last dot.
  static func stem(of fileName: String) -> String {
    let last = fileName.split(separator: "/").last.map(String.init) ?? fileName
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }

  private static func written(_ fileName: String, folder: String) -> [Turn]? {
    let name = fileName.split(separator: "/").last.map(String.init) ?? fileName
    for candidate in [name, stem(of: name), withoutHash(stem(of: name))] {
      if let bytes = Platform.read("\(folder)/\(candidate).txt") {
        return turns(in: String(decoding: bytes, as: UTF8.self))
      }
    }
    return nil
  }

  /// The stem without a hash that a client put before it: hexadecimal digits and a dash.
  private static func withoutHash(_ stem: String) -> String {
    guard let dash = stem.firstIndex(where: { $0 == "-" || $0 == "_" }) else { return stem }
    let front = stem[..<dash]
    guard front.count >= 8, front.allSatisfy(\.isHexDigit) else { return stem }
    return String(stem[stem.index(after: dash)...])
  }

  /// Reads rows such as `[00:00:05.000 --> 00:00:08.000] ANNA: text`, the times being optional.
  static func turns(in text: String) -> [Turn] {
    var turns: [Turn] = []
    for row in text.split(whereSeparator: \.isNewline) {
      var rest = String(row)
      var times: (Int64, Int64)?
      if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
        times = range(rest[rest.index(after: rest.startIndex)..<close])
        if times != nil {
          rest = String(rest[rest.index(after: close)...].drop { $0 == " " })
        }
      }
      let (speaker, words) = CaptionText.label(of: rest) ?? ("", rest)
      if words.isEmpty { continue }
      let start = times?.0 ?? turns.last?.end ?? 0
      let length = 800 + Int64(words.utf8.count) * 60
      turns.append(
        Turn(speaker: speaker, start: start, end: times?.1 ?? start &+ length, text: words))
    }
    return turns
  }

  private static func range(_ text: Substring) -> (Int64, Int64)? {
    let words = text.split(separator: " ")
    guard words.count == 3, let start = Milliseconds(parsing: words[0]),
      let end = Milliseconds(parsing: words[2])
    else { return nil }
    return (start.rawValue, end.rawValue)
  }

  private static func madeUp(for fileName: String, seed: UInt64) -> [Turn] {
    var random = SeededRandom(seed: seed, for: fileName)
    let cast = [["Anna", "Ben"], ["Anna Lee", "Marc", "Speaker 3"], ["Speaker 1", "Speaker 2"]]
    let speakers = cast[random.below(cast.count)]
    var start: Int64 = 0
    return (0..<(6 + random.below(7))).map { index in
      let text = sentences[(random.below(3) + index * 3) % sentences.count]
      let second = index % 3 == 2 ? " " + sentences[(index * 5 + 1) % sentences.count] : ""
      let end = start + 1000 + Int64((text + second).utf8.count) * 55
      defer { start = end + Int64(random.below(5)) * 100 }
      return Turn(
        speaker: speakers[index % speakers.count], start: start, end: end, text: text + second)
    }
  }

  private static let sentences = [
    "Good morning, and thank you for coming.", "What brought you to this city?",
    "I grew up near the harbour.", "We never had a plan, only a deadline.",
    "Could you say that again?", "The first version was ready in May.",
    "Nobody had asked for it.", "Then the letters began to arrive.",
    "How many were there?", "Four hundred in the first week.",
    "I still have every one of them.", "Let us talk about the second year.",
    "That was harder than I had thought.", "We lost the studio in March.",
    "And still you went on.", "There was no other way.", "Who helped you most?",
    "My sister, without a doubt.", "Is there a lesson in it?", "Start before you are ready.",
  ]
}

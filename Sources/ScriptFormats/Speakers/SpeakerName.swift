/// What a name looks like, apart from where it stands.
enum SpeakerName {
  /// Signs that a label names somebody.
  struct Traits: OptionSet {
    let rawValue: UInt8
    /// `ANNA`, `MR. STONE`.
    static let capitals = Traits(rawValue: 1)
    /// `Speaker 1`, `SPEAKER_01`.
    static let numbered = Traits(rawValue: 2)
    /// Each word is capitalised, but for those that stand inside names.
    static let titled = Traits(rawValue: 4)
    /// A word that labels something else than a speaker, such as `Note`.
    static let notName = Traits(rawValue: 8)
    /// A sound and not a name, such as `laughs`.
    static let sound = Traits(rawValue: 16)
    /// `Q` or `A`.
    static let question = Traits(rawValue: 32)
  }

  static func traits(of name: String) -> Traits {
    var traits: Traits = []
    var hasUpper = false
    var hasLower = false
    for scalar in name.unicodeScalars {
      if scalar.isASCII {
        if scalar.value >= 65 && scalar.value <= 90 { hasUpper = true }
        if scalar.value >= 97 && scalar.value <= 122 { hasLower = true }
      } else {
        if scalar.properties.isUppercase { hasUpper = true }
        if scalar.properties.isLowercase { hasLower = true }
      }
    }
    if hasUpper && !hasLower { traits.insert(.capitals) }
    let lowered = name.lowercased()
    if name == "Q" || name == "A" { traits.insert(.question) }
    if notNames.contains(lowered) { traits.insert(.notName) }
    if sounds.contains(where: { lowered.hasPrefix($0) }) { traits.insert(.sound) }
    if isNumbered(lowered) { traits.insert(.numbered) }
    if isTitled(name) { traits.insert(.titled) }
    return traits
  }

  /// Words that services put before a number: `Speaker 1`, `SPEAKER_00`, `Unknown Speaker`.
  private static let services: Set<String> = [
    "speaker", "spk", "voice", "participant", "interviewer", "interviewee", "moderator", "guest",
    "host", "respondent", "caller", "audience", "sprecher", "locuteur", "hablante", "person",
  ]

  private static func isNumbered(_ lowered: String) -> Bool {
    if lowered == "unknown speaker" { return true }
    var letters = Substring(lowered)
    while let last = letters.last, last.isNumber { letters.removeLast() }
    guard letters.count < lowered.count else { return false }
    while let last = letters.last, last == " " || last == "_" || last == "-" || last == "#" {
      letters.removeLast()
    }
    return services.contains(String(letters))
  }

  /// Words without a capital inside names: `van`, `of`, `and`.
  private static let particles: Set<String> = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "du", "la", "le", "el", "al",
    "bin", "ibn", "y", "e", "of", "the", "and", "for", "on", "und", "et", "zu", "ter", "ten", "dos",
  ]

  private static func isTitled(_ name: String) -> Bool {
    let words = name.split(whereSeparator: { $0 == " " || $0 == "(" || $0 == ")" })
    guard !words.isEmpty else { return false }
    for (index, word) in words.enumerated() {
      guard let first = word.first else { return false }
      if first.isLowercase {
        let isAbbreviation = word.last == "." && word.count <= 5
        guard isAbbreviation || (index > 0 && particles.contains(String(word))) else {
          return false
        }
      }
    }
    return true
  }

  private static let notNames: Set<String> = [
    "note", "notes", "nb", "warning", "example", "remember", "first", "second", "third", "todo",
    "tip", "step", "summary", "date", "time", "location", "topic", "title", "subject", "ps", "re",
    "fwd", "from", "to", "cc", "slides", "video", "agenda", "recording", "link", "links", "source",
    "author", "transcript", "transcription", "duration", "attendees", "participants", "present",
    "action", "actions", "important", "conclusion", "update", "edit", "see", "cut to", "fade to",
    "credit", "draft date", "contact", "copyright", "warnings", "media", "language", "url", "http",
  ]

  private static let sounds = [
    "inaudible", "crosstalk", "cross talk", "laugh", "music", "applause", "silence", "pause",
    "noise", "unintelligible", "foreign", "cough", "sigh", "cheer", "blank_audio", "indiscernible",
    "overlapping", "background", "cut to", "fade ", "smash cut", "phonetic", "sic", "chuckl", "phone ring", "theme",
  ]
}

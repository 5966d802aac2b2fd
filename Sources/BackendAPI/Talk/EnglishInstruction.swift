/// Instructions in English: a verb of the screen in the imperative, or after "you can" and its kin.
enum EnglishInstruction {
  /// Words that may stand before an imperative.
  private static let leads: Set<String> = [
    "please", "then", "now", "next", "just", "simply", "and", "so", "first", "finally", "also",
    "or",
    "alternatively", "you", "can", "could", "may", "should", "need", "to", "want", "have", "must",
    "might", "will", "you'll", "let's", "us", "go", "ahead", "feel", "free", "try", "easily",
    "directly", "either", "by", "be", "able", "don't", "needn't", "not", "do", "ready", "when",
    "step", "option",
  ]
  private static let screenNouns: Set<String> = [
    "panel", "panels", "tab", "tabs", "menu", "sidebar", "window", "editor", "drawer", "settings",
    "inspector", "timeline", "library", "dialog", "toolbar", "page", "section", "dashboard",
    "workspace", "button", "icon", "dropdown", "checkbox", "billing", "account", "screen", "pane",
  ]
  private static let controls: Set<String> = [
    "button", "icon", "key", "tab", "menu", "play", "export", "save", "done", "ok", "upload",
    "render", "generate", "apply", "space", "enter",
  ]

  /// Words after `drag` that show it to be a verb, which it is not in "drag racing".
  private static let objects: Set<String> = [
    "and", "the", "it", "them", "your", "a", "an", "any", "this", "that", "each", "these", "clips",
    "files", "to", "one", "text",
  ]
  /// Words after `export` that tell of one.
  private static let reports: Set<String> = [
    "complete", "completed", "is", "was", "has", "finished", "failed", "done", "ready", "started",
    "will", "of", "successful", "succeeded", "progress", "status", "settings", "in",
  ]

  /// What a clause instructs; `nil` where it instructs nothing.
  ///
  /// - Parameter quoted: the clause with what stands in quotes, which may name a button.
  static func meaning(_ clause: String, quoted: String) -> Meaning? {
    let words = TalkWords.words(of: clause)
    let all = Set(TalkWords.words(of: quoted))
    if isButton("export", in: words) || isButton("export", in: TalkWords.words(of: quoted)) {
      if !isReport(words) { return .export }
    }
    for start in starts(words) {
      if let meaning = instruction(Array(words[start...]), all) { return meaning }
    }
    return nil
  }

  private static func isButton(_ name: String, in words: [String]) -> Bool {
    zip(words, words.dropFirst()).contains { $0 == name && ["button", "icon"].contains($1) }
  }

  /// Whether the agent tells what it did itself, or what the content shows.
  private static func isReport(_ words: [String]) -> Bool {
    guard let first = words.first else { return false }
    return ["i", "i've", "i'll", "we", "he", "she", "they", "speaker", "the"].contains(first)
      && !words.contains("you") && !words.contains("your") && !words.contains("use")
  }

  /// Where an imperative may stand: after the words that lead to one, and after "you can".
  private static func starts(_ words: [String]) -> [Int] {
    var starts = [words.firstIndex { !leads.contains($0) && Int($0) == nil } ?? words.count]
    for index in words.indices where words[index] == "you" || words[index] == "you'll" {
      let next = words[(index + 1)...].firstIndex { !leads.contains($0) } ?? words.count
      if next > index + 1 { starts.append(next) }
    }
    return starts.filter { $0 < words.count }
  }

  private static func instruction(_ words: [String], _ all: Set<String>) -> Meaning? {
    guard let verb = words.first else { return nil }
    let rest = Set(words.dropFirst())
    switch verb {
    case "click", "double-click", "right-click", "clicking": return target(all)
    case "press", "tap", "hit", "use":
      return rest.isDisjoint(with: controls)
        || rest.isDisjoint(with: ["button", "icon", "key"])
          && verb == "use"
        ? nil : target(all)
    case "drag", "drag-and-drop":
      return words.dropFirst().first.map(objects.contains) ?? false ? .edit : nil
    case "drop" where !rest.isDisjoint(with: ["onto", "into", "timeline", "track"]): return .edit
    case "open", "select", "choose", "expand", "toggle":
      return !namesScreen(words) ? nil : target(all, opens: verb == "open")
    case "go", "navigate", "head", "switch", "visit":
      guard rest.contains("to") || verb == "visit" else { return nil }
      return rest.isDisjoint(with: screenNouns) ? nil : target(all, opens: true)
    case "preview", "view", "see", "review", "play", "watch", "find":
      return rest.contains("timeline") ? .summary : nil
    case "export":
      return words.dropFirst().first.map(reports.contains) ?? false ? nil : .export
    case "download": return rest.contains("button") ? .export : nil
    case "upload": return rest.contains("button") ? .upload : nil
    case "check", "review's", "manage", "top", "upgrade":
      let sums: Set<String> = [
        "account", "billing", "credits", "credit", "balance", "plan", "subscription",
      ]
      return rest.isDisjoint(with: sums) ? nil : .credits
    default: return nil
    }
  }

  /// Words for parts of a screen that are things of their own as well.
  private static let plainNouns: Set<String> = ["window", "page", "section"]
  /// Words before such a noun that do not tell which part of a screen it is.
  private static let plainBeginnings: Set<String> = [
    "a", "an", "the", "this", "that", "your", "my", "his", "her", "their", "our", "another", "one",
  ]

  /// Whether a part of a screen is named: "the export window" is one, "a window" may be a house's.
  private static func namesScreen(_ words: [String]) -> Bool {
    words.indices.dropFirst().contains { index in
      guard screenNouns.contains(words[index]) else { return false }
      return !plainNouns.contains(words[index]) || !plainBeginnings.contains(words[index - 1])
    }
  }

  /// The request that what is clicked stands for.
  private static func target(_ words: Set<String>, opens: Bool = false) -> Meaning {
    let targets: [(words: Set<String>, meaning: Meaning)] = [
      (["export", "download", "render", "save"], .export),
      (["upload", "import", "attach"], .upload),
      (["billing", "credits", "account", "upgrade", "subscription", "recharge"], .credits),
      (["preview", "play"], .summary),
    ]
    if let target = targets.first(where: { !$0.words.isDisjoint(with: words) }) {
      return target.meaning
    }
    let places: Set<String> = ["panel", "tab", "menu", "timeline", "sidebar", "settings"]
    return opens || !places.isDisjoint(with: words) ? .state : .edit
  }
}

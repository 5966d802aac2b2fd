/// One sentence that instructs a person at a screen.
struct GUIInstruction {
  /// What it means; `nil` where it asks for nothing, as "you need not click anything" does not.
  let action: GUIAction?
  /// What it says besides, with an end of its own; empty where it says nothing.
  let kept: String

  /// Reads a sentence; `nil` for one that instructs nobody.
  init?(_ sentence: String) {
    let clauses = GUISentences.clauses(sentence)
    guard let (first, action) = Self.firstInstruction(in: clauses.map(\.text)) else { return nil }
    let isRefusal = Self.refuses(clauses[first].text)
    self.action = isRefusal ? nil : action.resolved(sentence)
    kept = Self.kept(Array(clauses[..<first]), of: sentence)
  }

  private static func firstInstruction(in clauses: [String]) -> (Int, Meaning)? {
    for (index, clause) in clauses.enumerated() {
      let plain = GUISentences.withoutQuoted(clause)
      let meaning =
        TalkWords.isChinese(plain)
        ? ChineseInstruction.meaning(plain, quoted: clause)
        : EnglishInstruction.meaning(plain, quoted: clause)
      if let meaning { return (index, meaning) }
    }
    return nil
  }

  private static func refuses(_ clause: String) -> Bool {
    let words = TalkWords.words(of: clause)
    return words.contains { ["don't", "needn't", "not", "without", "no"].contains($0) }
      || ["无需", "不用", "不必", "不需要"].contains(where: clause.contains)
  }

  /// Words that begin a clause which only leads to an instruction.
  private static let leads: Set<String> = [
    "to", "if", "when", "once", "after", "before", "for", "in", "just", "simply", "then", "next",
    "now", "first", "finally", "please", "alternatively", "also", "or", "and", "so", "from", "on",
    "at", "by", "as", "while", "whenever", "otherwise",
  ]
  private static let chineseLeads = [
    "如果", "如需", "要", "想", "当", "请", "然后", "接着", "首先", "最后", "若", "您可以", "你可以", "现在",
  ]

  /// The clauses before the instruction, where they say something of their own.
  private static func kept(
    _ clauses: [(text: String, joint: String)], of sentence: String
  ) -> String {
    guard let first = clauses.first else { return "" }
    let words = TalkWords.words(of: clauses.map(\.text).joined(separator: " "))
    let isChinese = TalkWords.isChinese(first.text)
    if isChinese {
      let text = first.text.drop { $0.isWhitespace }
      if chineseLeads.contains(where: text.hasPrefix) || text.count < 4 { return "" }
    } else if words.count < 3 || words.first.map(leads.contains) ?? true {
      return ""
    }
    var text = ""
    for (index, clause) in clauses.enumerated() {
      text += clause.text + (index + 1 < clauses.count ? clause.joint : "")
    }
    let space = sentence.last?.isWhitespace == true ? " " : ""
    return text + (isChinese ? "。" : ".") + space
  }
}

/// What an instruction is about.
enum Meaning {
  case export, credits, upload, state, summary, edit

  func resolved(_ sentence: String) -> GUIAction {
    switch self {
    case .export: .export
    case .credits: .credits
    case .upload: .upload
    case .state: .state
    case .summary: .summary
    case .edit:
      .edit(
        String(
          sentence.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()))
    }
  }
}

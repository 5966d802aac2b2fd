/// Edits that the agent knows by their words; any other wish becomes an effect.
enum AgentEdit {
  /// What is said and done about a message that is neither a script nor a video.
  static func turn(for message: String, in session: Session) -> AgentTurn {
    let words = message.lowercased()
    if words.hasSuffix("?") || words.hasSuffix("？") {
      return AgentTurn(
        kind: .talk,
        reply: "Your project has \(session.draft.tracks.count) tracks and "
          + "\(session.files.count) uploaded files.", tool: "look")
    }
    let (work, reply) = edit(message, words)
    return AgentTurn(kind: .edit, reply: reply, work: [work], tool: "edit_timeline")
  }

  private static func edit(_ message: String, _ words: String) -> (Work, String) {
    let quoted = quotes(in: message)
    if words.contains("replace") || words.contains("change"), quoted.count >= 2 {
      return (
        .replaceWords(quoted[0], with: quoted[1]),
        "I've replaced \"\(quoted[0])\" with \"\(quoted[1])\" in the captions."
      )
    }
    if words.contains("title") || words.contains("标题") {
      if ["remove", "delete", "删除"].contains(where: words.contains) {
        return (.removeTitle, "I've removed the title.")
      }
      let title = quoted.first ?? "Untitled"
      return (.title(title), "I've added the title \"\(title)\" at the beginning.")
    }
    if words.contains("faster") { return (.speed(percent: 125), "The video is faster now.") }
    if words.contains("slower") { return (.speed(percent: 80), "The video is slower now.") }
    if words.contains("volume") || words.contains("louder") || words.contains("quieter") {
      let percent = number(in: words) ?? (words.contains("quieter") ? 15 : 60)
      return (.volume(percent: percent), "The volume is \(percent)% now.")
    }
    if words.contains("music") || words.contains("bgm") || words.contains("音乐") {
      let name = quoted.first ?? "Lo-fi"
      return (.music(name), "I've added the background music \"\(name)\".")
    }
    let name = message.split(separator: " ").prefix(4).joined(separator: " ")
    return (.effect(String(name.prefix(40))), "Done: I've applied that to your video.")
  }

  /// The texts between quotation marks of any usual kind.
  private static func quotes(in message: String) -> [String] {
    var found: [String] = []
    var current: String?
    let closing: [Character: Character] = ["\"": "\"", "“": "”", "「": "」", "'": "'"]
    var wanted: Character = "\""
    var previous: Character = " "
    for letter in message {
      if let text = current {
        if letter == wanted {
          if !text.isEmpty { found.append(text) }
          current = nil
        } else {
          current = text + String(letter)
        }
      } else if let end = closing[letter], letter != "'" || previous == " " {
        wanted = end
        current = ""
      }
      previous = letter
    }
    return found
  }

  private static func number(in words: String) -> Int? {
    words.split { !$0.isNumber }.compactMap { Int($0) }.first { (0...200).contains($0) }
  }
}

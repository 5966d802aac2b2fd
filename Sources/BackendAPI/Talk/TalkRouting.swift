/// Tells what a person asks for: one of the requests that cost nothing, or words for the agent.
///
/// Whole words count, never parts of them. A text is routed to a request only where it asks for that
/// and nothing else; what also edits the content goes to the agent:
///
/// - English: after words of courtesy ("could you please", "I'd like to") it begins with `export`,
///   `download`, `upload` or "send me the video", and no second wish follows ("… and make it
///   louder"); or it names `credits`, `balance`, `status`, `state` or "show tracks" and every other
///   word belongs to asking for that. So "how many credits do I have left?" shows the credits, while
///   "make the credits roll slower" and "balance the audio" reach the agent.
/// - Chinese: 导出, 下载, 积分, 余额, 状态 or 上传, and nothing is left when the words of asking are
///   taken away. So 请帮我导出视频 exports, while 导出时不要字幕 reaches the agent.
package enum TalkRouting {
  /// What a text asks for.
  package enum Route: String, Hashable, Sendable, CaseIterable {
    case export, credits, state, upload, message
  }

  /// Routes a text.
  ///
  /// - Parameter isFile: whether a path is a file's; a text that is nothing but a file, or an address
  ///   of one of the formats that the service takes, is an upload.
  package static func route(
    _ text: String, isFile: (String) -> Bool = { _ in false }
  ) -> Route {
    let trimmed = trimmed(text)
    if isFile(trimmed) || isMediaAddress(trimmed) { return .upload }
    if TalkWords.isChinese(trimmed) { return ChineseRouting.route(trimmed) ?? .message }
    return EnglishRouting.route(TalkWords.words(of: trimmed)) ?? .message
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    let isOutside: (Character) -> Bool = { $0.isWhitespace || "\"'".contains($0) }
    while let last = text.last, isOutside(last) { text.removeLast() }
    while let first = text.first, isOutside(first) { text.removeFirst() }
    return String(text)
  }

  private static func isMediaAddress(_ text: String) -> Bool {
    guard !text.contains(where: \.isWhitespace), let address = WebAddress(text) else {
      return false
    }
    return UploadFormat.acceptance(of: address.path) != .unknown
  }
}

/// Requests in English.
private enum EnglishRouting {
  /// Words of courtesy and of asking, which may stand before a request.
  private static let leads: [[String]] = [
    "please", "pls", "plz", "kindly", "hey", "hi", "hello", "ok", "okay", "great", "perfect",
    "thanks", "thank you", "so", "now", "just", "then", "and", "can you", "can i", "can we",
    "could you", "could i", "could we", "would you", "will you", "may i", "you can", "i want to",
    "i wanna", "i'd like to", "i would like to", "i'd love to", "i need to", "i want you to",
    "we need to", "we want to", "let's", "lets", "let us", "let me", "go ahead and", "go on and",
    "help me", "help me to", "time to", "ready to", "i'm ready to", "we're ready to", "try to",
    "how do i", "how can i", "how do we", "how to", "where can i", "where do i", "when can i",
    "is it possible to", "do you mind", "quickly", "finally", "first", "next", "looks good",
    "i'm done", "all good",
  ].map { $0.split(separator: " ").map(String.init) }.sorted { $0.count > $1.count }

  /// Words after a request's verb that show a statement about it, or a thing of that name.
  private static let statements: Set<String> = [
    "is", "was", "are", "were", "has", "had", "failed", "fails", "isn't", "doesn't", "didn't",
    "button", "bar", "icon", "screen", "speed", "festival", "sign",
  ]
  /// Words that join a second wish, or a condition, to a request.
  private static let joints: Set<String> = [
    "and", "then", "but", "after", "before", "once", "when", "while", "with", "without", "unless",
    "until", "except", "so", "plus", "also", "only", "not", "don't", "instead", "no",
  ]
  /// Words that make a request one for another video than there is.
  private static let exceptions: Set<String> = [
    "without", "unless", "except", "only", "not", "don't", "instead", "no",
  ]
  /// Words after a joint that ask for nothing new: "export it and send it to me".
  private static let harmless: Set<String> = [
    "send", "give", "download", "export", "save", "share", "show", "let", "me", "it", "you",
    "subtitles", "captions", "audio", "sound", "music", "thanks", "thank", "please", "the",
  ]

  private static let creditWords = words(
    """
    credits credit balance how many much do does i we have has left remaining remain my our your what \
    what's is are the show check see tell me us account current available still got any more of for in \
    total number amount there now get view display know about a to want can you please i'd like pls \
    used frozen today whats am at out list give would could need let print
    """)
  /// Words after "balance" with which it is a sum.
  private static let balanceWords = words(
    """
    please pls thanks now left remaining check available today current still info amount status of \
    my our account credits credit
    """)
  private static let stateWords = words(
    """
    status state show list see view display get tracks track timeline the my our me us all of on what \
    what's whats is are current project session video render please can you could i we want to like \
    i'd now tell check give where at how update progress print there have do this it for look let let's
    """)
  private static let videoWords = words(
    """
    the a my our final finished finish completed complete full whole resulting new latest last video \
    file clip movie result mp4 film it over please now when ready it's is done to back as an in hd 4k
    version copy link my-video here from server computer machine disk locally
    """)

  private static func words(_ list: String) -> Set<String> {
    Set(list.split(separator: " ").map(String.init))
  }

  static func route(_ words: [String]) -> TalkRouting.Route? {
    let request = Array(withoutLeads(words[...]))
    guard let head = request.first else { return nil }
    let rest = Array(request.dropFirst())
    if head == "export" { return asksAlone(rest) ? .export : nil }
    if head == "download" {
      // Of downloads only that of the video is meant: music from elsewhere is the agent's business.
      let isVideo = rest.allSatisfy { videoWords.contains($0) || harmless.contains($0) }
      return isVideo && asksAlone(rest) ? .export : nil
    }
    if head == "upload" { return asksAlone(rest) ? .upload : nil }
    if ["send", "give"].contains(head), let person = rest.first, ["me", "us"].contains(person),
      rest.contains(where: { ["video", "file", "clip", "movie", "film", "mp4"].contains($0) }),
      rest.dropFirst().allSatisfy(videoWords.contains)
    {
      return .export
    }
    if asksForCredits(words) { return .credits }
    if asksForState(words) { return .state }
    return nil
  }

  private static func withoutLeads(_ words: ArraySlice<String>) -> ArraySlice<String> {
    var rest = words
    while let lead = leads.first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(lead.count)
    }
    return rest
  }

  /// Whether nothing is wished after the verb but what belongs to it.
  private static func asksAlone(_ rest: [String]) -> Bool {
    if let next = rest.first, statements.contains(next) { return false }
    guard let joint = rest.firstIndex(where: joints.contains) else { return true }
    if rest.contains(where: exceptions.contains) { return false }
    return rest[(joint + 1)...].allSatisfy { word in
      harmless.contains(word) || joints.contains(word) || videoWords.contains(word)
    }
  }

  private static func asksForCredits(_ words: [String]) -> Bool {
    let names: Set<String> = ["credits", "credit", "balance"]
    guard words.contains(where: names.contains) else { return false }
    if words.allSatisfy(creditWords.contains) {
      // "balance it out" asks for work: a verb, not a sum.
      guard words.first == "balance", words.count > 1 else { return true }
      return words.dropFirst().allSatisfy(balanceWords.contains)
    }
    let question = withoutLeads(words[...])
    return question.starts(with: ["how", "many", "credits"])
      && !question.contains(where: joints.contains)
  }

  private static func asksForState(_ words: [String]) -> Bool {
    let asksForTracks =
      words.contains("tracks")
      && words.contains {
        ["show", "list", "see", "view", "display", "what", "print"].contains($0)
      }
    guard words.contains("status") || words.contains("state") || asksForTracks else {
      return false
    }
    return words.allSatisfy(stateWords.contains)
  }
}

/// Requests in Chinese, where no space parts the words.
private enum ChineseRouting {
  private static let requests: [(word: String, route: TalkRouting.Route)] = [
    ("导出", .export), ("下载", .export), ("积分", .credits), ("余额", .credits), ("状态", .state),
    ("上传", .upload),
  ]
  /// What belongs to asking, the longest first; what is left besides is a wish of its own.
  private static let asking: [String] = [
    "我想要", "帮我", "请问", "我想", "我要", "可以", "能不能", "可不可以", "能", "请", "麻烦", "一下",
    "现在", "这个", "那个", "视频", "影片", "文件", "成片", "成品", "最终", "把", "将", "给我", "我的",
    "我", "还有", "还剩下", "还剩", "剩余", "剩下", "多少", "查看", "查询", "查", "看看", "看", "显示",
    "当前", "目前", "项目", "有", "是", "什么", "怎么样", "怎么", "如何", "出来", "素材", "图片", "音频",
    "照片", "告诉", "账户", "帐户", "账号", "里", "吗", "呢", "吧", "了", "的", "啊", "你", "为", "成",
    "到", "哪", "几", "个", "点", "mp4", "hd", "高清", "谢谢", "好", "要", "用", "完", "想", "知道",
    "时间线", "轨道", "情况", "这", "发", "本", "地", "手机", "电脑", "桌面", "相册", "硬盘", "平板",
    "保存", "存", "上", "去", "下来",
  ].sorted { $0.count > $1.count }

  static func route(_ text: String) -> TalkRouting.Route? {
    var rest = text.lowercased().filter { $0.isLetter || $0.isNumber }
    // A refusal is no request, whatever else it holds.
    if ["不要", "别", "不用", "无需"].contains(where: { rest.contains($0) }) { return nil }
    let found = requests.filter { rest.contains($0.word) }
    guard let request = found.first, found.allSatisfy({ $0.route == request.route }) else {
      return nil
    }
    for word in found.map(\.word) + asking { rest = removing(word, from: rest) }
    return rest.isEmpty ? request.route : nil
  }

  private static func removing(_ word: String, from text: String) -> String {
    let wanted = Array(word)
    var result: [Character] = []
    let characters = Array(text)
    var position = 0
    while position < characters.count {
      if characters[position...].starts(with: wanted) {
        position += wanted.count
      } else {
        result.append(characters[position])
        position += 1
      }
    }
    return String(result)
  }
}

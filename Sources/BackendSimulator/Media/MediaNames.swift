extension MediaOptions.Names {
  /// A name of this kind for a file that would be called `plain`.
  func fileName(_ plain: String) -> String {
    switch self {
    case .plain: plain
    case .traversal: "../../../../etc/passwd"
    case .absolute: "/etc/cron.d/offbook"
    case .control: "a\u{0}b\u{1B}[2Jc\r\nd\te\u{7F}.mp4"
    case .long: String(repeating: "long-name-", count: 500) + ".mp4"
    case .rtl: "video\u{202E}4pm.exe"
    case .windows: "CON.mp4:stream|<>?*\\..\\x."
    case .empty: ""
    }
  }
}

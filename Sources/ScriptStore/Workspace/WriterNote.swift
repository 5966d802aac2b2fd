/// The note in which a writer leaves its process id and name for those who wait.
struct WriterNote {
  let path: String

  /// Writes this process into the note; a failure only makes a later message less telling.
  func leave() {
    Platform.overwrite(path, with: Array("\(Platform.processID) \(Self.ownName)\n".utf8))
  }

  /// Names the process that wrote last, where it still runs.
  var holder: String? {
    let bytes = Platform.beginning(of: path, count: 256)
    let text = String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let first = parts.first, let process = Int32(first), process > 0,
      Platform.isRunning(process)
    else { return nil }
    return "process \(process)" + (parts.count > 1 ? " (\(parts[1]))" : "")
  }

  private static let ownName: String = {
    let path = CommandLine.arguments.first ?? ""
    return path.split(separator: "/").last.map { String($0) } ?? "offbook"
  }()
}

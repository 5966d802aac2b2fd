import BackendAPI

/// What a typed sentence asks for, told by its words; only `message` reaches the agent.
public enum TalkRoute: String, Hashable, Sendable, CaseIterable {
  case export, credits, status, upload, message

  /// Tells what a sentence asks for.
  ///
  /// Words count whole and in English or Chinese, such as `export`, `导出`, `balance`, `show tracks`.
  public init(of sentence: String) {
    switch TalkRouting.route(sentence, isFile: { Platform.isFile($0) }) {
    case .export: self = .export
    case .credits: self = .credits
    case .state: self = .status
    case .upload: self = .upload
    case .message: self = .message
    }
  }
}

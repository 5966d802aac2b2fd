import JSONText
public import ScriptModel

/// Where a person wants a finished video beside the workspace.
public struct RenderOutput: Hashable, Sendable {
  /// The absolute path of the file.
  public var path: String
  /// Whether a file that is there is replaced.
  public var replaces: Bool

  /// Creates a place.
  public init(path: String, replaces: Bool = false) {
    self.path = path
    self.replaces = replaces
  }

  /// Reads what an intent keeps of it; `nil` where it keeps nothing.
  init?(options: String) {
    // What is no document, or names no place, wants none.
    guard let document = try? JSONValue(parsing: Array(options.utf8)),
      let path = document["output"]?.string, !path.isEmpty
    else { return nil }
    self.init(path: path, replaces: document["replaces"]?.bool ?? false)
  }

  /// What an intent keeps of it.
  var options: String {
    let document = JSONValue.object([
      .init(name: "output", value: .string(path)), .init(name: "replaces", value: .bool(replaces)),
    ])
    return String(decoding: document.bytes, as: UTF8.self)
  }
}

extension SyncReport {
  /// A finished video that is still to be put where the person wanted it.
  public struct WantedVideo: Hashable, Sendable {
    /// The video in the workspace.
    public var video: Media
    /// Where it is wanted.
    public var output: RenderOutput

    /// Creates a wish.
    public init(video: Media, output: RenderOutput) {
      self.video = video
      self.output = output
    }
  }
}

public import ScriptModel

/// How a video is made of a script.
public struct GenerationOptions: Hashable, Sendable {
  /// How good the video is to be; it names the workflow.
  public enum Quality: String, Hashable, Sendable, CaseIterable { case standard, high }

  /// What is asked for, in words; `nil` for a video with visuals and background music.
  public var prompt: String?
  /// The picture's shape, such as `9:16`.
  public var aspect: String?
  /// How long the video is to be.
  public var duration: Milliseconds?
  /// The voice, in words.
  public var voice: String?
  /// How good it is to be.
  public var quality = Quality.standard

  /// Creates options that leave everything to the service.
  public init() {}
}

/// A file format that scripts are read from and written to.
public enum FormatName: String, Hashable, Sendable, CaseIterable {
  case srt
  case markdown = "md"
  case text = "txt"
  case webVTT = "vtt"
  case docx
  case json
  /// Fountain, a screenplay in plain text: read only.
  case fountain
}

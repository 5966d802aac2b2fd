import ScriptModel

struct WebVTTReader {
  static func read(_ bytes: [UInt8], options: ReadOptions) -> ScriptDocument { ScriptDocument() }
}

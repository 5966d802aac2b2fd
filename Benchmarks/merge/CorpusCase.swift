#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A merge of a real history: three texts, and what people made of them.
struct CorpusCase {
  var base: [UInt8]
  var ours: [UInt8]
  var theirs: [UInt8]
  var result: [UInt8]
  /// Whether the result has to come out without a conflict; else a conflict is right as well.
  var isClean: Bool
  /// Whether both sides changed the same words, so that silence is a missed conflict.
  var isConflict: Bool

  /// Reads a case from its folder; `nil` where a part of it is missing.
  init?(_ folder: String) {
    let names = Self.names(in: folder)
    func bytes(_ stem: String) -> [UInt8]? {
      names.first { $0.hasPrefix(stem + ".") }.map { ProcessRun.read(folder + "/" + $0) }
    }
    guard let base = bytes("base"), let ours = bytes("ours"), let theirs = bytes("theirs"),
      let result = bytes("result"), let meta = bytes("meta")
    else { return nil }
    (self.base, self.ours, self.theirs, self.result) = (base, ours, theirs, result)
    let text = String(decoding: meta, as: UTF8.self)
    isClean =
      text.contains("-clean\"") || text.contains("\"token_merge_equals_result\": true")
    isConflict = text.contains("\"conflict-or-result\"")
  }

  /// The cases in a folder, in the order of their names; none where it is missing.
  static func all(in folder: String) -> [CorpusCase] {
    names(in: folder).compactMap { CorpusCase(folder + "/" + $0) }
  }

  private static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

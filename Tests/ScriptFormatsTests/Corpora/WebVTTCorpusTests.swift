import ScriptFormats
import ScriptModel
import Testing
import TestSupport

/// Reads every WebVTT file of the corpora.
struct WebVTTCorpusTests {
  /// Files that are read otherwise than the corpora expect, and why.
  static let explained: [String: String] = [
    "go-astisub__example-in-html-entities.vtt": "character references are decoded, as WebVTT says",
    "vtt.js__nbsp.vtt": "character references are decoded, as WebVTT says",
    "popcorn-js__unit.vtt":
      "a time without milliseconds is read, its caption can be read by people",
    "ttconv__test_two_voices.vtt":
      "each voice of a caption is a line of its own, with the same times",
    "vtt.js__newline-before-webvtt.vtt": "a blank row before the header loses no captions",
    "webvtt-py__cue_tags.vtt": "times of words are no text",
    "webvtt.js__tags.vtt": "an end tag without a name is no text",
    "webvtt.js__text.vtt": "NUL is kept out of the text, with a finding",
  ]

  @Test func capturesWhatTheCorporaExpect() throws {
    let files = Corpora.files(in: "vtt")
    guard !files.isEmpty else { return print("SKIPPED: no corpora beside the project") }
    var counts: [String: (right: Int, all: Int)] = [:]
    for file in files {
      let kind = String(file.split(separator: "_", maxSplits: 1).first ?? "")
      counts[kind, default: (0, 0)].all += 1
      let problem = problem(with: file)
      if problem == nil { counts[kind]?.right += 1 }
      if Self.explained[file] == nil, let problem { Issue.record("\(file): \(problem)") }
    }
    for kind in counts.keys.sorted() {
      print("vtt \(kind): \(counts[kind]?.right ?? 0) of \(counts[kind]?.all ?? 0)")
    }
  }

  private func problem(with file: String) -> String? {
    guard let bytes = Corpora.bytes(of: "vtt/" + file),
      let expected = ExpectedCaptions("expected/vtt/" + file + ".json")
    else { return "missing" }
    var options = ReadOptions()
    options.fileName = file
    do {
      let result = try ScriptReading.read(bytes, options: options)
      if expected.verdict == "error" { return "read, though it should be refused" }
      let isSilent = result.document.findings.allSatisfy { $0.severity == .note }
      if expected.verdict == "warn", isSilent { return "no warning" }
      return expected.difference(from: result.document)
    } catch {
      return expected.captions.isEmpty ? nil : "refused: \(error)"
    }
  }
}

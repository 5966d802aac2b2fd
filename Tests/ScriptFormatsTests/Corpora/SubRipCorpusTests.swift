import ScriptFormats
import ScriptModel
import Testing
import TestSupport

/// Reads every SubRip file of the corpora.
struct SubRipCorpusTests {
  /// Files that are read otherwise than the corpora expect, and why.
  static let explained: [String: String] = [
    "media__no_end_timecodes.srt":
      "the captions have no end; a person can read them, so they come in, each until the next",
    "JuvoPlayer__media_player_subs_windows-1255.srt":
      "an alphabet without words: no language to tell the encoding by; '--encoding' names it",
    "JuvoPlayer__media_player_subs_windows-1257.srt":
      "an alphabet without words: no language to tell the encoding by; '--encoding' names it",
  ]

  @Test func capturesWhatTheCorporaExpect() throws {
    let files = Corpora.files(in: "srt")
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
      print("srt \(kind): \(counts[kind]?.right ?? 0) of \(counts[kind]?.all ?? 0)")
    }
  }

  private func problem(with file: String) -> String? {
    guard let bytes = Corpora.bytes(of: "srt/" + file),
      let expected = ExpectedCaptions("expected/srt/" + file + ".json")
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

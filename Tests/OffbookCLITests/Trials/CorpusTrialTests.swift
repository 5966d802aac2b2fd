import Dispatch
import JSONText
import TestSupport
import Testing

/// Every real file goes through the command as a process, and what comes in goes out and comes in again.
@Suite struct EveryFileOfTheCorpora {
  /// Mismatches with the reason why each is right.
  static let explained: [String: String] = [
    "docx/made__zip_prefix_junk.docx refused":
      "bytes stand before the zip; Word refuses it too, and the expected result allows an error",
    "docx/made__dtd_external.docx refused":
      "it declares an external DTD, which none of Word's documents does; an error is allowed",
  ]

  private static let parts = 8

  @Test(.timeLimit(.minutes(5)))
  func comesInOrIsRefusedClearlyAndReadsBackEqual() async {
    let files = CorpusTrial.File.all
    if files.isEmpty { return print("SKIPPED: no corpora beside the project") }
    let trials = await withTaskGroup(of: CorpusTrial.self) { group in
      for part in 0..<Self.parts {
        let own = files.enumerated().filter { $0.offset % Self.parts == part }.map(\.element)
        group.addTask { await Self.trial(of: own, times: part % 2 == 0) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    report(trials, count: files.count)
    for mismatch in trials.flatMap(\.mismatches)
    where Self.explained["\(mismatch.file) \(mismatch.what)"] == nil {
      Issue.record("\(mismatch.file), \(mismatch.what): \(mismatch.detail)")
    }
    let unexpected = trials.flatMap(\.tallies).flatMap { folder, tally in
      tally.refused.map { "\(folder)/\($0)" }
    }.filter { isExpectedToBeRead($0) }
    #expect(unexpected == [])
  }

  /// Waits for processes on a thread of its own, so that other tests go on.
  private static func trial(of files: [CorpusTrial.File], times: Bool) async -> CorpusTrial {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: CorpusTrial(files, times: times))
      }
    }
  }

  private func report(_ trials: [CorpusTrial], count: Int) {
    for folder in ["srt", "vtt", "docx", "txt"] {
      let tallies = trials.compactMap { $0.tallies[folder] }
      let refused = tallies.flatMap(\.refused).sorted()
      print(
        "\(folder): \(tallies.reduce(0) { $0 + $1.imported }) files imported with "
          + "\(tallies.reduce(0) { $0 + $1.lines }) lines, \(refused.count) refused clearly")
    }
    let mismatches = trials.flatMap(\.mismatches)
    let empty = Set(trials.flatMap(\.emptyExports))
    print(
      "\(count) files, 6 formats each: \(mismatches.count) mismatches, "
        + "\(empty.count) exports of scripts without lines that are empty files")
    for mismatch in mismatches {
      let reason = Self.explained["\(mismatch.file) \(mismatch.what)"]
      print(
        "  \(mismatch.file), \(mismatch.what): \(mismatch.detail) (\(reason ?? "NOT EXPLAINED"))")
    }
  }

  /// Whether the expected results have something to read in a file that was refused.
  private func isExpectedToBeRead(_ refusal: String) -> Bool {
    let path = String(refusal.prefix { $0 != ":" })
    if Self.explained["\(path) refused"] != nil { return false }
    guard let bytes = Corpora.bytes(of: "expected/\(path).json"),
      // An expected result that is no document is none.
      let expected = try? JSONValue(parsing: bytes), expected["verdict"]?.string != "error"
    else { return false }
    return ["cues", "agreed", "paras", "turns"].contains {
      expected[$0]?.array?.isEmpty == false
    }
  }
}

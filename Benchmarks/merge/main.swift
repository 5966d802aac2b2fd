import MergeHistories
import ScriptMerge
import ScriptModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Prints how the engine merges beside `git merge-file` and `diff3 -m`: right or wrong, and how fast.
struct MergeBenchmark {
  let folder: String
  var seed: UInt64 = 1

  func run() {
    printTimes()
    show("")
    printCorrectness()
    show("")
    printStructures()
  }

  // MARK: - Time

  private func printTimes() {
    show(
      "Time of one merge, 10 % of the lines edited on each side (best and median of rounds, ms)")
    show(
      row(
        "lines",
        ["engine, ids", "engine, no ids", "git merge-file", "diff3 -m", "ids/git", "no ids/git"]))
    for (count, rounds) in [(1000, 21), (10_000, 9), (100_000, 3)] {
      let merge = GeneratedCase(lineCount: count, percent: 10, seed: seed)
      write(merge)
      var times: [[Double]] = [[], [], [], []]
      for _ in 0..<rounds {
        times[0].append(
          timed {
            _ = ThreeWayMerge.merge(base: merge.base, ours: merge.ours, theirs: merge.theirs)
          })
        let (ours, theirs) = (document(merge.ours), document(merge.theirs))
        times[1].append(
          timed {
            var base = AlignmentBase(merge.base, expecting: count)
            _ = ThreeWayMerge.merge(
              base: merge.base, ours: Alignment.identify(ours, against: &base),
              theirs: Alignment.identify(theirs, against: &base))
          })
        times[2].append(gitMerge().seconds)
        times[3].append(diff3().seconds)
      }
      let medians = times.map { $0.sorted()[$0.count / 2] * 1000 }
      let best = times.map { ($0.min() ?? 0) * 1000 }
      let cells = zip(best, medians).map { "\(short($0)) \(short($1))" }
      show(
        row(
          "\(count)",
          cells + [short(medians[0] / medians[2]), short(medians[1] / medians[2])]))
    }
  }

  private func timed(_ body: () -> Void) -> Double {
    let started = ProcessRun.now()
    body()
    return ProcessRun.now() - started
  }

  // MARK: - Right or wrong

  /// What a tool did with the cases.
  struct Score {
    var falseConflicts = 0
    var wrong = 0
    var missed = 0

    mutating func add(hasConflict: Bool, isRight: Bool, expectsConflict: Bool) {
      if expectsConflict {
        if !hasConflict { missed += 1 }
      } else if hasConflict {
        falseConflicts += 1
      } else if !isRight {
        wrong += 1
      }
    }
  }

  private func printCorrectness() {
    let count = 1000
    show(
      "\(count) generated files whose edits do not touch, \(count) with one word that both changed")
    var scores = [Score](repeating: Score(), count: 4)
    for number in 0..<count * 2 {
      let expectsConflict = number % 2 == 1
      let merge = GeneratedCase(
        lineCount: 40 + number % 200, percent: 10, seed: seed + UInt64(number),
        isConflict: expectsConflict)
      let expected = merge.result.map(GeneratedCase.rows) ?? []
      let theirs = [merge.theirs, Alignment.identify(document(merge.theirs), against: merge.base)]
      let ours = [merge.ours, Alignment.identify(document(merge.ours), against: merge.base)]
      for index in 0..<2 {
        let outcome = ThreeWayMerge.merge(
          base: merge.base, ours: ours[index], theirs: theirs[index])
        scores[index].add(
          hasConflict: !outcome.conflicts.isEmpty,
          isRight: GeneratedCase.rows(outcome.script) == expected, expectsConflict: expectsConflict)
      }
      write(merge)
      for (index, result) in [gitMerge(), diff3()].enumerated() {
        scores[index + 2].add(
          hasConflict: result.status != 0, isRight: result.output == expected,
          expectsConflict: expectsConflict)
      }
    }
    show(row("", ["false conflicts", "silently wrong", "missed conflicts"]))
    for (name, score) in zip(
      ["engine, ids", "engine, no ids", "git merge-file", "diff3 -m"], scores)
    {
      show(row(name, [score.falseConflicts, score.wrong, score.missed].map { "\($0)" }))
    }
  }

  private func printStructures() {
    let count = 2000
    show("One operation against one correction of a word of that line, \(count) each: conflicts")
    show(row("", ["engine, ids", "engine, no ids"]))
    for operation in StructuralCase.operations {
      var conflicts = [0, 0]
      for number in 0..<count {
        let merge = StructuralCase(operation, seed: seed + UInt64(number))
        let copies = [merge.ours, Alignment.identify(document(merge.ours), against: merge.base)]
        for (index, ours) in copies.enumerated() {
          let outcome = ThreeWayMerge.merge(base: merge.base, ours: ours, theirs: merge.theirs)
          if !outcome.conflicts.isEmpty { conflicts[index] += 1 }
        }
      }
      show(row("\(operation)", conflicts.map { "\($0)" }))
    }
  }

  // MARK: - Files

  private func document(_ script: Script) -> ScriptDocument {
    var document = ScriptDocument(script)
    document.lineIDs = []
    document.speakerIDs = []
    return document
  }

  private func write(_ merge: GeneratedCase) {
    ProcessRun.write(GeneratedCase.rows(merge.base), to: folder + "/base")
    ProcessRun.write(GeneratedCase.rows(merge.ours), to: folder + "/ours")
    ProcessRun.write(GeneratedCase.rows(merge.theirs), to: folder + "/theirs")
  }

  private func gitMerge() -> ProcessRun.Result {
    ProcessRun.run(
      ["git", "merge-file", "-p", folder + "/ours", folder + "/base", folder + "/theirs"],
      output: folder + "/result")
  }

  private func diff3() -> ProcessRun.Result {
    ProcessRun.run(
      ["diff3", "-m", folder + "/ours", folder + "/base", folder + "/theirs"],
      output: folder + "/result")
  }

  /// Prints a line at once, also into a pipe.
  private func show(_ line: String) {
    print(line)
    fflush(nil)
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    ([name] + cells).map { $0 + String(repeating: " ", count: max(1, 18 - $0.count)) }.joined()
  }

  private func short(_ value: Double) -> String {
    String(Double(Int((value * 100).rounded())) / 100)
  }
}

let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
var template = Array((temporary + "/merge-benchmark-XXXXXX").utf8CString)
if let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) {
  let folder = String(cString: made)
  let seed = CommandLine.arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
  MergeBenchmark(folder: folder, seed: seed).run()
  for name in ["base", "ours", "theirs", "result"] { unlink(folder + "/" + name) }
  rmdir(folder)
}

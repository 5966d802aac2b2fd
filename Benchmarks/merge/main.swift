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
  private static let tools = ["engine, ids", "engine, no ids", "git merge-file", "diff3 -m"]

  let folder: String
  let corpus: String
  var seed: UInt64 = 1

  func run() {
    printScores()
    show("")
    printTimes()
    show("")
    printStructures()
  }

  // MARK: - Right or wrong

  private func printScores() {
    show(
      Table.row("cases", ["false conflicts", "silently wrong", "missed conflicts", "median ms"]))
    let count = 1000
    print("generated, edits that do not touch", apart(count))
    print("generated, the same word by both", together(count))
    let real = CorpusCase.all(in: corpus)
    if real.isEmpty { show("real histories: passed over, no corpus at '\(corpus)'") }
    if !real.isEmpty { print("real histories", self.real(real)) }
    show("The engine's times are of the merge alone, the others' of whole processes.")
  }

  private func print(_ name: String, _ scores: [ToolScore]) {
    show("\(name): \(scores.map(\.count).max() ?? 0)")
    for (tool, score) in zip(Self.tools, scores) { show(Table.row("  " + tool, score.cells)) }
  }

  private func apart(_ count: Int) -> [ToolScore] {
    var scores = [ToolScore](repeating: ToolScore(), count: 4)
    for number in 0..<count {
      let merge = GeneratedCase(
        lineCount: 40 + number % 200, percent: 10, seed: seed + UInt64(number), moves: 2)
      let expected = merge.result.map(GeneratedCase.rows) ?? []
      for (index, run) in runs(merge).enumerated() {
        scores[index].add(run, isRight: run.text == expected, .clean)
      }
    }
    return scores
  }

  private func together(_ count: Int) -> [ToolScore] {
    var scores = [ToolScore](repeating: ToolScore(), count: 4)
    for number in 0..<count {
      let merge = GeneratedCase(
        lineCount: 40 + number % 200, percent: 10, seed: seed + UInt64(count + number),
        isConflict: true)
      for (index, run) in runs(merge).enumerated() {
        scores[index].add(run, isRight: false, .conflict)
      }
    }
    return scores
  }

  /// Files hold no ids, so that the engine stands here without them only.
  private func real(_ cases: [CorpusCase]) -> [ToolScore] {
    var scores = [ToolScore](repeating: ToolScore(), count: 4)
    for merge in cases {
      write(merge.base, merge.ours, merge.theirs)
      let started = ProcessRun.now()
      let outcome = RowMerge.merge(base: merge.base, ours: merge.ours, theirs: merge.theirs)
      let engine = ToolRun(
        text: outcome.text, hasConflict: !outcome.conflicts.isEmpty,
        seconds: ProcessRun.now() - started)
      let expectation: ToolScore.Expectation =
        merge.isClean ? .clean : merge.isConflict ? .conflictOrResult : .resultOrConflict
      for (index, run) in zip(1..., [engine, gitMerge(), diff3()]) {
        scores[index].add(run, isRight: run.text == merge.result, expectation)
      }
    }
    return scores
  }

  /// What each tool makes of a generated case.
  private func runs(_ merge: GeneratedCase) -> [ToolRun] {
    write(merge)
    return [engine(merge, hasIDs: true), engine(merge, hasIDs: false), gitMerge(), diff3()]
  }

  private func engine(_ merge: GeneratedCase, hasIDs: Bool) -> ToolRun {
    let documents = hasIDs ? [] : [document(merge.ours), document(merge.theirs)]
    let started = ProcessRun.now()
    var (ours, theirs) = (merge.ours, merge.theirs)
    if !hasIDs {
      var base = AlignmentBase(merge.base, expecting: ours.lines.count)
      ours = Alignment.identify(documents[0], against: &base)
      theirs = Alignment.identify(documents[1], against: &base)
    }
    let outcome = ThreeWayMerge.merge(base: merge.base, ours: ours, theirs: theirs)
    let seconds = ProcessRun.now() - started
    return ToolRun(
      text: GeneratedCase.rows(outcome.script), hasConflict: !outcome.conflicts.isEmpty,
      seconds: seconds)
  }

  // MARK: - Time

  private func printTimes() {
    show("Time of one merge, a share of the lines edited on each side (median of rounds, ms)")
    show(Table.row("lines, edits", Self.tools + ["ids/git", "no ids/git"]))
    for (count, rounds) in [(1000, 21), (10_000, 9), (100_000, 5)] {
      for percent in [1, 10] { printTimes(count, percent, rounds) }
    }
  }

  private func printTimes(_ count: Int, _ percent: Int, _ rounds: Int) {
    let merge = GeneratedCase(lineCount: count, percent: percent, seed: seed)
    var times = [[Double]](repeating: [], count: 4)
    for _ in 0..<rounds {
      for (tool, run) in runs(merge).enumerated() { times[tool].append(run.seconds) }
    }
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    // The ratios are taken pair by pair, so that what else the machine does weighs on both.
    let ratios = [times[0], times[1]].map { median(zip($0, times[2]).map { $0 / $1 }) }
    let cells = times.map { median($0) * 1000 } + ratios
    show(Table.row("\(count), \(percent) %", cells.map(Table.number)))
  }

  // MARK: - Structure

  private func printStructures() {
    let count = 2000
    show("One operation against one correction of a word of that line, \(count) each: conflicts")
    show(Table.row("", ["engine, ids", "engine, no ids"]))
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
      show(Table.row("  \(operation)", conflicts.map { "\($0)" }))
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
    write(
      GeneratedCase.rows(merge.base), GeneratedCase.rows(merge.ours),
      GeneratedCase.rows(merge.theirs))
  }

  private func write(_ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]) {
    ProcessRun.write(base, to: folder + "/base")
    ProcessRun.write(ours, to: folder + "/ours")
    ProcessRun.write(theirs, to: folder + "/theirs")
  }

  private func gitMerge() -> ToolRun {
    run(["git", "merge-file", "-p", folder + "/ours", folder + "/base", folder + "/theirs"])
  }

  private func diff3() -> ToolRun {
    run(["diff3", "-m", folder + "/ours", folder + "/base", folder + "/theirs"])
  }

  private func run(_ command: [String]) -> ToolRun {
    let result = ProcessRun.run(command, output: folder + "/result")
    return ToolRun(
      text: result.output, hasConflict: result.status != 0, seconds: result.seconds)
  }

  /// Prints a line at once, also into a pipe.
  private func show(_ line: String) {
    Swift.print(line)
    fflush(nil)
  }
}

/// Writes a generated case to files, for whole processes: base, ours, theirs and the right result.
func writeFiles(to folder: String, lineCount: Int, percent: Int) {
  let merge = GeneratedCase(lineCount: lineCount, percent: percent, seed: 1)
  let scripts = [merge.base, merge.ours, merge.theirs, merge.result ?? merge.base]
  for (name, script) in zip(["base", "ours", "theirs", "result"], scripts) {
    ProcessRun.write(GeneratedCase.rows(script), to: folder + "/" + name + ".txt")
  }
}

// merge-benchmark --files FOLDER LINES PERCENT, else merge-benchmark [CORPUS [SEED]]
if CommandLine.arguments.count == 5, CommandLine.arguments[1] == "--files",
  let lineCount = Int(CommandLine.arguments[3]), let percent = Int(CommandLine.arguments[4])
{
  writeFiles(to: CommandLine.arguments[2], lineCount: lineCount, percent: percent)
  exit(0)
}
let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
// `mkdtemp` writes the name that it found into the template.
var template = Array((temporary + "/merge-benchmark-XXXXXX").utf8CString)
if let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) {
  let folder = String(cString: made)
  let arguments = Array(CommandLine.arguments.dropFirst())
  let corpus = arguments.first ?? "../shared/corpora/merge"
  let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
  MergeBenchmark(folder: folder, corpus: corpus, seed: seed).run()
  for name in ["base", "ours", "theirs", "result"] { unlink(folder + "/" + name) }
  rmdir(folder)
}

import ScriptMerge
import ScriptModel
import TestSupport
import Testing

/// Merge cases from real histories, read where they lie beside the project.
struct CorpusTests {
  @Test func everyCaseOfTheCorpusMergesAsPeopleSettledIt() throws {
    let names = Corpora.files(in: "merge")
    if names.isEmpty { print("passed over: no merge corpus beside the project") }
    var counts: [String: (right: Int, conflict: Int, wrong: Int)] = [:]
    for name in names {
      let merge = try #require(CorpusCase(name: name), "\(name) can't be read")
      let outcome = merge.outcome()
      let isRight = outcome.text == merge.result
      let hasConflict = !outcome.conflicts.isEmpty
      switch merge.tier {
      case .clean:
        #expect(isRight && !hasConflict, "\(name): not the expected result without a conflict")
      case .open where merge.isRewritten:
        print("\(name): passed over, since people wrote the result anew")
        #expect(merge.goesFurther(than: outcome.text), "\(name): no longer a case to pass over")
      case .open: #expect(isRight || hasConflict, "\(name): neither the result nor a conflict")
      }
      let tier = merge.tier == .clean ? "clean" : "open"
      counts[tier, default: (0, 0, 0)].right += isRight && !hasConflict ? 1 : 0
      counts[tier, default: (0, 0, 0)].conflict += hasConflict ? 1 : 0
      counts[tier, default: (0, 0, 0)].wrong += !isRight && !hasConflict ? 1 : 0
    }
    for (tier, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("\(tier): \(count.right) right, \(count.conflict) conflicts, \(count.wrong) wrong")
    }
  }
}

/// One case: three texts, the result, and whether it must come out without a conflict.
struct CorpusCase {
  enum Tier { case clean, open }

  let name: String
  let tier: Tier
  let base: [UInt8]
  let ours: [UInt8]
  let theirs: [UInt8]
  let result: [UInt8]

  init?(name: String) {
    self.name = name
    let folder = "merge/" + name + "/"
    let files = Corpora.files(in: "merge/" + name)
    func bytes(_ stem: String) -> [UInt8]? {
      files.first { $0.hasPrefix(stem + ".") }.flatMap { Corpora.bytes(of: folder + $0) }
    }
    guard let base = bytes("base"), let ours = bytes("ours"), let theirs = bytes("theirs"),
      let result = bytes("result"), let meta = Corpora.bytes(of: folder + "meta.json")
    else { return nil }
    self.base = base
    self.ours = ours
    self.theirs = theirs
    self.result = result
    let text = String(decoding: meta, as: UTF8.self)
    tier =
      text.contains("-clean\"") || text.contains("\"token_merge_equals_result\": true")
      ? .clean : .open
  }

  /// Whether it is the one case that no merge can find: both sides edited a list apart from each
  /// other, and who settled it wrote rows that are in none of the three texts.
  var isRewritten: Bool { name.hasPrefix("q_pm_6e203eb8_") }

  /// Whether the people who settled it wrote rows that are in none of the three texts.
  func goesFurther(than merged: [UInt8]) -> Bool {
    func rows(_ bytes: [UInt8]) -> Set<ArraySlice<UInt8>> { Set(bytes.split(separator: 0x0A)) }
    let known = rows(base).union(rows(ours)).union(rows(theirs)).union(rows(merged))
    return !rows(result).subtracting(known).isEmpty
  }

  func outcome() -> RowMergeOutcome { RowMerge.merge(base: base, ours: ours, theirs: theirs) }
}

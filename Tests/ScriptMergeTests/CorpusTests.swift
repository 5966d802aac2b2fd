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
      case .open where !isRight && merge.isEditedFurther:
        // No merge can give what neither side wrote; rows of both sides must be there all the same.
        print("\(name): people changed rows that neither side had touched")
        #expect(merge.keepsBothSides(outcome.text) || hasConflict, "\(name): rows are lost")
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

  /// Whether those who settled it took out or rewrote rows that both sides had left as they were.
  var isEditedFurther: Bool {
    let untouched = Self.rows(base).intersection(Self.rows(ours)).intersection(Self.rows(theirs))
    return !untouched.isSubset(of: Self.rows(result))
  }

  /// Whether a text has all rows that a side put in and the other did not change again.
  func keepsBothSides(_ merged: [UInt8]) -> Bool {
    let (old, mine, other) = (Self.rows(base), Self.rows(ours), Self.rows(theirs))
    return mine.union(other).subtracting(old).isSubset(of: Self.rows(merged))
  }

  private static func rows(_ bytes: [UInt8]) -> Set<ArraySlice<UInt8>> {
    Set(bytes.split(separator: 0x0A))
  }

  func outcome() -> RowMergeOutcome { RowMerge.merge(base: base, ours: ours, theirs: theirs) }
}

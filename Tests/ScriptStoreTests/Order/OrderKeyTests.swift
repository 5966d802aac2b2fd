import Testing
import TestSupport

@testable import ScriptStore

private func isCanonical(_ key: OrderKey) -> Bool { !key.bytes.isEmpty && key.bytes.last != 0 }

@Test(arguments: 1...5 as ClosedRange<UInt64>)
func aKeyBetweenTwoLiesBetweenThem(seed: UInt64) {
  print("aKeyBetweenTwoLiesBetweenThem: seed \(seed)")
  var random = SeededGenerator(seed: seed)
  var keys = OrderKey.keys(Int.random(in: 0...20, using: &random), between: nil, and: nil)
  for _ in 0..<2000 {
    let place = Int.random(in: 0...keys.count, using: &random)
    let lower = place > 0 ? keys[place - 1] : nil
    let upper = place < keys.count ? keys[place] : nil
    let count = Int.random(in: 1...3, using: &random)
    let added = OrderKey.keys(count, between: lower, and: upper)
    #expect(added.count == count && added.allSatisfy(isCanonical))
    let row = [lower].compactMap(\.self) + added + [upper].compactMap(\.self)
    #expect(zip(row, row.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
    keys.insert(contentsOf: added, at: place)
  }
}

@Test(arguments: [0, 1, 255, 256, 4095, 4096, 70_000])
func manyKeysAreInOrderAndShort(count: Int) {
  let keys = OrderKey.keys(count, between: nil, and: nil)
  #expect(keys.count == count && keys.allSatisfy(isCanonical))
  #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
  #expect(keys.allSatisfy { $0.bytes.count <= 4 })
}

@Test func keysStayShortWhereLinesAreAddedOneBehindTheOther() {
  let ends = OrderKey.keys(2, between: nil, and: nil)
  var (inside, inFront, behind) = (ends[0], ends[0], ends[1])
  for _ in 0..<1000 {
    inside = .between(inside, ends[1])
    inFront = .between(nil, inFront)
    behind = .between(behind, nil)
  }
  #expect(inside < ends[1] && inFront < ends[0] && ends[1] < behind)
  #expect(inside.bytes.count <= 40)
  #expect(inFront.bytes.count <= 8)
  #expect(behind.bytes.count <= 8)
}

@Test func keysOutOfOrderDoNotTrap() {
  let key = OrderKey(bytes: [1, 2])
  for upper in [key, OrderKey(bytes: [1]), OrderKey(bytes: []), OrderKey(bytes: [0, 0])] {
    #expect(key < OrderKey.between(key, upper))
  }
}

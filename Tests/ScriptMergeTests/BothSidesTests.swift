import Testing

@testable import ScriptMerge

@Test(arguments: [false, true])
func bothSidesGetTheSameOnOneThreadAndOnTwo(isLong: Bool) {
  for round in 0..<50 {
    let found = BothSides.map(round, -round, isLong: isLong) { number in
      (0...1000).map { $0 * number }
    }
    #expect(found.ours == (0...1000).map { $0 * round })
    #expect(found.theirs == (0...1000).map { -$0 * round })
  }
}

/// How deep a call goes, with a kilobyte of its own in each.
private func depth(_ left: Int) -> Int {
  withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { room in
    room[0] = UInt8(truncatingIfNeeded: left)
    return left == 0 ? Int(room[0]) : depth(left - 1) + 1
  }
}

@Test func theOtherThreadGoesAsDeepAsTheFirst() {
  let found = BothSides.map(0, 4000, isLong: true) { depth($0) }
  #expect(found.ours == 0 && found.theirs == 4000)
}

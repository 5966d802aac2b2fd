import SyncSimulation
import Testing

/// The laws of syncing over simulated histories; `sync-soak` runs them by the million.
struct SimulatedSyncTests {
  @Test(arguments: 0..<8) func everyHistoryKeepsTheLaws(part: UInt64) {
    let first = 1 + part * 100
    for seed in first..<first + 100 {
      guard let violation = SyncTrial.run(seed).violation else { continue }
      let trace = SyncTrial.reduced(seed).joined(separator: "\n")
      Issue.record("seed \(seed): \(violation)\n\(trace)")
    }
  }

  /// Seeds of long runs that were hard on a law: a session that others keep changing never rests.
  @Test(arguments: [590_492, 799_095, 1_081_166, 1_109_870])
  func hardSeedsKeepTheLaws(seed: UInt64) {
    #expect(SyncTrial.run(seed).violation == nil)
  }

  @Test func theSameSeedGivesTheSameTrace() {
    for seed in UInt64(1)...40 {
      #expect(SyncTrial.run(seed).traceHash == SyncTrial.run(seed).traceHash, "seed \(seed)")
    }
    #expect(SyncTrial.run(1).traceHash != SyncTrial.run(2).traceHash)
  }

  @Test func everyFaultStrikesSomewhere() {
    var struck: Set<Fault> = []
    for seed in UInt64(1)...2000 where struck.count < Fault.allCases.count {
      var world = SyncWorld(seed: seed)
      world.run()
      struck.formUnion(world.struckFaults.map(\.fault))
    }
    #expect(Set(Fault.allCases).subtracting(struck) == [])
  }
}

/// Runs histories one after another, and makes those that break a law small.
package enum SyncTrial {
  /// What became of one seed.
  package struct Result: Sendable {
    /// The law that was broken; `nil` where none was.
    package var violation: String?
    /// A hash over all that happened.
    package var traceHash: UInt64
    /// How many steps were carried out.
    package var stepCount: Int
    /// How many tokens were replaced unseen.
    package var raceCount: Int
    /// How many faults struck.
    package var faultCount: Int
  }

  /// Runs the history of a seed.
  package static func run(_ seed: UInt64, without suppressed: Set<UInt64> = []) -> Result {
    var world = SyncWorld(seed: seed, suppressed: suppressed)
    world.run()
    return Result(
      violation: world.violation, traceHash: world.traceHash, stepCount: world.stepCount,
      raceCount: world.raceCount, faultCount: world.struckFaults.count)
  }

  /// Leaves out each fault without which the same law is still broken; gives the trace that is left.
  package static func reduced(_ seed: UInt64) -> [String] {
    guard let violation = run(seed).violation else { return ["Seed \(seed) breaks no law."] }
    let law = String(violation.prefix(24))
    var suppressed: Set<UInt64> = []
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      var world = SyncWorld(seed: seed, suppressed: suppressed)
      world.run()
      for (draw, _) in world.struckFaults {
        let attempt = suppressed.union([draw])
        guard run(seed, without: attempt).violation?.hasPrefix(law) == true else { continue }
        suppressed = attempt
        isSmaller = true
        break
      }
    }
    var world = SyncWorld(seed: seed, suppressed: suppressed, isTracing: true)
    world.run()
    let faults = world.struckFaults.map { "\($0.fault)" }.joined(separator: ", ")
    return ["Faults: \(faults.isEmpty ? "none" : faults)"] + world.rows
      + [world.violation ?? "No law is broken any more."]
  }
}

import SyncSimulation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs simulated syncs on all cores for a time, and prints seeds, counts and rates.
struct Soak {
  var seconds = 10
  var firstSeed: UInt64 = 1
  var count = UInt64.max
  var threads = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  var stopsAfter = 5
  var isShowing = false

  struct Total: Sendable {
    var runs: UInt64 = 0
    var steps = 0
    var faults = 0
    var races = 0
    var failed: [(seed: UInt64, violation: String)] = []
  }

  init(_ arguments: [String]) {
    var index = 1
    while index + 1 < arguments.count {
      let value = arguments[index + 1]
      switch arguments[index] {
      case "--seconds": seconds = Int(value) ?? seconds
      case "--seed": firstSeed = UInt64(value) ?? firstSeed
      case "--count": count = UInt64(value) ?? count
      case "--threads": threads = max(1, Int(value) ?? threads)
      case "--failures": stopsAfter = Int(value) ?? stopsAfter
      case "--show":
        firstSeed = UInt64(value) ?? firstSeed
        isShowing = true
      default: break
      }
      index += 2
    }
    if count != .max { seconds = .max }
  }

  func run() async -> Int32 {
    if isShowing {
      for row in SyncTrial.reduced(firstSeed) { print(row) }
      return 0
    }
    let started = Self.now()
    let deadline = seconds == .max ? .infinity : started + Double(seconds)
    let (first, step, most) = (firstSeed, UInt64(threads), stopsAfter)
    let last = count == .max ? UInt64.max : firstSeed &+ count
    let total = await withTaskGroup(of: Total.self) { group in
      for worker in 0..<step {
        group.addTask {
          Self.work(from: first &+ worker, to: last, step: step, until: deadline, most)
        }
      }
      return await group.reduce(into: Total()) { total, part in
        total.runs += part.runs
        total.steps += part.steps
        total.faults += part.faults
        total.races += part.races
        total.failed += part.failed
      }
    }
    report(total, elapsed: Self.now() - started)
    return total.failed.isEmpty ? 0 : 1
  }

  private static func work(
    from first: UInt64, to last: UInt64, step: UInt64, until deadline: Double, _ most: Int
  ) -> Total {
    var total = Total()
    var seed = first
    while seed < last, total.failed.count < most, total.runs % 64 != 0 || now() < deadline {
      let result = SyncTrial.run(seed)
      total.runs += 1
      total.steps += result.stepCount
      total.faults += result.faultCount
      total.races += result.raceCount
      if let violation = result.violation { total.failed.append((seed, violation)) }
      seed += step
    }
    return total
  }

  private func report(_ total: Total, elapsed: Double) {
    let failed = total.failed.sorted { $0.seed < $1.seed }
    for (seed, violation) in failed.prefix(stopsAfter) {
      print("seed \(seed) breaks a law: \(violation.prefix(300))")
    }
    if let first = failed.first {
      for row in SyncTrial.reduced(first.seed) { print("  \(row)") }
    }
    print(
      "\(total.runs) simulated runs from seed \(firstSeed) on \(threads) threads in "
        + "\(Int(elapsed.rounded())) s, \(Int(Double(total.runs) / max(elapsed, 0.001) * 60)) a "
        + "minute: \(total.steps) steps, \(total.faults) faults, \(total.races) races, "
        + "\(total.failed.count) failed")
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

exit(await Soak(CommandLine.arguments).run())

import MergeHistories

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs generated histories on all cores for a time, and prints seeds, counts and rates.
struct Soak {
  var seconds = 10
  /// How many histories at most; 0 for as many as the time allows.
  var count: UInt64 = 0
  var firstSeed: UInt64 = 1
  var threads = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  var stopsAfter = 5
  /// Reports these seeds alone.
  var only: [UInt64] = []

  init(_ arguments: [String]) {
    var index = 1
    while index + 1 < arguments.count {
      switch arguments[index] {
      case "--seconds": seconds = Int(arguments[index + 1]) ?? seconds
      case "--count": count = UInt64(arguments[index + 1]) ?? count
      case "--seed": firstSeed = UInt64(arguments[index + 1]) ?? firstSeed
      case "--threads": threads = Int(arguments[index + 1]) ?? threads
      case "--only": only = arguments[index + 1].split(separator: ",").compactMap { UInt64($0) }
      case "--failures": stopsAfter = Int(arguments[index + 1]) ?? stopsAfter
      default: break
      }
      index += 2
    }
  }

  func run() async -> Int32 {
    guard only.isEmpty else { return reportOnly() }
    let started = Self.now()
    let deadline = started + Double(seconds)
    let (first, workers, most) = (firstSeed, UInt64(threads), stopsAfter)
    let end = count > 0 ? first + count : UInt64.max
    let results = await withTaskGroup(of: (UInt64, [UInt64]).self) { group in
      for worker in 0..<workers {
        group.addTask {
          Self.work(from: first + worker, to: end, step: workers, until: deadline, most)
        }
      }
      return await group.reduce(into: (UInt64(0), [UInt64]())) { total, part in
        total.0 += part.0
        total.1 += part.1
      }
    }
    let elapsed = Self.now() - started
    for seed in results.1.sorted().prefix(stopsAfter) { report(seed) }
    print(
      "\(results.0) histories from seed \(firstSeed) on \(threads) threads in \(Int(elapsed)) s, "
        + "\(Int(Double(results.0) / max(elapsed, 0.001))) a second, \(results.1.count) failed")
    return results.1.isEmpty ? 0 : 1
  }

  private func reportOnly() -> Int32 {
    let failed = only.filter { MergeLaws(MergeHistory(seed: $0)).violation() != nil }
    for seed in failed { report(seed) }
    print("\(failed.count) of \(only.count) failed")
    return failed.isEmpty ? 0 : 1
  }

  private static func work(
    from first: UInt64, to end: UInt64, step: UInt64, until deadline: Double, _ most: Int
  ) -> (UInt64, [UInt64]) {
    var seed = first
    var count: UInt64 = 0
    var failed: [UInt64] = []
    while seed < end, now() < deadline, failed.count < most {
      if MergeLaws(MergeHistory(seed: seed)).violation() != nil { failed.append(seed) }
      seed += step
      count += 1
    }
    return (count, failed)
  }

  private func report(_ seed: UInt64) {
    let history = MergeHistory(seed: seed)
    guard let violation = MergeLaws(history).violation() else { return }
    let law = violation.prefix { $0 != ":" }
    let smallest = history.reduced { MergeLaws($0).violation()?.hasPrefix(law) ?? false }
    print("seed \(seed) breaks: \(violation.prefix(300))")
    print("reduced: \(smallest.summary)")
    for line in MergeLaws(smallest).states() { print("  " + line) }
    print("  \((MergeLaws(smallest).violation() ?? "").prefix(1500))\n")
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

exit(await Soak(CommandLine.arguments).run())

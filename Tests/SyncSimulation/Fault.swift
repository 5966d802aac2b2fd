/// What can go wrong.
package enum Fault: UInt8, CaseIterable, Sendable {
  /// No network for some minutes.
  case offline
  /// The connection is cut before a byte left, in the middle of the request, after all of it.
  case cutBefore, cutDuring, cutAfter
  /// HTTP 5xx, an answer that can't be read, HTTP 429.
  case unavailable, unreadable, rateLimited
  /// The token is revoked, the session forgotten.
  case revokedToken, expiredSession
  /// No credits left, no plan, no scope, a file that is not supported.
  case noCredits, noPlan, noScope, unsupported
  /// The agent reports a failure in the middle of its answer.
  case agentFailure
  /// HTTP 200 with a code that nobody has explained.
  case unexplained
  /// A transaction is not made.
  case diskFull, diskBusy
  /// A file is gone.
  case localFailure
  /// The process ends before, or after, a step was carried out.
  case crash
  /// The person presses Ctrl-C: in the middle of a step, or between two.
  case interruption, ending
  /// What the service made is no longer there.
  case goneMedium
  /// A render fails, or is forgotten.
  case failedRender, forgottenRender
}

/// Decides from the seed alone which faults strike, so that each can be left out of a repetition.
struct FaultPlan: Sendable {
  private let seed: UInt64
  private var rates: [UInt64]
  private var draws: UInt64 = 0
  private let suppressed: Set<UInt64>
  var isCalm = false
  /// The faults that struck, by the number of their draw.
  private(set) var struck: [(draw: UInt64, fault: Fault)] = []

  init(seed: UInt64, suppressed: Set<UInt64>) {
    self.seed = SimulationRandom.mixed(seed ^ 0x5EED)
    self.suppressed = suppressed
    var random = SimulationRandom(seed: self.seed)
    rates = [UInt64](repeating: 0, count: Fault.allCases.count)
    if random.chance(5) { return }
    let share = 10 + random.below(50)
    for index in rates.indices where random.chance(share) {
      rates[index] = [4, 15, 40, 120][random.below(4)]
    }
    rates[Int(Fault.crash.rawValue)] = min(rates[Int(Fault.crash.rawValue)], 40)
  }

  /// Whether a fault strikes at this place.
  mutating func strikes(_ fault: Fault) -> Bool {
    let rate = rates[Int(fault.rawValue)]
    if isCalm || rate == 0 { return false }
    draws += 1
    guard SimulationRandom.mixed(seed &+ draws &* 0x9E37_79B9_7F4A_7C15) % 1000 < rate,
      !suppressed.contains(draws)
    else { return false }
    struck.append((draws, fault))
    return true
  }

  /// A number below a bound that tells how the last fault strikes.
  func detail(_ bound: Int) -> Int {
    Int(SimulationRandom.mixed(seed ^ draws &* 0xD6E8_FEB8_6659_FD93) % UInt64(max(1, bound)))
  }
}

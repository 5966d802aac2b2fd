import ScriptModel

/// Findings with a limit for each code, so that a bad file does not bury its reader.
struct FindingLog {
  /// The most findings of one code that are listed one by one.
  static let limit = 100

  private(set) var findings: [Finding] = []
  private var counts: [String: Int] = [:]

  /// Adds a finding, or counts it where there are many of its code.
  mutating func add(_ finding: Finding) {
    let count = counts[finding.code, default: 0] + 1
    counts[finding.code] = count
    if count <= Self.limit { findings.append(finding) }
  }

  /// The findings, and for each code over the limit one that says how many more there are.
  func closed() -> [Finding] {
    var all = findings
    for (code, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.limit {
      all.append(
        Finding(
          severity: .note, code: code, message: "\(count - Self.limit) more of '\(code)' follow."))
    }
    return all
  }
}

import ScriptModel

/// Findings of one reading, a limited number of each code.
///
/// A damaged file of a million captions would else bring more findings than text.
struct FindingList {
  /// How many findings of one code are kept; the rest is counted.
  static let limit = 20

  private(set) var findings: [Finding] = []
  private var counts: [String: Int] = [:]
  private var order: [String] = []

  mutating func add(
    _ severity: Finding.Severity, _ code: String, line: Int = 0, column: Int = 0,
    _ message: @autoclosure () -> String
  ) {
    let count = (counts[code] ?? 0) + 1
    if count == 1 { order.append(code) }
    counts[code] = count
    guard count <= Self.limit else { return }
    findings.append(
      Finding(severity: severity, code: code, line: line, column: column, message: message()))
  }

  /// Takes the last finding back, where it has a code and stands in a line: it was premature.
  mutating func retract(_ code: String, line: Int) {
    guard let last = findings.last, last.code == code, last.line == line else { return }
    findings.removeLast()
    counts[code, default: 1] -= 1
  }

  /// The findings with one more for each code that had too many.
  func summarized() -> [Finding] {
    var all = findings
    for code in order {
      guard let count = counts[code], count > Self.limit else { continue }
      let rest = grouped(count - Self.limit)
      let severity = findings.first { $0.code == code }?.severity ?? .note
      all.append(
        Finding(severity: severity, code: code, message: "… and \(rest) more of the same kind"))
    }
    return all
  }
}

/// Writes a count with commas between the thousands, such as `4,211`.
func grouped(_ count: Int) -> String {
  let digits = Array(String(count.magnitude).utf8)
  var text: [UInt8] = count < 0 ? [UInt8(ascii: "-")] : []
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
    text.append(digit)
  }
  return String(decoding: text, as: UTF8.self)
}

/// Writes a count with a noun, such as `1 row` or `4,211 rows`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

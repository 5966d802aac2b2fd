internal import ScriptModel

/// How long a server asks to wait (RFC 9110, 10.2.3).
enum RetryAfter {
  /// No wait that a server asks for is believed beyond 7 days, the longest limit of the service.
  private static let longest: Int64 = 7 * 86_400

  /// The wait that a head asks for; a date counts from the answer's own `Date`, else from the clock.
  static func wait(_ head: HTTPHead, clock: () -> Int64 = unixSeconds) -> Milliseconds? {
    guard let text = head.value(of: "Retry-After")?.trimmed, !text.isEmpty else { return nil }
    if let seconds = Double(text), seconds.isFinite, seconds >= 0 {
      return Milliseconds(Int64((min(seconds, Double(longest)) * 1000).rounded(.up)))
    }
    guard let until = HTTPDate.seconds(text) else { return nil }
    let now = head.value(of: "Date").flatMap { HTTPDate.seconds($0.trimmed) } ?? clock()
    return Milliseconds(min(max(0, until - now), longest) * 1000)
  }
}

extension String {
  fileprivate var trimmed: String {
    let text = drop { $0 == " " || $0 == "\t" }
    return String(text.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}

/// Dates in headers in the form that all servers send, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
private enum HTTPDate {
  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds since the beginning of 1970; `nil` for any other form.
  static func seconds(_ text: String) -> Int64? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
      let month = months.firstIndex(of: words[2]), let year = Int64(words[3]),
      (1970...9999).contains(year)
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int64($0) }
    guard clock.count == 3, zip(clock, [24, 60, 61]).allSatisfy({ (0..<$1).contains($0) }) else {
      return nil
    }
    return (days(year, Int64(month) + 1, day) * 24 + clock[0]) * 3600 + clock[1] * 60 + clock[2]
  }

  /// Days since the beginning of 1970 by the Gregorian calendar, in years that begin with March.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let monthOfYear = (month + 9) % 12
    let dayOfYear = (153 * monthOfYear + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}

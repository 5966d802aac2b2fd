import JSONText

/// Compares the lines of two scripts as far as a format holds them.
struct LineComparison {
  var format: String
  /// Whether times were asked for where the format leaves a choice.
  var hasTimes = false

  /// What differs first; `nil` where nothing does.
  func difference(_ original: JSONValue, _ found: JSONValue) -> String? {
    let left = original["lines"]?.array ?? []
    let right = found["lines"]?.array ?? []
    guard left.count == right.count else { return "\(left.count) lines became \(right.count)" }
    for (number, (one, other)) in zip(left, right).enumerated() {
      for field in fields where !isSame(one, other, field) {
        return "\(field) of line \(number + 1)"
      }
    }
    return nil
  }

  private var fields: [String] {
    switch format {
    case "srt", "vtt": ["text", "speaker", "start", "end"]
    case "json": ["text", "speaker", "start", "end", "kind"]
    default: ["text", "speaker", "kind", "start"]
    }
  }

  private func isSame(_ one: JSONValue, _ other: JSONValue, _ field: String) -> Bool {
    let value = one[field]
    let found = other[field]
    if format == "json" || field != "start" && field != "end" { return value == found }
    guard ["srt", "vtt"].contains(format) else {
      return hasTimes ? value == found : found == .null
    }
    // Captions must have times: where there were none, they are estimated.
    guard let time = value?.integer else { return true }
    return (format == "vtt" ? max(time, 0) : time) == found?.integer
  }
}

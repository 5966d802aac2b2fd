package import JSONText
package import ScriptModel

extension JSONValue {
  /// The first of these members that is there and not null.
  package func first(_ names: [String]) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    for name in names {
      if let value = members.last(where: { $0.name == name })?.value, value != .null {
        return value
      }
    }
    return nil
  }

  /// A string that is not empty, or a number's own digits: ids come as either.
  package var fieldText: String? {
    switch self {
    case .string(let text), .number(let text): text.isEmpty ? nil : text
    default: nil
    }
  }

  /// A number, or a string that holds one, as it was written; `nil` for anything else.
  var numberText: String? {
    switch self {
    case .number(let text): text
    case .string(let text): Double(text)?.isFinite == true ? text : nil
    default: nil
    }
  }

  /// A number or a string that holds one, rounded; beyond 64 bits the nearest that fits.
  package var roundedNumber: Int64? { rounded(times: 1) }

  /// As `roundedNumber`, in the machine's `Int`.
  package var clampedNumber: Int? { roundedNumber.map { Int(clamping: $0) } }

  /// A number of seconds, or a string that holds one, in milliseconds.
  package var seconds: Milliseconds? { rounded(times: 1000).map { Milliseconds($0) } }

  private func rounded(times factor: Double) -> Int64? {
    guard let text = numberText else { return nil }
    if factor == 1, let whole = Int64(text) { return whole }
    guard let value = Double(text) else { return nil }
    let rounded = (value * factor).rounded()
    if rounded.isNaN { return nil }
    return Int64(exactly: rounded) ?? (rounded < 0 ? .min : .max)
  }
}

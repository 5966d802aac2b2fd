/// The place of a line in its script: a fraction between 0 and 1 in base 256, most significant first.
///
/// A key never ends in a zero byte, so comparing bytes compares fractions, and between any two keys
/// there is room for more: an insert or a move writes one row.
struct OrderKey: Hashable, Sendable, Comparable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  static func < (left: Self, right: Self) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// Makes a key between two; `nil` stands for the beginning or the end.
  static func between(_ lower: OrderKey?, _ upper: OrderKey?) -> OrderKey {
    OrderKey(bytes: keys(1, between: lower, and: upper).first?.bytes ?? [0x80])
  }

  /// Makes so many keys in order between two; `nil` stands for the beginning or the end.
  ///
  /// Where the two leave no room, as no two keys in order do, the upper one is taken as the end.
  static func keys(_ count: Int, between lower: OrderKey?, and upper: OrderKey?) -> [OrderKey] {
    guard count > 0 else { return [] }
    let low = lower?.bytes ?? []
    var high = upper?.bytes
    if let bound = high, !low.lexicographicallyPrecedes(bound) { high = nil }
    var length = max(low.count, high?.count ?? 0)
    var gap = difference(high, low, length: length)
    let parts = UInt64(count) + 1
    if gap / parts == 0 {
      repeat {
        length += 2
        gap = difference(high, low, length: length)
      } while gap / parts < roomAtLeast
    }
    let step = self.step(share: gap / parts, isOpenEnded: lower == nil || upper == nil)
    var current = low + [UInt8](repeating: 0, count: length - low.count)
    // In front of everything keys stay close to what follows, as behind everything to what precedes.
    if lower == nil, upper != nil { add(gap - step * parts, to: &current) }
    return (0..<count).map { _ in
      add(step, to: &current)
      return OrderKey(bytes: trimmed(current))
    }
  }

  /// How far a new key lies from its neighbour, given its share of the room.
  private static func step(share: UInt64, isOpenEnded: Bool) -> UInt64 {
    if share >= ampleRoom { return longestStep }
    return min(share, isOpenEnded ? 1 : shortStep)
  }
}

/// How far apart neighbours lie after a key had to grow.
private let roomAtLeast: UInt64 = 256

/// The step where there is ample room: one digit further, so that the last digit can be cut.
private let longestStep: UInt64 = 256

/// The step between two keys: lines that are typed one behind the other use the room up slowly, and
/// so, if not as slowly, do lines that are each put in front of the last.
private let shortStep: UInt64 = 8

/// The share of the room from which on a step may be long.
private let ampleRoom: UInt64 = 4096

/// Subtracts two fractions of so many digits; what is beyond 56 bits counts as 2^56.
private func difference(_ high: [UInt8]?, _ low: [UInt8], length: Int) -> UInt64 {
  let limit: UInt64 = 1 << 56
  var value: UInt64 = high == nil ? 1 : 0
  for index in 0..<length {
    let upper = UInt64(high.map { index < $0.count ? $0[index] : 0 } ?? 0)
    let lower = UInt64(index < low.count ? low[index] : 0)
    // `high > low`, so a partial value is 0 or more, and once 2 or more it never falls below 1.
    value = value &* 256 &+ upper &- lower
    if value >= limit { return limit }
  }
  return value
}

private func add(_ value: UInt64, to digits: inout [UInt8]) {
  var carry = value
  var index = digits.count - 1
  while carry > 0, index >= 0 {
    carry += UInt64(digits[index])
    digits[index] = UInt8(truncatingIfNeeded: carry)
    carry >>= 8
    index -= 1
  }
}

private func trimmed(_ digits: [UInt8]) -> [UInt8] {
  var count = digits.count
  while count > 1, digits[count - 1] == 0 { count -= 1 }
  return Array(digits[..<count])
}

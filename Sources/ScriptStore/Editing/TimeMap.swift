import ScriptModel

/// `new = old × numerator ÷ denominator + shift`, exact but for one rounding to the millisecond.
struct TimeMap {
  let shift: Milliseconds
  let numerator: Int64
  let denominator: Int64

  func applied(to time: Milliseconds) throws(StoreError) -> Milliseconds {
    let product = time.rawValue.magnitude.multipliedFullWidth(by: numerator.magnitude)
    let divisor = denominator.magnitude
    guard divisor > 0, product.high < divisor else { throw overflow(time) }
    let division = divisor.dividingFullWidth(product)
    let roundsUp = division.remainder >= divisor - division.remainder
    let (magnitude, carry) = division.quotient.addingReportingOverflow(roundsUp ? 1 : 0)
    guard !carry, let scaled = Int64(exactly: magnitude) else { throw overflow(time) }
    let signed = time.rawValue < 0 ? -scaled : scaled
    let (sum, overflowed) = signed.addingReportingOverflow(shift.rawValue)
    guard !overflowed else { throw overflow(time) }
    return Milliseconds(sum)
  }

  private func overflow(_ time: Milliseconds) -> StoreError {
    StoreError(
      .invalidValue, "The time \(time.timecode()) would become more than can be held",
      fix: "Use a smaller factor or shift.")
  }
}

/// What differs between two texts character by character, found in near-linear time.
package enum CharacterDifference {
  /// Gives stretches that differ in order, as ranges of Unicode scalars of the old and the new text.
  package static func hunks(
    from old: [Unicode.Scalar], to new: [Unicode.Scalar]
  ) -> [(old: Range<Int>, new: Range<Int>)] {
    var numbers: [Unicode.Scalar: Int32] = [:]
    func numbered(_ scalars: [Unicode.Scalar]) -> [Int32] {
      scalars.map { scalar in
        if let number = numbers[scalar] { return number }
        let next = Int32(truncatingIfNeeded: numbers.count)
        numbers[scalar] = next
        return next
      }
    }
    var matcher = SequenceMatcher()
    let (left, right) = (numbered(old), numbered(new))
    let matching = matcher.match(left, right, symbols: numbers.count)
    return Hunk.list(matching: matching, newCount: new.count).map { ($0.old, $0.new) }
  }
}

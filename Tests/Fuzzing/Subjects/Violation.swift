/// A property of a parser that does not hold for an input.
package struct Violation: Error, CustomStringConvertible {
  /// Which property, and the values that break it.
  package var description: String
}

/// Throws where a property does not hold.
func require(
  _ holds: Bool, _ property: @autoclosure () -> String
) throws(Violation) {
  guard holds else { throw Violation(description: property()) }
}

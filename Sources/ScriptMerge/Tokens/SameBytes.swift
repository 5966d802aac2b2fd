/// Whether two texts are the same bytes: canonically equivalent ones that differ are an edit.
@inline(never)  // Where it is inlined, the texts' spans are taken from copies of their whole lines.
func hasSameBytes(_ left: String, _ right: String) -> Bool {
  let (leftBytes, rightBytes) = (left.utf8, right.utf8)
  return leftBytes.count == rightBytes.count && hasSameBytes(leftBytes.span, rightBytes.span)
}

/// Whether a text has these bytes.
func hasSameBytes(_ text: String, _ bytes: Span<UInt8>) -> Bool {
  text.utf8.count == bytes.count && hasSameBytes(text.utf8.span, bytes)
}

/// Whether one text comes before another in the order of their bytes.
func precedesInBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

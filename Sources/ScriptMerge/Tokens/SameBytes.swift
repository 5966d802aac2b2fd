/// Whether two texts are the same bytes: canonically equivalent ones that differ are an edit.
func hasSameBytes(_ left: String, _ right: String) -> Bool {
  let (leftBytes, rightBytes) = (left.utf8, right.utf8)
  guard leftBytes.count == rightBytes.count else { return false }
  let quick = leftBytes.withContiguousStorageIfAvailable { leftBuffer in
    rightBytes.withContiguousStorageIfAvailable { leftBuffer.elementsEqual($0) }
  }
  if let quick, let quick { return quick }
  return leftBytes.elementsEqual(rightBytes)
}

/// Whether one text comes before another in the order of their bytes.
func precedesInBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

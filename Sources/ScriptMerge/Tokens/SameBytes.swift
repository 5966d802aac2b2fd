/// Whether two texts are the same bytes: canonically equivalent ones that differ are an edit.
func hasSameBytes(_ left: String, _ right: String) -> Bool {
  let (leftBytes, rightBytes) = (left.utf8, right.utf8)
  guard leftBytes.count == rightBytes.count else { return false }
  let quick = leftBytes.withContiguousStorageIfAvailable { leftBuffer in
    rightBytes.withContiguousStorageIfAvailable { isSame(leftBuffer, $0) }
  }
  if let quick, let quick { return quick }
  return leftBytes.elementsEqual(rightBytes)
}

/// Whether a text has these bytes.
func hasSameBytes(_ text: String, _ bytes: Span<UInt8>) -> Bool {
  guard text.utf8.count == bytes.count else { return false }
  let quick = text.utf8.withContiguousStorageIfAvailable { textBuffer in
    bytes.withUnsafeBufferPointer { isSame(textBuffer, $0) }
  }
  return quick ?? bytes.withUnsafeBufferPointer { text.utf8.elementsEqual($0) }
}

/// Whether two runs of bytes are the same.
func hasSameBytes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  return left.withUnsafeBufferPointer { leftBuffer in
    right.withUnsafeBufferPointer { isSame(leftBuffer, $0) }
  }
}

/// Compares buffers of one length, eight bytes at a time.
private func isSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool
{
  let (leftBytes, rightBytes) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
  var offset = 0
  while offset + 8 <= left.count {
    let word = leftBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    if word != rightBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
    offset += 8
  }
  while offset < left.count {
    if left[offset] != right[offset] { return false }
    offset += 1
  }
  return true
}

/// Whether one text comes before another in the order of their bytes.
func precedesInBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

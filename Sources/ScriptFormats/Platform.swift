#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether two buffers hold the same bytes, by the C library's vectorised comparison.
@inline(__always)
func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard let one = left.baseAddress, let other = right.baseAddress else {
    return left.count == right.count
  }
  return left.count == right.count && memcmp(one, other, left.count) == 0
}

/// Finds a byte in a range with the C library's vectorised search; `nil` where it is missing.
@inline(__always)
func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
  bytes.extracting(range).withUnsafeBufferPointer { part in
    guard let base = part.baseAddress, !part.isEmpty,
      let found = memchr(base, Int32(byte), part.count)
    else { return nil }
    return range.lowerBound + (UnsafeRawPointer(found) - UnsafeRawPointer(base))
  }
}

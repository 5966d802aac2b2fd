#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether two runs of bytes are the same, by the C library's vectorised comparison.
@inline(__always)
func hasSameBytes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  return left.withUnsafeBytes { one in
    right.withUnsafeBytes { other in
      guard let one = one.baseAddress, let other = other.baseAddress else { return true }
      return memcmp(one, other, left.count) == 0
    }
  }
}

/// Where a row that begins at a place ends: at its `\n` or at the end of the text.
@inline(__always)
func endOfRow(_ bytes: Span<UInt8>, from start: Int) -> Int {
  bytes.extracting(start..<bytes.count).withUnsafeBytes { rest in
    guard let base = rest.baseAddress, !rest.isEmpty, let found = memchr(base, 0x0A, rest.count)
    else { return bytes.count }
    return start + (UnsafeRawPointer(found) - base)
  }
}

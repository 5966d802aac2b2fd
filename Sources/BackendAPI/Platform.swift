#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Finds a byte from a place on; the end of the bytes where there is none.
func firstIndex(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int {
  bytes.withUnsafeBytes { buffer in
    guard start < buffer.count, let base = buffer.baseAddress else { return buffer.count }
    guard let found = memchr(base + start, Int32(byte), buffer.count - start) else {
      return buffer.count
    }
    return UnsafeRawPointer(found) - base
  }
}

/// The clock's seconds since the beginning of 1970.
func unixSeconds() -> Int64 { Int64(time(nil)) }

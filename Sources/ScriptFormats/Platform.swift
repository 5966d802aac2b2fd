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

/// A thread for one piece of work, which must be joined once.
struct JoinableThread: @unchecked Sendable {
  // The handle is a value that is never changed: there is nothing to lock.
  private let handle: pthread_t

  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread with the caller's signal mask; `nil` where the system has none to give.
  init?(_ run: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(run))
    #if canImport(Darwin)
      var handle: pthread_t?
    #else
      var handle = pthread_t()
    #endif
    let failed = pthread_create(
      &handle, nil,
      { context in
        #if canImport(Darwin)
          Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
        #else
          if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
        #endif
        return nil
      }, work.toOpaque())
    guard failed == 0 else {
      work.release()
      return nil
    }
    #if canImport(Darwin)
      guard let handle else { return nil }
    #endif
    self.handle = handle
  }

  /// Waits for its end.
  func join() { pthread_join(handle, nil) }
}

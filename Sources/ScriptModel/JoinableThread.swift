#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread for one piece of work, which must be joined or detached, once.
package struct JoinableThread: @unchecked Sendable {
  // The handle is a value that is never changed: there is nothing to lock.
  private let handle: pthread_t
  /// 8 MiB, in bytes.
  private static let stackSize = 8 << 20

  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread with the caller's signal mask; `nil` where the system has none to give.
  package init?(_ run: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(run))
    #if canImport(Darwin)
      var handle: pthread_t?
    #else
      var handle = pthread_t()
    #endif
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    // Work that goes as deep as its input must find the room that the first thread has.
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    let failed = pthread_create(
      &handle, &attributes,
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

  /// Waits for its end, unless it is the one that asks.
  package func join() {
    if pthread_equal(handle, pthread_self()) != 0 { detach() } else { pthread_join(handle, nil) }
  }

  /// Lets it end by itself.
  package func detach() { pthread_detach(handle) }
}

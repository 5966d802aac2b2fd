#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What asynchronous work hands to the thread that waits for it, in order.
///
/// `@unchecked Sendable`: everything but the lock itself is used under `mutex`.
private final class Mailbox<Item: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var items: [Item] = []

  init() {
    mutex.initialize(to: pthread_mutex_t())
    filled.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(filled, nil)
  }

  deinit {
    pthread_cond_destroy(filled)
    pthread_mutex_destroy(mutex)
    filled.deallocate()
    mutex.deallocate()
  }

  func put(_ item: Item) {
    pthread_mutex_lock(mutex)
    items.append(item)
    pthread_cond_signal(filled)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until there is something, and takes all of it.
  func takeAll() -> [Item] {
    pthread_mutex_lock(mutex)
    while items.isEmpty { pthread_cond_wait(filled, mutex) }
    let taken = items
    items = []
    pthread_mutex_unlock(mutex)
    return taken
  }
}

private enum Letter<Event: Sendable, Result: Sendable>: Sendable {
  case event(Event)
  case end(Swift.Result<Result, any Error>)
}

/// Runs asynchronous work and waits for it on this thread, which meanwhile tells its events.
///
/// The command's own thread is none of the concurrency pool's, so that blocking it starves nobody,
/// and all output comes from one thread.
/// - Parameter tell: called on this thread for each event that `work` sends, in order.
func awaiting<Event: Sendable, Result: Sendable>(
  _ work: @escaping @Sendable (@escaping @Sendable (Event) -> Void) async throws -> Result,
  tell: (Event) -> Void
) throws -> Result {
  let mailbox = Mailbox<Letter<Event, Result>>()
  Task.detached {
    do {
      let result = try await work { mailbox.put(.event($0)) }
      mailbox.put(.end(.success(result)))
    } catch {
      mailbox.put(.end(.failure(error)))
    }
  }
  while true {
    for letter in mailbox.takeAll() {
      switch letter {
      case .event(let event): tell(event)
      case .end(let result): return try result.get()
      }
    }
  }
}

import Synchronization

/// A descriptor that is written to in large pieces.
final class Output: Sendable {
  /// The bytes that may wait.
  private static let capacity = 1 << 16

  private struct State {
    var bytes: [UInt8] = []
    var failure: Int32 = 0
  }

  private let descriptor: Int32
  private let state = Mutex(State())
  private let begun = Atomic(false)

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether anything was handed over yet; answered at once even while a write waits for its reader.
  var hasBegun: Bool { begun.load(ordering: .acquiring) }

  /// The `errno` of the first write that failed; 0 where all went well.
  var failure: Int32 { state.withLock { $0.failure } }

  func write(_ bytes: [UInt8]) {
    state.withLock { state in
      state.bytes += bytes
      if state.bytes.count >= Self.capacity { send(&state) }
    }
  }

  func write(_ text: String) {
    state.withLock { state in
      state.bytes += text.utf8
      if state.bytes.count >= Self.capacity { send(&state) }
    }
  }

  /// Hands over what waits.
  func flush() { state.withLock { send(&$0) } }

  private func send(_ state: inout State) {
    guard !state.bytes.isEmpty else { return }
    begun.store(true, ordering: .releasing)
    if state.failure == 0 { state.failure = Platform.write(state.bytes, to: descriptor) }
    state.bytes.removeAll(keepingCapacity: true)
  }
}

import BackendAPI

/// What is known of how much of a request has left.
struct SentEvidence {
  /// Whether a connection stood and libcurl was about to send: from then on a byte may have left.
  private(set) var hasConnected = false
  /// Whether the whole head, with the empty line at its end, was handed to a connection.
  private(set) var isHeadWhole = false
  /// How many bytes of the head were.
  private(set) var headCount = 0
  /// How many bytes of the body were; of more than one attempt the most.
  private(set) var bodyCount: Int64 = 0
  private var tail: UInt32 = 0

  /// A connection stands, and the request goes next.
  mutating func connected() {
    hasConnected = true
    tail = 0
  }

  /// Bytes of the head were handed to the connection.
  mutating func took(head bytes: UnsafeRawBufferPointer) {
    headCount += bytes.count
    for byte in bytes.suffix(4) { tail = tail << 8 | UInt32(byte) }
    if tail == 0x0D0A_0D0A { isHeadWhole = true }
  }

  /// So many bytes of the body were.
  mutating func took(body count: Int64) { bodyCount = max(bodyCount, count) }

  /// What may be claimed, for a body of so many bytes.
  func sent(bodySize: Int64?) -> TransportError.Sent {
    if !hasConnected { return .nothing }
    return isHeadWhole && bodyCount == bodySize ? .whole : .partly
  }
}

package import JSONText

/// Reads the data of server-sent events in both dialects; one may hold several of the agent's events.
package struct AgentEventReader: Sendable {
  private var found: [AgentEvent] = []
  private var taken = 0

  /// Creates a reader.
  package init() {}

  /// Gives the next event that was read.
  package mutating func next() -> AgentEvent? {
    guard taken < found.count else { return nil }
    defer {
      taken += 1
      if taken == found.count {
        found.removeAll(keepingCapacity: found.capacity <= 64)
        taken = 0
      }
    }
    return found[taken]
  }

  /// Reads the data of one event.
  package mutating func read(_ data: [UInt8]) {
    found.append(.unknown(data))
  }

  /// Reads data that the end of the stream may have cut: only a whole document counts.
  package mutating func readUnfinished(_ data: [UInt8]) {}

  /// Notes an event whose data was too large to be kept.
  package mutating func noteOversized() { found.append(.unknown([])) }

  /// Reads a document: one event or a list of them.
  package mutating func read(_ document: JSONValue) {}
}

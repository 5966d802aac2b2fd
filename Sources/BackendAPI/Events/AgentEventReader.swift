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
    let start = found.count
    var scan = AgentEventScan(data)
    if scan.read(into: &found) { return }
    found.removeSubrange(start...)
    readAsDocument(data)
  }

  /// Reads the data of one event by way of a whole document, as `read` does where it must.
  package mutating func readAsDocument(_ data: [UInt8]) {
    guard data.contains(where: { $0 > 0x20 }) else {
      found.append(.heartbeat)
      return
    }
    // What is no JSON is kept as it came.
    guard let document = try? JSONValue(parsing: data) else {
      found.append(.unknown(data))
      return
    }
    let events = AgentEventForms.events(of: document)
    if events.isEmpty { found.append(.unknown(data)) } else { found += events }
  }

  /// Reads data that the end of the stream may have cut: a whole document counts.
  package mutating func readUnfinished(_ data: [UInt8]) {
    if data.contains(where: { $0 > 0x20 }) { readAsDocument(data) }
  }

  /// Notes an event whose data was too large to be kept.
  package mutating func noteOversized() { found.append(.unknown([])) }

  /// Reads a document that came in the place of events: one event or a list of them.
  package mutating func read(_ document: JSONValue) {
    let events = AgentEventForms.events(of: document)
    if events.isEmpty { found.append(.unknown(document.bytes)) } else { found += events }
  }
}

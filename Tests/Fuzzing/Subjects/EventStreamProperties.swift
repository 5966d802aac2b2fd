import BackendAPI

/// What holds of splitting a stream of server-sent events, wherever it is cut.
enum EventStreamProperties {
  /// What was found in a stream, with all that counts for it.
  struct Found: Equatable {
    var kind: EventStreamParser.Found
    var data: [UInt8] = []
    var type: [UInt8] = []
    var lastID: [UInt8] = []
    var retry: Int64?
  }

  static func check(_ input: [UInt8]) throws(Violation) {
    var choices = Choices(input)
    let whole = events(in: [input])
    let pieces = choices.pieces(of: input)
    try require(events(in: pieces) == whole, "\(pieces.count) pieces give other events")
    try require(events(in: input.map { [$0] }) == whole, "single bytes give other events")
    let plain = PlainEventStream.events(in: input)
    try require(plain == whole, "\(whole) instead of \(plain)")
  }

  /// All that a stream in pieces holds.
  static func events(in pieces: [[UInt8]]) -> [Found] {
    var parser = EventStreamParser()
    var found: [Found] = []
    func take() {
      while let kind = parser.next() {
        var one = Found(kind: kind, lastID: parser.lastID, retry: parser.retry)
        if kind != .comment {
          one.data = parser.data
          one.type = parser.type
        }
        found.append(one)
      }
    }
    for piece in pieces {
      parser.supply(piece)
      take()
    }
    parser.finish()
    take()
    return found
  }
}

/// The rules of WHATWG HTML, 9.2.6, word by word over a whole stream: slow, and easy to check.
private enum PlainEventStream {
  static func events(in input: [UInt8]) -> [EventStreamProperties.Found] {
    let hasMark = input.starts(with: [0xEF, 0xBB, 0xBF])
    var (rows, rest) = rows(in: Array(input.dropFirst(hasMark ? 3 : 0)))
    // Of a row that was cut off only a field counts.
    if !rest.isEmpty, rest.first != 0x3A { rows.append(rest) }
    var found: [EventStreamProperties.Found] = []
    var event = EventStreamProperties.Found(kind: .event)
    var data: [[UInt8]] = []
    for row in rows {
      let colon = row.firstIndex(of: 0x3A)
      if row.isEmpty {
        if !data.isEmpty {
          event.data = Array(data.joined(separator: [0x0A]))
          found.append(event)
        }
        data = []
        event.type = []
      } else if colon == 0 {
        found.append(.init(kind: .comment, lastID: event.lastID, retry: event.retry))
      } else {
        let name = String(decoding: row[..<(colon ?? row.count)], as: UTF8.self)
        var value = colon.map { Array(row[($0 + 1)...]) } ?? []
        if value.first == 0x20 { value.removeFirst() }
        switch name {
        case "data": data.append(value)
        case "event": event.type = value
        case "id": if !value.contains(0) { event.lastID = value }
        case "retry": event.retry = milliseconds(value) ?? event.retry
        default: break
        }
      }
    }
    if !data.isEmpty {
      event.kind = .unfinishedEvent
      event.data = Array(data.joined(separator: [0x0A]))
      found.append(event)
    }
    return found
  }

  private static func milliseconds(_ value: [UInt8]) -> Int64? {
    guard value.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(String(decoding: value, as: UTF8.self))
  }

  private static func rows(in bytes: [UInt8]) -> (whole: [[UInt8]], rest: [UInt8]) {
    var rows: [[UInt8]] = []
    var row: [UInt8] = []
    var wasReturn = false
    for byte in bytes {
      defer { wasReturn = byte == 0x0D }
      if byte == 0x0A, wasReturn { continue }
      if byte == 0x0A || byte == 0x0D {
        rows.append(row)
        row = []
      } else {
        row.append(byte)
      }
    }
    return (rows, row)
  }
}

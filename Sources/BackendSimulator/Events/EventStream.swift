import JSONText

/// The body of the agent's answer: pieces to be written one by one.
struct EventStream: Sendable {
  /// Bytes with the pause before them.
  struct Piece: Sendable {
    var bytes: [UInt8]
    var pauseMilliseconds: Int
    /// How often it is sent.
    var repeats = 1
  }

  private var pieces: [Piece]
  private var position = 0
  private var repeated = 0

  init(pieces: [Piece]) { self.pieces = pieces }

  /// The next piece; `nil` at the end.
  mutating func next() -> Piece? {
    guard position < pieces.count else { return nil }
    let piece = pieces[position]
    repeated += 1
    if repeated >= piece.repeats {
      position += 1
      repeated = 0
    }
    return piece
  }

  /// All bytes, for tests of determinism.
  var bytes: [UInt8] {
    pieces.flatMap { Array(repeatElement($0.bytes, count: $0.repeats).joined()) }
  }
}

/// Writes events as server-sent events (the HTML standard, 9.2), in every form that it allows.
struct EventWriter {
  var options: EventOptions
  private var random: SeededRandom
  private var pieces: [EventStream.Piece] = []
  private var number = 0

  init(options: EventOptions, seed: UInt64) {
    self.options = options
    random = SeededRandom(seed: seed, for: "writes")
  }

  /// Adds an event of a JSON document.
  mutating func event(_ document: JSONValue) {
    number += 1
    var rows: [String] = []
    if options.hasComments { rows.append(number % 2 == 0 ? ":" : ": ping") }
    if options.hasNoise, number % 3 == 1 { rows += ["data:", ""] }
    if options.hasFields { rows += ["event: message", "id: \(number)", "retry: 3000"] }
    let text = String(decoding: document.bytes, as: UTF8.self)
    let parts = options.hasSeveralDataRows ? Self.rows(of: text) : [text]
    // The space after the colon is optional.
    rows += parts.map { options.hasNoise && number % 2 == 0 ? "data:\($0)" : "data: \($0)" }
    rows.append("")
    let end = options.rowEnd.text
    add(Array((rows.joined(separator: end) + end).utf8))
  }

  /// Adds so many events of no importance, a hundred a write.
  mutating func flood(_ count: Int) {
    let event = Array("data: {\"type\":\"text\",\"content\":\"word \"}\n\n".utf8)
    let hundred = Array(repeatElement(event, count: 100).joined())
    if count >= 100 {
      pieces.append(.init(bytes: hundred, pauseMilliseconds: 0, repeats: count / 100))
    }
    if count % 100 > 0 {
      pieces.append(.init(bytes: event, pauseMilliseconds: 0, repeats: count % 100))
    }
  }

  /// The stream of what was added.
  consuming func stream() -> EventStream {
    if options.splitting == .none {
      let pause = pieces.map(\.pauseMilliseconds).max() ?? 0
      let bytes = EventStream(pieces: pieces).bytes
      return EventStream(
        pieces: bytes.isEmpty ? [] : [.init(bytes: bytes, pauseMilliseconds: pause)])
    }
    return EventStream(pieces: pieces)
  }

  private mutating func add(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let length =
        switch options.splitting {
        case .byte: 1
        case .odd: 1 + random.below(13)
        case .event, .none: bytes.count
        }
      let end = min(bytes.count, start + length)
      pieces.append(
        .init(
          bytes: Array(bytes[start..<end]),
          pauseMilliseconds: start == 0 ? options.paceMilliseconds : 0))
      start = end
    }
  }

  /// Cuts a document after commas that stand outside of strings.
  private static func rows(of document: String) -> [String] {
    var rows: [String] = []
    var row: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in document.utf8 {
      row.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      } else if byte == UInt8(ascii: ","), !isInString {
        rows.append(String(decoding: row, as: UTF8.self))
        row = []
      }
    }
    if !row.isEmpty { rows.append(String(decoding: row, as: UTF8.self)) }
    return rows
  }
}

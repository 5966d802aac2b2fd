import BackendAPI
import TestSupport
import Testing

/// The rules of WHATWG HTML, 9.2.6, whatever the pieces.
struct EventStreamParserTests {
  /// What a stream holds, as text: `type|data` an event, `:` a comment, `!` too large, `~` cut off.
  static func parse(_ pieces: [[UInt8]]) -> [String] {
    var parser = EventStreamParser()
    var found: [String] = []
    func drain() {
      while let next = parser.next() {
        let data = String(decoding: parser.data, as: UTF8.self)
        switch next {
        case .event: found.append(String(decoding: parser.type, as: UTF8.self) + "|" + data)
        case .comment: found.append(":")
        case .oversizedEvent: found.append("!")
        case .unfinishedEvent: found.append("~" + data)
        }
      }
    }
    for piece in pieces {
      parser.supply(piece)
      drain()
    }
    parser.finish()
    drain()
    return found
  }

  static func parse(_ text: String) -> [String] { parse([Array(text.utf8)]) }

  static let streams: [(String, [String])] = [
    ("", []), ("\n\n\n", []), ("data: a\n\n", ["|a"]), ("data:a\n\n", ["|a"]),
    ("data:  a\n\n", ["| a"]), ("data\n\n", ["|"]), ("data:\n\n", ["|"]),
    ("data: a\ndata: b\n\n", ["|a\nb"]), ("data\ndata\n\n", ["|\n"]),
    ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", ["|a", "|b", "|c"]),
    ("data: a\r\n\r\n\r\n\r\ndata: b\n\r\n", ["|a", "|b"]),
    ("\u{FEFF}data: a\n\n", ["|a"]), ("\u{FEFF}\u{FEFF}data: a\n\n", []),
    (": ping\n\ndata: a\n: x\ndata: b\n\n", [":", ":", "|a\nb"]),
    ("event: e\ndata: a\n\ndata: b\n\n", ["e|a", "|b"]), ("event: e\n\ndata: a\n\n", ["|a"]),
    ("id: 1\nretry: 5\nfoo: x\nfoo\ndata: a\n\n", ["|a"]),
    ("dataa: x\ndat: x\n data: x\nDATA: x\ndata: a\n\n", ["|a"]),
    ("data: a\u{2028}b\u{2029}c\u{85}d\n\n", ["|a\u{2028}b\u{2029}c\u{85}d"]),
    ("data: {\"x\":\"天气 🎬\"}\n\n", ["|{\"x\":\"天气 🎬\"}"]),
    ("data: a: b\n\n", ["|a: b"]), ("data: a\n", ["~a"]), ("data: a", ["~a"]),
    ("data: a\n\ndata: b", ["|a", "~b"]), (":", []), ("data: a\0b\n\n", ["|a\0b"]),
    ("event: x\r\ndata: 1\r\ndata: 2\r\n\r\n", ["x|1\n2"]),
  ]

  @Test(arguments: streams)
  func streamsAreSplitIntoEvents(text: String, expected: [String]) {
    #expect(Self.parse(text) == expected)
  }

  @Test(arguments: streams)
  func everySplitGivesTheSameEvents(text: String, expected: [String]) {
    let bytes = Array(text.utf8)
    for first in 0...bytes.count {
      for second in first...bytes.count {
        let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]].map { Array($0) }
        #expect(Self.parse(pieces) == expected, "split at \(first), \(second)")
      }
    }
    #expect(Self.parse(bytes.map { [$0] }) == expected)
  }

  @Test func randomStreamsAreSplitAlike() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    let tokens = [
      "data: ", "data:", "data", "\n", "\n", "\n\n", "\r", "\r\n", "\r\n\r\n", ":", ": c",
      "event: e",
      "id: 1", "retry: 9", "x", "é🎬", "\u{2028}", "\u{FEFF}", " ", "\0",
    ]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        tokens.randomElement(using: &random) ?? ""
      }.joined()
      let whole = Self.parse(text)
      var rest = Array(text.utf8)[...]
      var pieces: [[UInt8]] = []
      while !rest.isEmpty {
        let count = Int.random(in: 0...min(7, rest.count), using: &random)
        pieces.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      #expect(Self.parse(pieces) == whole, "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test func fieldsOfTheStreamAreKept() {
    var parser = EventStreamParser()
    parser.supply(
      Array("id: 7\nretry: 300\ndata: a\n\nid: a\0b\nretry: x\nretry: 99999999999999999999\n".utf8))
    while parser.next() != nil {}
    #expect(parser.lastID == Array("7".utf8))
    #expect(parser.retry == 300)
  }

  @Test func anEventHasABound() {
    let large = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
    var pieces: [[UInt8]] = [Array("data: ".utf8)]
    pieces += Array(repeating: large, count: 17)
    pieces += [Array("\n\ndata: b\n\n".utf8)]
    #expect(Self.parse(pieces) == ["!", "|b"])
    var lines: [[UInt8]] = []
    for _ in 0..<17 { lines += [Array("data: ".utf8), large, Array("\n".utf8)] }
    lines += [Array("\ndata: b\n\n".utf8)]
    #expect(Self.parse(lines) == ["!", "|b"])
    #expect(
      Self.parse(
        [Array(":".utf8)] + Array(repeating: large, count: 17)
          + [Array("\ndata: b\n\n".utf8)]) == ["|b"])
    #expect(Self.parse([Array("data: ".utf8)] + Array(repeating: large, count: 17)) == ["!"])
  }
}

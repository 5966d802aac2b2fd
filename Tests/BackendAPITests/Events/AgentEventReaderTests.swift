import BackendAPI
import JSONText
import TestSupport
import Testing

/// Both dialects, and what a real ADK server sends besides.
struct AgentEventReaderTests {
  static func read(_ data: String, asDocument: Bool = false) -> [AgentEvent] {
    var reader = AgentEventReader()
    if asDocument {
      reader.readAsDocument(Array(data.utf8))
    } else {
      reader.read(Array(data.utf8))
    }
    var events: [AgentEvent] = []
    while let event = reader.next() { events.append(event) }
    return events
  }

  private static func failed(_ detail: String, _ number: Int = 200) -> AgentEvent {
    .failure(ServiceError(.agentFailed, number: number, detail: detail))
  }

  static let forms: [(String, [AgentEvent])] = [
    (#"{"type":"text","content":"Hello"}"#, [.text("Hello", isPartial: true)]),
    (
      #"{"content":"a\n\"b\" \u5929\ud83c\udfac","type":"text","n":[1,{"a":"]}"}]}"#,
      [.text("a\n\"b\" 天🎬", isPartial: true)]
    ),
    (#"{"type":"text","content":"a","partial":false}"#, [.text("a", isPartial: false)]),
    (#"{"type":"text","content":""}"#, [.heartbeat]),
    (#"{"type":"text","content":null}"#, [.heartbeat]),
    (#"{"type":"text","text":"a"}"#, [.text("a", isPartial: true)]),
    (
      #"{"type":"text","content":{"parts":[{"text":"a"},{"text":"b"}]}}"#,
      [.text("ab", isPartial: true)]
    ),
    (
      #"{"type":"tool_call","name":"cut","args":{"name":"x","type":"text"}}"#,
      [.toolCall(name: "cut")]
    ),
    (#"{"type":"tool_result","name":"cut","result":null}"#, [.toolResult(name: "cut")]),
    (#"{"type":"tool_call","args":{}}"#, [.toolCall(name: "")]),
    (#"{"type":"heartbeat"}"#, [.heartbeat]), (#" {"type" : "heartbeat" } "#, [.heartbeat]),
    ("", [.heartbeat]), (" ", [.heartbeat]),
    (#"{"type":"error","message":"boom"}"#, [failed("boom")]),
    (
      #"{"content":{"role":"model","parts":[{"text":"Hi"}]},"partial":true,"author":"a","id":"e1","timestamp":1.5e9}"#,
      [.text("Hi", isPartial: true)]
    ),
    (
      #"{"content":{"parts":[{"text":"Hi"}],"role":"model"},"author":"a","invocationId":"i"}"#,
      [.text("Hi", isPartial: false)]
    ),
    (
      #"{"content":{"parts":[{"text":"a"},{"functionCall":{"id":"1","args":{"name":"no"},"name":"f"}},{"text":"b"}]}}"#,
      [.text("a", isPartial: false), .toolCall(name: "f"), .text("b", isPartial: false)]
    ),
    (
      #"{"content":{"parts":[{"function_call":{"name":"f"}},{"function_response":{"name":"g","response":{}}}]},"partial":false}"#,
      [.toolCall(name: "f"), .toolResult(name: "g")]
    ),
    (
      #"{"content":{"parts":[{"functionResponse":{"name":"g","response":{"text":"no"}}}]}}"#,
      [.toolResult(name: "g")]
    ),
    (
      #"{"content":{"parts":[{"text":"thinking","thought":true},{"text":"said"}]}}"#,
      [.text("said", isPartial: false)]
    ),
    (#"{"content":{"parts":[]},"author":"a"}"#, [.heartbeat]),
    (#"{"content":{"parts":[{"text":""}]},"author":"a"}"#, [.heartbeat]),
    (#"{"content":{"parts":[{"inlineData":{"data":"AA=="}}]}}"#, [.heartbeat]),
    (#"{"author":"a","actions":{"stateDelta":{"x":1}},"id":"7"}"#, [.heartbeat]),
    (#"{"errorCode":"SAFETY","errorMessage":"blocked","author":"a"}"#, [failed("blocked")]),
    (
      #"{"errorCode":"MAX_TOKENS","content":{"parts":[{"text":"half"}]}}"#,
      [.text("half", isPartial: false), failed("MAX_TOKENS")]
    ),
    (#"{"error_code":"429","error_message":"quota"}"#, [failed("quota", 429)]),
    (
      #"{"errorCode":null,"errorMessage":null,"content":{"parts":[{"text":"a"}]}}"#,
      [.text("a", isPartial: false)]
    ),
    (#"{"error":"it broke"}"#, [failed("it broke")]),
    (#"{"error":"it broke","error_details":"Traceback"}"#, [failed("it broke")]),
    (#"{"error":{"code":500,"message":"inner"}}"#, [failed("inner", 500)]),
    (
      #"{"code":1002,"message":"gone"}"#,
      [.failure(ServiceError(.sessionExpired, number: 1002, detail: "gone"))]
    ),
    (
      #"{"code":2001,"message":"no credits","data":null}"#,
      [.failure(ServiceError(.outOfCredits, number: 2001, detail: "no credits"))]
    ),
    (
      #"[{"type":"heartbeat"},{"content":{"parts":[{"text":"a"}]}}]"#,
      [.heartbeat, .text("a", isPartial: false)]
    ),
    (#"{"content":"bare"}"#, [.text("bare", isPartial: true)]),
    (
      "{\"content\":{\"parts\":[{\"text\":\"a\u{2028}b\u{85}c\"}]}}",
      [.text("a\u{2028}b\u{85}c", isPartial: false)]
    ),
    ("{\"content\":\n{\"parts\":[{\"text\":\"a\"}]}}", [.text("a", isPartial: false)]),
    (#"{"\u0074ype":"text","content":"a"}"#, [.text("a", isPartial: true)]),
  ]

  @Test(arguments: forms)
  func formsAreRead(data: String, expected: [AgentEvent]) {
    #expect(Self.read(data) == expected)
    #expect(Self.read(data, asDocument: true) == expected)
  }

  @Test(arguments: [
    "[DONE]", "hello", "{", #"{"type":"text","content":"a"#, #"{"type":"progress","percent":3}"#,
    "7",
    #"{"type":"thinking","content":"hm"}"#, #"{"type":"log","text":"x","partial":true}"#,
    "{}", #"{"code":0,"message":"ok"}"#, "null", #"{"type":"text","content":"a"}}"#, "{\"type\":7}",
  ])
  func whatIsNotKnownIsKeptAsItCame(data: String) {
    #expect(Self.read(data) == [.unknown(Array(data.utf8))])
  }

  @Test func bytesThatAreNoTextAreNoTrap() {
    var reader = AgentEventReader()
    reader.read(Array(#"{"type":"text","content":""#.utf8) + [0xFF, 0xC3] + Array(#""}"#.utf8))
    #expect(reader.next() == .text("\u{FFFD}\u{FFFD}", isPartial: true))
  }

  /// Small changes of known forms: both ways of reading agree on whatever is JSON at all.
  @Test func bothWaysOfReadingAgree() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "\"", "{", "}", "[", "]", ",", ":", "null", "true", "false", "1.5", "\"type\":\"text\",",
      "\"partial\":true,", "\"thought\":true,", "\"text\":\"x\",", "\"name\":\"n\",", "\\u00e9",
      "\\",
      "\"content\":{},", "\"parts\":[],", "\"error\":\"e\",", " ", "\n",
    ]
    for _ in 0..<4_000 {
      var data = Array((Self.forms.randomElement(using: &random)?.0 ?? "").utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0...data.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
          data.insert(
            contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
        case 1: if place < data.count { data.remove(at: place) }
        default:
          if place < data.count { data[place] = UInt8.random(in: 0x20...0x7E, using: &random) }
        }
      }
      let text = String(decoding: data, as: UTF8.self)
      let events = Self.read(text)
      #expect(!events.isEmpty, "seed \(seed): \(text)")
      guard (try? JSONValue(parsing: data)) != nil else { continue }
      #expect(events == Self.read(text, asDocument: true), "seed \(seed): \(text)")
    }
  }
}

import BackendAPI
import Testing

/// Every word once, whatever the dialect repeats.
struct ReplyAssemblerTests {
  private static func piece(_ text: String) -> AgentEvent { .text(text, isPartial: true) }
  private static func whole(_ text: String) -> AgentEvent { .text(text, isPartial: false) }

  static let replies: [([AgentEvent], String)] = [
    ([], ""), ([.heartbeat, .toolCall(name: "a")], ""),
    ([piece("Hel"), piece("lo"), .heartbeat, piece(" there")], "Hello there"),
    ([piece("Hel"), piece("lo"), whole("Hello")], "Hello"),
    ([whole("Hello")], "Hello"), ([whole("One"), whole("Two")], "One\n\nTwo"),
    ([piece("One"), whole("One"), .toolCall(name: "t"), piece("Two"), whole("Two")], "One\n\nTwo"),
    ([piece("One"), .toolCall(name: "t"), .toolResult(name: "t"), piece("Two")], "One\n\nTwo"),
    ([piece("Hel"), whole("Hello there")], "Hello there"),
    (
      [piece("a1 "), piece("b1 "), piece("a2"), piece("b2"), whole("a1 a2"), whole("b1 b2")],
      "a1 a2\n\nb1 b2"
    ),
    ([piece("Hello\n"), piece(" there"), whole("Hello there\n")], "Hello there\n"),
    ([piece("It is done."), piece("Now look: two.")], "It is done.\nNow look: two."),
    ([piece("in the U."), piece("S.")], "in the U.S."),
    ([piece("你好。"), piece("我来了。")], "你好。我来了。"),
    ([whole("Done.\n\n"), whole("\nNext.")], "Done.\n\n\nNext."),
    ([whole("Done."), whole("I encountered a temporary issue. Please try again.")], "Done."),
    ([piece("Done. "), piece("I encoun"), piece("tered a temporary issue")], "Done."),
    ([whole("I encountered a temporary issue.")], "I encountered a temporary issue."),
    ([piece("Title done. i encountered a temporary issue")], "Title done."),
    ([piece("I"), piece(" can")], "I can"),
    // A server may repeat an event; after a tool was used the same words are said anew.
    ([piece("yes"), whole("yes"), whole("yes")], "yes"),
    ([whole("Done."), .heartbeat, whole("Done.")], "Done."),
    ([whole("yes"), .toolCall(name: "t"), whole("yes")], "yes\n\nyes"),
    ([whole("Half"), .failure(ServiceError(.agentFailed, number: 200))], "Half"),
  ]

  @Test(arguments: replies)
  func everyWordStandsOnce(events: [AgentEvent], text: String) {
    var assembler = ReplyAssembler()
    for event in events { _ = assembler.absorb(event) }
    #expect(assembler.text == text)
    #expect(assembler.hasWords == !text.isEmpty)
  }

  /// Nothing that was shown can be taken back, so mixed speakers are shown as they came.
  @Test(arguments: replies)
  func whatIsShownAsItComesIsTheReply(events: [AgentEvent], text: String) {
    var assembler = ReplyAssembler()
    var shown = ""
    for event in events { shown += assembler.absorb(event) }
    shown += assembler.finish()
    let letters: (String) -> [Character] = { $0.filter { !$0.isWhitespace }.sorted() }
    #expect(letters(shown) == letters(text))
  }

  @Test func aNoteInTheMiddleStays() {
    var assembler = ReplyAssembler()
    var shown = assembler.absorb(
      Self.piece("First. I encountered a temporary issue with the sound, "))
    #expect(shown == "First.")
    let more = String(repeating: "and then it went well again, ", count: 20)
    shown += assembler.absorb(Self.piece(more))
    shown += assembler.finish()
    #expect(shown == "First. I encountered a temporary issue with the sound, " + more)
    #expect(assembler.text == shown)
  }

  /// Quadratic time shows as minutes here.
  @Test(.timeLimit(.minutes(1))) func aHundredThousandWholesTakeLinearTime() {
    var assembler = ReplyAssembler()
    _ = assembler.absorb(Self.piece("first"))
    for number in 0..<100_000 { _ = assembler.absorb(Self.whole("\(number)")) }
    #expect(assembler.text.hasSuffix("\n\n99999"))
  }

  @Test func aFailureIsKeptBesideTheWords() {
    var assembler = ReplyAssembler()
    _ = assembler.absorb(Self.whole("Half"))
    _ = assembler.absorb(.failure(ServiceError(.agentFailed, number: 200, detail: "quota")))
    #expect(assembler.failure?.detail == "quota" && assembler.text == "Half")
  }
}

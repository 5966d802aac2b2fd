import ScriptMerge
import ScriptModel
import Testing

struct DocumentCapabilitiesTests {
  private let base = talk([
    (1, "<b>Hello</b> there my friend"), (2, "How are you\non this fine day"), (3, "Very well"),
  ]).with {
    $0.lines[0].start = Milliseconds(1234)
    $0.lines[1].start = Milliseconds(3700)
    $0.lines[2].kind = .direction
  }

  /// The base as a format gives it back that holds less.
  private func returned(
    _ limit: (inout DocumentCapabilities) -> Void, _ change: (inout Script) -> Void
  ) -> Script {
    var capabilities = DocumentCapabilities()
    limit(&capabilities)
    return Alignment.identify(
      base.with(change).withoutIDs, against: base, capabilities: capabilities)
  }

  @Test func markupThatAFormatCanNotHoldIsNotDeleted() {
    let same = returned({ $0.holdsMarkup = false }, { $0.lines[0].text = "Hello there my friend" })
    #expect(same == base)
    let edited = returned(
      { $0.holdsMarkup = false }, { $0.lines[0].text = "Hello there my dear friend" })
    #expect(edited.texts[0] == "<b>Hello</b> there my dear friend")
    let held = returned({ _ in }, { $0.lines[0].text = "Hello there my friend" })
    #expect(held.texts[0] == "Hello there my friend")
  }

  @Test func rowsThatAFormatCanNotHoldAreNotJoined() {
    let same = returned(
      { $0.holdsRows = false }, { $0.lines[1].text = "How are you on this fine day" })
    #expect(same == base)
    let edited = returned(
      { $0.holdsRows = false }, { $0.lines[1].text = "How are you on this cold day" })
    #expect(edited.texts[1] == "How are you\non this cold day")
  }

  @Test func timesInWholeSecondsAreNoEdits() {
    let cut = returned({ $0.timeStep = 1000 }) {
      for index in $0.lines.indices {
        $0.lines[index].start = $0.lines[index].start.map {
          Milliseconds($0.rawValue / 1000 * 1000)
        }
      }
    }
    #expect(cut == base)
    let rounded = returned({ $0.timeStep = 1000 }) { $0.lines[1].start = Milliseconds(4000) }
    #expect(rounded == base)
    let edited = returned({ $0.timeStep = 1000 }) { $0.lines[1].start = Milliseconds(5000) }
    #expect(edited.lines[1].start == Milliseconds(5000))
  }

  @Test func missingTimesSpeakersAndKindsAreNotDeleted() {
    let bare = returned({
      $0.holdsTimes = false
      $0.holdsSpeakers = false
      $0.holdsKinds = false
    }) {
      $0.speakers = []
      for index in $0.lines.indices {
        $0.lines[index].start = nil
        $0.lines[index].end = nil
        $0.lines[index].speaker = nil
        $0.lines[index].kind = .dialogue
      }
    }
    #expect(bare == base)
  }

  @Test func aLineWithoutAnEndInItsFormatKeepsItsLength() {
    let moved = returned({ $0.holdsEndTimes = false }) {
      $0.lines[2].start = $0.lines[2].start.map { $0 + Milliseconds(500) }
      $0.lines[2].end = nil
    }
    #expect(moved.lines[2].end == base.lines[2].end.map { $0 + Milliseconds(500) })
  }
}

import BackendAPI
import ScriptModel
import ScriptStore
import ScriptSync
import TestSupport
import Testing

/// Random edits of both sides: whatever the service makes of captions, all settles and no word is lost.
@Suite struct TrackLaws {
  private static let words = [
    "lamp", "boat", "door", "night", "harbour", "key", "storm", "light", "rope", "gull",
  ]

  private static func sentence(_ random: inout SeededGenerator, _ number: inout Int) -> String {
    number += 1
    let count = Int.random(in: 2...9, using: &random)
    let body = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
    return "w\(number) " + body.joined(separator: " ")
  }

  private static func editHere(
    _ stage: inout TrackStage, _ random: inout SeededGenerator, _ number: inout Int
  ) {
    let index = Int.random(in: 0..<max(1, stage.script.lines.count), using: &random)
    guard stage.script.lines.indices.contains(index) else { return }
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1: stage.script.lines[index].text = sentence(&random, &number)
    case 2:
      stage.script.lines[index].speaker = stage.script.speakers.randomElement(using: &random)?.id
    case 3:
      stage.script.lines.insert(
        Line(
          id: Line.ID(high: 88, low: UInt64(number)), text: sentence(&random, &number)), at: index)
    default: if stage.script.lines.count > 3 { stage.script.lines.remove(at: index) }
    }
  }

  private static func editThere(
    _ stage: inout TrackStage, _ random: inout SeededGenerator, _ number: inout Int
  ) {
    let index = Int.random(in: 0..<max(1, stage.captions.count), using: &random)
    guard stage.captions.indices.contains(index) else { return }
    switch Int.random(in: 0..<4, using: &random) {
    case 0, 1: stage.captions[index].text = sentence(&random, &number)
    case 2: stage.captions[index].start = stage.captions[index].start + Milliseconds(70)
    default: if stage.captions.count > 3 { stage.captions.remove(at: index) }
    }
  }

  @Test(arguments: TrackStage.Service.allCases)
  func allSettlesAndNoWordIsLost(service: TrackStage.Service) {
    for seed in 1...150 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      var number = 0
      let texts = (0..<Int.random(in: 3...12, using: &random)).map { _ in
        Self.sentence(&random, &number)
      }
      var stage = TrackStage(service, conversation(texts, isTimed: seed % 3 > 0))
      stage.push()
      for round in 1...4 {
        let agreedNumber = number
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          Self.editHere(&stage, &random, &number)
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          Self.editThere(&stage, &random, &number)
        }
        let written = (stage.script.texts + stage.captions.map(\.text)).filter { text in
          Self.mark(of: text).flatMap { Int($0.dropFirst()) } ?? 0 > agreedNumber
        }
        stage.pushes = 0
        stage.pull()
        let kept =
          stage.script.texts
          + stage.open.flatMap { [$0.base, $0.ours, $0.theirs].compactMap(\.self) }
        let place = "seed \(seed), round \(round), \(service)"
        for text in written {
          let mark = Self.mark(of: text) ?? ""
          let isKept = kept.contains { $0.contains("\(mark) ") }
          #expect(isKept, "'\(text)' is lost: \(place)")
        }
        let outcome = stage.sync()
        #expect(outcome.unsentLines == 0, "\(place)")
        #expect(stage.pushes <= 1, "\(place)")
        let agreed = stage.script
        stage.pull()
        #expect(stage.script == agreed, "a look without news changed something: \(place)")
      }
    }
  }

  /// Each sentence begins with a word that no other has.
  private static func mark(of text: String) -> Substring? {
    text.split { $0 == " " || $0 == "\n" }.first { $0.hasPrefix("w") }
  }
}

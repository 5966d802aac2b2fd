import BackendSimulator
import JSONText
import TestSupport
import Testing

private let extraction = "Please give me a full written script from this video with speaker labels"

/// What the agent says.
private func reply(_ visitor: Visitor, _ message: String) throws -> String {
  spoken(events(in: try visitor.say(message).body))
}

@Test(arguments: TranscriptLayout.allCases)
func aFixtureIsToldInEveryLayout(layout: TranscriptLayout) throws {
  let folder = TemporaryFolder()
  let fixture = """
    [00:00:01.000 --> 00:00:02.500] Anna: Good morning.
    [00:00:03.000 --> 00:00:04.000] Ben: Hello. How are you?
    """
  TestFile.write(Array(fixture.utf8), to: folder.path + "/talk.txt")
  let simulator = try Simulator(
    quickOptions {
      $0.agent.fixturesFolder = folder.path
      $0.agent.layout = layout
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.exchange(visitor.upload([1], name: "talk.mp4"))
  let text = try reply(visitor, extraction)
  for words in ["Good morning.", "Hello. How are you?"] { #expect(text.contains(words)) }
  for name in ["anna", "ben"] { #expect(text.lowercased().contains(name)) }
  #expect(text.hasPrefix("Here is the full script") && text.hasSuffix("any changes."))
  let segments = simulator.tracks().first?.segments
  #expect(simulator.tracks().first?.name == "talk")
  #expect(segments?.map(\.start) == [1000, 3000] && segments?.map(\.end) == [2500, 4000])
  #expect(simulator.charges.map(\.credits) == [20])
}

@Test func theTrackMayHaveSentencesWhereTheReplyHasTurns() throws {
  let folder = TemporaryFolder()
  TestFile.write(
    Array("[0:00:01 --> 0:00:03] Ben: Hello. Well? Yes".utf8), to: folder.path + "/a.mp4.txt")
  let simulator = try Simulator(
    quickOptions {
      $0.agent.fixturesFolder = folder.path
      $0.agent.splitsTurns = true
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.exchange(visitor.upload([1], name: "0123456789ab-a.mp4"))
  _ = try visitor.exchange(visitor.upload([1], name: "a.mp4"))
  #expect(try reply(visitor, extraction).contains("Ben: Hello. Well? Yes"))
  let segments = try #require(simulator.tracks().first?.segments)
  #expect(segments.map(\.text) == ["Hello.", "Well?", "Yes"])
  #expect(segments.first?.start == 1000 && segments.last?.end == 3000)
}

@Test func aVideoIsFinalAfterItsSecondStage() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say("Turn this script into a 30-second video with background music")
  let raw = try visitor.state()
  #expect(raw["draft"]?["t"]?.array?.count == 1)
  #expect(raw["generated_media"]?[0]?["status"]?.string == "raw")
  let final = try visitor.state()
  #expect(final["draft"]?["t"]?.array?.compactMap { $0["tt"]?.integer } == [0, 1, 7, 5])
  #expect(final["generated_media"]?[0]?["status"]?.string == "final")
  #expect(simulator.tracks().first?.segments.first?.duration == 30_000)
  #expect(simulator.charges.map(\.kind) == ["generation"])
}

@Test func aPushReplacesItsTrackAndNoOther() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say("Add a title \"Hello\"")
  _ = try visitor.say(smallPush)
  _ = try visitor.say(
    """
    Replace the text track "Talk" with exactly these captions and leave every other track as it is.
    ````srt
    7
    00:00:01,000 --> 00:00:02,000
    Two rows
    ```

    8
    01:00:02,000 --> 01:00:02,500

    9
    01:00:03,000 --> 01:00:03,500
    2
    ````
    """)
  #expect(simulator.tracks().map(\.name) == ["Title", "Talk"])
  let segments = simulator.tracks()[1].segments
  #expect(segments.map(\.text) == ["Two rows\n```", "", "2"])
  #expect(segments.map(\.start) == [1000, 3_602_000, 3_603_000])
  #expect(simulator.executions(of: smallPush) == 1)
}

@Test func aPushMayNameAnUploadedFile() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let captions = "1\n00:00:00,000 --> 00:00:01,000\nANNA: Hi.\n"
  _ = try visitor.exchange(visitor.upload(Array(captions.utf8), name: "ab12-My Talk.srt"))
  let message =
    "Replace the text track \"My \"Talk\"\" with exactly these captions and leave every other "
    + "track as it is: the file \"ab12-My Talk.srt\"."
  _ = try visitor.say(message)
  #expect(simulator.tracks().first?.name == "My \"Talk\"")
  #expect(simulator.tracks().first?.segments.map(\.text) == ["ANNA: Hi."])
}

@Test func editsChangeWhatTheySay() throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say(smallPush)
  _ = try visitor.say("Replace \"morning\" with \"evening\" in the captions")
  _ = try visitor.say("Add background music \"Jazz\"")
  _ = try visitor.say("Set the volume to 20")
  _ = try visitor.say("How many tracks are there?")
  let tracks = simulator.tracks()
  #expect(tracks[0].segments.map(\.text) == ["ANNA: Good evening."])
  #expect(tracks[1].segments.map(\.text) == ["Jazz"] && tracks[1].segments[0].volume == 20)
  #expect(simulator.charges.map(\.kind) == ["push", "edit", "edit", "edit", "talk"])
}

@Test func aboutThreeInTenEditsAreSilent() throws {
  let simulator = try Simulator(quickOptions { $0.agent.silentPercent = 30 })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  var silent = 0
  for number in 0..<100 where try reply(visitor, "Add a title \"\(number)\"").isEmpty {
    silent += 1
  }
  #expect((15...45).contains(silent))
  #expect(simulator.charges.count == 100)
}

@Test func theSameSeedIsTheSameService() throws {
  func run(seed: UInt64) throws -> [[UInt8]] {
    let simulator = try Simulator(
      quickOptions {
        $0.seed = seed
        $0.agent.silentPercent = 50
        $0.events.splitting = .odd
        $0.events.dialect = .adk
      })
    defer { simulator.stop() }
    let visitor = try Visitor(simulator)
    var bodies: [[UInt8]] = []
    for number in 0..<10 { bodies.append(try visitor.say("Add a title \"\(number)\"").body) }
    bodies.append(try visitor.state().bytes)
    return bodies
  }
  #expect(try run(seed: 5) == run(seed: 5))
  #expect(try run(seed: 5) != run(seed: 6))
}

@Test func withoutCreditsNothingIsDone() throws {
  let simulator = try Simulator(quickOptions { $0.access.credits = 15 })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say("Add a title \"A\"")
  let refused = try visitor.say("Add a title \"B\"")
  #expect(refused.code == 2001 && refused.json["data"]?["user_id"]?.string != nil)
  #expect(simulator.tracks().first?.segments.map(\.text) == ["A"])
  simulator.setCredits(10)
  #expect(try visitor.say("Add a title \"B\"").code == nil)
}

@Test func repliesMaySpeakOfButtons() throws {
  let simulator = try Simulator(
    quickOptions {
      $0.agent.talksOfGUI = true
      $0.agent.endsWithTemporaryIssue = true
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let text = try reply(visitor, "Add a title \"A\"")
  #expect(text.contains("I've added the title") && text.contains("temporary issue"))
  #expect(text.split(separator: "\n\n").count == 4)
}

@Test func manyClientsAtOnceAreCountedOneByOne() async throws {
  let simulator = try Simulator(quickOptions())
  defer { simulator.stop() }
  try await withThrowingTaskGroup(of: Void.self) { group in
    for client in 0..<8 {
      group.addTask {
        let visitor = try Visitor(simulator, client: "client-\(client)")
        for _ in 0..<10 { #expect(try visitor.say(smallPush).isWhole) }
      }
    }
    try await group.waitForAll()
  }
  #expect(simulator.executions(of: smallPush) == 80)
  #expect(Set(simulator.charges.map(\.number)).count == 80)
  #expect(simulator.sessionIDs.count == 8)
}

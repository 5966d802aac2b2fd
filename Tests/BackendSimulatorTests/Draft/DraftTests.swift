import BackendSimulator
import JSONText
import Testing

private let allKeys = SegmentKeys.choices.flatMap { choice in
  choice.keys.map { (choice.field, $0) }
}

/// The value at a key such as `m.text`.
private func value(_ object: JSONValue?, _ key: String) -> JSONValue? {
  key.hasPrefix("m.") ? object?["m"]?[String(key.dropFirst(2))] : object?[key]
}

@Test(arguments: allKeys)
func aSegmentHasTheKeysThatAreWanted(field: String, key: String) throws {
  var options = quickOptions()
  let isSet = options.draft.keys.set(field, to: key)
  #expect(isSet)
  let simulator = try Simulator(options)
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.say(smallPush)
  simulator.edit(track: "Talk") { segments in
    segments.append(
      SimulatedSegment(id: "", text: "Hello.", speaker: "BEN", start: 4000, duration: 1000))
  }
  let track = try #require(visitor.state()["draft"]?["t"]?[0])
  let segment = track["sg"]?[1]
  switch field {
  case "name": #expect(value(track, key)?.string == "Talk")
  case "id": #expect((value(segment, key)?.string != nil) == (key != "none"))
  case "start": #expect(value(segment, key)?.integer == (key == "none" ? nil : 4000))
  case "duration":
    #expect(value(segment, key)?.integer == (key.hasSuffix("end") ? 5000 : 1000))
  case "speaker":
    #expect(
      value(segment, "m.text")?.string == (key == "label" ? "BEN: Hello." : "Hello."))
    #expect(value(segment, key)?.string == (key.hasSuffix("speaker") ? "BEN" : nil))
    let pushed = track["sg"]?[0]
    #expect(
      value(pushed, "m.text")?.string
        == (key.hasSuffix("speaker") ? "Good morning." : "ANNA: Good morning."))
  default: #expect(value(segment, key)?.string == "BEN: Hello.")
  }
}

@Test func withoutStartsASegmentLastsUntilTheNext() throws {
  let simulator = try Simulator(quickOptions { $0.draft.keys.start = "none" })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  simulator.edit(track: "Talk") { segments in
    segments = [
      SimulatedSegment(id: "a", text: "One", start: 0, duration: 1000),
      SimulatedSegment(id: "b", text: "Two", start: 3000, duration: 1000),
    ]
  }
  let segments = try visitor.state()["draft"]?["t"]?[0]?["sg"]
  #expect(segments?[0]?["d"]?.integer == 3000 && segments?[1]?["d"]?.integer == 1000)
}

@Test(arguments: DraftOptions.EmptyState.allCases)
func aSessionThatDidNothingHasAnEmptyState(form: DraftOptions.EmptyState) throws {
  let simulator = try Simulator(quickOptions { $0.draft.emptyState = form })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  let state = try visitor.state()
  switch form {
  case .missing: #expect(state == .null)
  case .object: #expect(state == .object([]))
  case .null: #expect(state["draft"] == .null)
  }
}

@Test func collectionsMayBeObjects() throws {
  let simulator = try Simulator(
    quickOptions {
      $0.draft.generatedMedia = .object
      $0.draft.videoInfos = .object
    })
  defer { simulator.stop() }
  let visitor = try Visitor(simulator)
  _ = try visitor.exchange(visitor.upload([1, 2], name: "talk.mp4"))
  _ = try visitor.say("Generate a video")
  let state = try visitor.state()
  #expect(state["video_infos"]?["talk.mp4"]?["filename"]?.string == "talk.mp4")
  #expect(state["generated_media"]?.object?.first?.value["url"]?.string != nil)
}

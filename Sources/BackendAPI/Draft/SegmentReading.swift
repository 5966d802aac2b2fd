internal import JSONText
internal import ScriptModel

/// Reads one segment: its values, and the keys that they were found under.
struct SegmentReading {
  private(set) var segment: Draft.Segment
  private(set) var keys = SegmentKeys()

  private let members: [JSONValue.Member]
  private let metadata: [JSONValue.Member]

  init(
    _ members: [JSONValue.Member], isText: Bool, after previousEnd: Milliseconds,
    knownSpeakers: Set<String>
  ) {
    self.members = members
    metadata = Self.last("m", in: members)?.object ?? []
    segment = Draft.Segment(
      id: nil, text: "", start: previousEnd, duration: Milliseconds(0), speaker: nil,
      speakerIsLabel: false, volume: nil)
    readTimes()
    if let (key, value) = first(SegmentKeyOrder.id, \.fieldText) {
      keys.id = key
      segment.id = value
    }
    if isText {
      readText(knownSpeakers)
    } else {
      segment.text = first(SegmentKeyOrder.name, \.fieldText)?.value ?? ""
      segment.volume = first(SegmentKeyOrder.volume, { Self.percent($0) })?.value
    }
  }

  private mutating func readTimes() {
    if let (key, value) = first(SegmentKeyOrder.start, \.roundedNumber) {
      keys.start = key
      segment.start = Milliseconds(value)
    }
    if let (key, value) = first(SegmentKeyOrder.duration, \.roundedNumber) {
      keys.duration = key
      segment.duration = Milliseconds(value)
    } else if let (key, value) = first(SegmentKeyOrder.end, \.roundedNumber) {
      keys.end = key
      segment.duration = Milliseconds(value) - segment.start
    }
  }

  private mutating func readText(_ knownSpeakers: Set<String>) {
    if let (key, value) = first(SegmentKeyOrder.text, { $0.string ?? $0.fieldText }) {
      keys.text = key
      segment.text = value
    }
    if let (key, value) = first(SegmentKeyOrder.speaker, \.fieldText) {
      keys.speaker = key
      segment.speaker = value
    } else if let label = SpeakerLabel(atBeginningOf: segment.text, known: knownSpeakers) {
      keys.label = label
      segment.speaker = label.name
      segment.speakerIsLabel = true
      segment.text = label.rest(of: segment.text)
    }
  }

  private func first<Value>(
    _ order: [SegmentKey], _ read: (JSONValue) -> Value?
  ) -> (key: SegmentKey, value: Value)? {
    for key in order {
      let found =
        switch key {
        case .top(let name): Self.last(name, in: members)
        case .metadata(let name): metadata.isEmpty ? nil : Self.last(name, in: metadata)
        }
      if let found, let value = read(found) { return (key, value) }
    }
    return nil
  }

  /// The last of equal names counts, as it does for `JSONValue`.
  private static func last(_ name: String, in members: [JSONValue.Member]) -> JSONValue? {
    for index in members.indices.reversed() where members[index].name == name {
      return members[index].value
    }
    return nil
  }

  /// A volume of `0.35`, `35` or `"35%"` in percent.
  private static func percent(_ value: JSONValue) -> Int? {
    var text = value.fieldText ?? ""
    let hasSign = text.hasSuffix("%")
    if hasSign { text.removeLast() }
    guard let number = Double(text), number.isFinite, number >= 0 else { return nil }
    return Int(min((hasSign || number > 1 ? number : number * 100).rounded(), 100_000))
  }
}

internal import ScriptModel

/// The speakers of a document as entities: known by id, by name, or as a renamed one of the base.
struct IdentifiedSpeakers {
  private let document: ScriptDocument
  private let base: Script
  private var entities: [Speaker] = []

  init(document: ScriptDocument, base: Script) {
    self.document = document
    self.base = base
    let hasIDs = document.speakerIDs.count == document.speakers.count
    for (index, name) in document.speakers.enumerated() {
      let written = hasIDs ? document.speakerIDs[index] : nil
      if let written, base.speakers.contains(where: { $0.id == written }) {
        entities.append(Speaker(id: written, name: name))
      } else if let known = base.speakers.first(where: { $0.name == name }) {
        entities.append(known)
      } else {
        entities.append(
          Speaker(id: written ?? DerivedID.speaker(script: base.id, name: name), name: name))
      }
    }
  }

  /// The speaker of an entry.
  func id(at index: Int?) -> Speaker.ID? {
    guard let index, entities.indices.contains(index) else { return nil }
    return entities[index].id
  }

  /// Takes a new name for a rename where it stands on most lines of a speaker who is gone.
  mutating func recogniseRenames(_ matches: [LineMatch]) {
    let present = Set(entities.map(\.id))
    var index: [Speaker.ID: Int] = [:]
    for (position, speaker) in base.speakers.enumerated() { index[speaker.id] = position }
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: entities.count + 1), count: base.speakers.count)
    for (entry, match) in matches.enumerated() where match.base >= 0 {
      guard let speaker = base.lines[Int(match.base)].speaker, let old = index[speaker],
        !present.contains(speaker)
      else { continue }
      let new = document.entries[entry].speaker
      counts[old][new.flatMap { entities.indices.contains($0) ? $0 : nil } ?? entities.count] += 1
    }
    for (old, row) in counts.enumerated() {
      let total = row.reduce(0, +)
      guard total > 0, let new = row.dropLast().indices.max(by: { row[$0] < row[$1] }),
        row[new] * 10 >= total * 6, index[entities[new].id] == nil
      else { continue }
      entities[new].id = base.speakers[old].id
    }
  }

  /// The speakers that lines name, in the order of their first line.
  func inUse(by lines: [Line]) -> [Speaker] {
    var byID: [Speaker.ID: Speaker] = [:]
    for speaker in base.speakers { byID[speaker.id] = speaker }
    for speaker in entities { byID[speaker.id] = speaker }
    return SpeakerOrder.inUse(by: lines, among: byID)
  }
}

/// The order in which a script lists its speakers.
enum SpeakerOrder {
  /// The speakers that lines name, in the order of their first line.
  static func inUse(by lines: [Line], among speakers: [Speaker.ID: Speaker]) -> [Speaker] {
    var seen: Set<Speaker.ID> = []
    var result: [Speaker] = []
    var last: Speaker.ID?
    for index in lines.indices {
      guard let id = lines[index].speaker, id != last else { continue }
      last = id
      if seen.insert(id).inserted, let speaker = speakers[id] { result.append(speaker) }
    }
    return result
  }
}

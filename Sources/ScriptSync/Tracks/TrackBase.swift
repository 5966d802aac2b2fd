package import BackendAPI
internal import JSONText
package import ScriptModel

/// What a script and its track agreed on last: the common ancestor of the next merge.
///
/// A track can't hold all of a script: a line without times has times there, and a service may drop
/// labels. `seen` tells what the track had where it had something else than the line says, so that
/// neither counts as a change of the other.
package struct TrackBase: Sendable {
  /// The script as it was agreed on, with the ids of its lines and speakers.
  package var script: Script
  /// What the track had of a line, where that is not what the line itself says.
  package var seen: [Line.ID: CaptionContent]
  /// Whether speakers were sent and the track has none: then they are nothing that it lacks.
  package var forgetsSpeakers = false

  /// Creates a base from its parts.
  package init(script: Script, seen: [Line.ID: CaptionContent] = [:]) {
    self.script = script
    self.seen = seen
  }

  /// Creates the base of a script whose track was seen with these captions, line by line.
  package init(script: Script, captions: [TrackCaption]) {
    self.script = script
    seen = [:]
    let plain = TrackProjection.plain(script)
    for caption in captions where plain[caption.lineID] != caption.content {
      seen[caption.lineID] = caption.content
    }
  }
}

/// A base with what it was read from: of the same bytes and script it need not be read again.
package struct ReadBase: Sendable {
  /// What the store keeps.
  package var bytes: [UInt8]
  /// The script's revision that it was read for.
  package var revision: Int
  /// What was read.
  package var base: TrackBase
}

extension TrackBase {
  /// The form in which the store keeps it.
  package var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.name("track")
      json.value(1)
      if forgetsSpeakers {
        json.name("forgetsSpeakers")
        json.value(true)
      }
      json.name("title")
      json.value(script.title)
      json.name("speakers")
      json.array { json in
        for speaker in script.speakers {
          json.array { json in
            json.value(speaker.id.description)
            json.value(speaker.name)
          }
        }
      }
      json.name("lines")
      json.array { json in for line in script.lines { write(line, to: &json) } }
    }
    return json.bytes
  }

  /// Id, kind, speaker, start, end, text, then what was seen: speaker, text, start, duration.
  private func write(_ line: Line, to json: inout JSONWriter) {
    json.array { json in
      json.value(line.id.description)
      json.value(line.kind.rawValue)
      json.value(line.speaker?.description)
      json.value(line.start?.rawValue)
      json.value(line.end?.rawValue)
      json.value(line.text)
      guard let seen = seen[line.id] else { return }
      json.value(seen.speaker)
      json.value(seen.text)
      json.value(seen.start.rawValue)
      json.value(seen.duration.rawValue)
    }
  }

  /// Reads what `bytes` wrote; `nil` for nothing, and for what can't be read.
  ///
  /// - Parameter current: the script as it is: it gives what a base does not hold, and the ids of
  ///   speakers whom the workspace knows by name.
  package init?(_ bytes: [UInt8], of current: Script) {
    // A base that can't be read is no base: the merge then begins anew, and nothing is lost by it.
    guard !bytes.isEmpty, let document = try? JSONValue(parsing: bytes),
      document["track"]?.integer == 1, let lines = document["lines"]?.array
    else { return nil }
    script = Script(
      id: current.id, projectID: current.projectID,
      title: document["title"]?.string ?? current.title, kind: current.kind,
      language: current.language, revision: current.revision)
    seen = [:]
    forgetsSpeakers = document["forgetsSpeakers"]?.bool ?? false
    let speakers = Self.speakers(document["speakers"]?.array ?? [], current: current)
    script.speakers = speakers.list
    script.lines.reserveCapacity(lines.count)
    for value in lines {
      guard let id = value[0]?.string.flatMap({ Line.ID($0) }) else { continue }
      let speaker = value[2]?.string.flatMap { Speaker.ID($0) }
      script.lines.append(
        Line(
          id: id, kind: value[1]?.string.flatMap { Line.Kind(rawValue: $0) } ?? .dialogue,
          speaker: speaker.map { speakers.renamed[$0] ?? $0 },
          start: value[3]?.milliseconds, end: value[4]?.milliseconds, text: value[5]?.string ?? ""))
      guard let text = value[7]?.string, let start = value[8]?.milliseconds,
        let duration = value[9]?.milliseconds
      else { continue }
      seen[id] = CaptionContent(
        speaker: value[6]?.string, text: text, start: start, duration: duration)
    }
  }

  /// Speakers whom the workspace gave ids of its own after the base was made are found by name.
  private static func speakers(
    _ values: [JSONValue], current: Script
  ) -> (list: [Speaker], renamed: [Speaker.ID: Speaker.ID]) {
    let known = Set(current.speakers.map(\.id))
    let byName = Dictionary(
      current.speakers.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    var list: [Speaker] = []
    var renamed: [Speaker.ID: Speaker.ID] = [:]
    for value in values {
      guard let id = value[0]?.string.flatMap({ Speaker.ID($0) }), let name = value[1]?.string
      else { continue }
      guard !known.contains(id), let other = byName[name] else {
        list.append(Speaker(id: id, name: name))
        continue
      }
      renamed[id] = other
      list.append(Speaker(id: other, name: name))
    }
    return (list, renamed)
  }
}

extension JSONValue {
  fileprivate var milliseconds: Milliseconds? { integer.map { Milliseconds($0) } }
}

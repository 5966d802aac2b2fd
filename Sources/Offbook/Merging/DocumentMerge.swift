import ScriptMerge
import ScriptModel

/// Three documents merged as scripts, where no workspace gives the lines of the base their ids.
struct DocumentMerge {
  let outcome: MergeOutcome
  let ours: Script
  let theirs: Script

  init(
    base: ScriptDocument, ours: ScriptDocument, theirs: ScriptDocument, format: FormatName
  ) {
    let start = Script(numbering: base)
    var lines = AlignmentBase(start, expecting: ours.entries.count)
    let mine = Alignment.identify(
      ours, against: &lines,
      capabilities: DocumentCapabilities(of: ours, format: format, base: start))
    let other = Alignment.identify(
      theirs, against: &lines,
      capabilities: DocumentCapabilities(of: theirs, format: format, base: start))
    self.ours = mine
    self.theirs = other
    outcome = ThreeWayMerge.merge(base: start, ours: mine, theirs: other)
  }
}

extension Script {
  /// Makes a script of a document; lines and speakers without ids are numbered.
  init(numbering document: ScriptDocument) {
    self.init(
      id: document.metadata.scriptID ?? Script.ID(high: 0, low: 1),
      projectID: document.metadata.projectID ?? Project.ID(high: 0, low: 1),
      title: document.metadata.title ?? "", kind: document.metadata.kind ?? .transcript,
      language: document.metadata.language ?? "en")
    let hasSpeakerIDs = document.speakerIDs.count == document.speakers.count
    for (index, name) in document.speakers.enumerated() {
      let known = hasSpeakerIDs ? document.speakerIDs[index] : nil
      speakers.append(
        Speaker(id: known ?? Speaker.ID(high: 1, low: UInt64(index) + 1), name: name))
    }
    let hasIDs = document.lineIDs.count == document.entries.count
    var seen: Set<Line.ID> = []
    for (index, entry) in document.entries.enumerated() {
      let known = hasIDs ? document.lineIDs[index] : nil
      let free = known.flatMap { seen.insert($0).inserted ? $0 : nil }
      lines.append(
        Line(
          id: free ?? Line.ID(high: 0, low: UInt64(index) + 1), kind: entry.kind,
          speaker: entry.speaker.flatMap { speakers.indices.contains($0) ? speakers[$0].id : nil },
          start: entry.start, end: entry.end, text: document.string(at: index)))
    }
  }
}

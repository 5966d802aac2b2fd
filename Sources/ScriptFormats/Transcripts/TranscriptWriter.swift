package import ScriptModel

/// Plain text: `Anna: text`, with times on request `[00:00:05] Anna: text`.
///
/// A name that would not be recognised is written `[Name]: text`, a line without a speaker among
/// others `[]: text`, a heading `# text`, a direction `(text)`. Where any line would be read back
/// as another, `ScriptWriting` takes the form of `GuardedTranscript`, in which nothing can be.
/// Not held: ids, the title and the other metadata; times where they are not asked for.
package enum TranscriptWriter {
  /// Writes every line; only the guarded form is sure to be read back as the same lines.
  package static func write(
    _ document: ScriptDocument, options: WriteOptions, isGuarded: Bool
  ) -> [UInt8] {
    guard !document.entries.isEmpty else { return [] }
    let times = options.times ?? false
    if isGuarded {
      return GuardedTranscript.write(document, speakers: options.speakers, times: times)
    }
    var transcript = NaturalTranscript(document, options.speakers, times)
    return transcript.write()
  }
}

/// The form that people write by hand.
private struct NaturalTranscript {
  let document: ScriptDocument
  let mode: WriteOptions.Speakers
  let times: Bool
  private var labels: [[UInt8]]
  private var output: [UInt8] = []

  init(_ document: ScriptDocument, _ mode: WriteOptions.Speakers, _ times: Bool) {
    self.document = document
    self.mode = mode
    self.times = times
    var counts = [Int](repeating: 0, count: document.speakers.count)
    var last: Int?
    for entry in document.entries where entry.kind == .dialogue {
      if let speaker = entry.speaker, mode == .every || speaker != last { counts[speaker] += 1 }
      last = entry.speaker
    }
    labels = document.speakers.indices.map { index in
      let name = document.speakers[index]
      let isPlain = SpeakerDetection.isRecognized(name, occurrences: counts[index])
      return Array((isPlain ? name + ":" : "[" + ExplicitLabel.escaped(name) + "]:").utf8)
    }
  }

  mutating func write() -> [UInt8] {
    output.reserveCapacity(document.text.count + document.entries.count * 12)
    let isLabelled = mode != .none && !document.speakers.isEmpty
    var last: Int?
    var hasLast = false
    for index in document.entries.indices {
      let entry = document.entries[index]
      let time = times ? TimeText.bracketed(document, index) : ""
      if entry.kind != .dialogue {
        writeMarked(index, time)
        continue
      }
      let speaker = mode == .none ? nil : entry.speaker
      let isSame = mode == .change && hasLast && last == speaker
      if isSame, isLabelled {
        separate(blank: time.isEmpty)
        output.append(contentsOf: time.isEmpty ? [9] : Array(time.utf8))
      } else if isLabelled {
        separate(blank: false)
        output.append(contentsOf: time.utf8)
        output.append(contentsOf: speaker.map { labels[$0] } ?? Array("[]:".utf8))
        if !entry.text.isEmpty { output.append(32) }
      } else {
        separate(blank: time.isEmpty)
        output.append(contentsOf: time.utf8)
      }
      output.append(contentsOf: document.text[entry.text])
      output.append(10)
      last = speaker
      hasLast = true
    }
    return output
  }

  /// Ends the paragraph before with a blank row.
  private mutating func separate(blank: Bool) {
    guard !output.isEmpty, blank || needsBlank else { return }
    output.append(10)
    needsBlank = false
  }
  private var needsBlank = false

  private mutating func writeMarked(_ index: Int, _ time: String) {
    let entry = document.entries[index]
    let text = document.text[entry.text]
    if entry.speaker == nil, time.isEmpty, !text.isEmpty, !text.contains(10) {
      needsBlank = true
      separate(blank: true)
      output.append(contentsOf: entry.kind == .heading ? [35, 32] : [40])
      output.append(contentsOf: text)
      if entry.kind == .direction { output.append(41) }
      output.append(10)
      needsBlank = true
      return
    }
    separate(blank: false)
    output.append(contentsOf: time.utf8)
    let name = mode == .none ? nil : entry.speaker.map { document.speakers[$0] }
    output.append(contentsOf: ExplicitLabel.text(kind: entry.kind, name: name).utf8)
    if !text.isEmpty { output.append(32) }
    output.append(contentsOf: text)
    output.append(10)
  }
}

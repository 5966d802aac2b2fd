import BackendAPI
import JSONText
import ScriptModel
import ScriptStore
import ScriptSync

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads a draft, merges it into a script, writes it: the median of one call in milliseconds.
///
/// usage: draft-benchmark read|write|both|merge FILE
struct DraftBenchmark {
  let bytes: [UInt8]

  func read() throws -> Draft { Draft(try JSONValue(parsing: bytes), knownSpeakers: []) }

  /// Writes a draft with each hundredth text changed, as a render sends it.
  func write(_ draft: Draft) throws -> [UInt8] {
    guard let track = draft.scriptTracks.first else { throw Failure.noTrack }
    let changes = track.segments.enumerated().map { index, segment in
      Draft.SegmentChange(
        source: index, text: index % 100 == 0 ? "Other words" : segment.text, start: segment.start,
        duration: segment.duration, speaker: segment.speaker)
    }
    return draft.replacingSegments(ofTrack: track.index, with: changes).document.bytes
  }

  /// What a pull does between reading a draft and storing the script: each side changed a hundredth.
  func prepareMerge() throws -> () -> Void {
    guard let track = try read().scriptTracks.first else { throw Failure.noTrack }
    var script = Self.script(of: track.captions)
    let base = TrackBase(script: script).bytes
    for index in stride(from: 50, to: script.lines.count, by: 100) {
      script.lines[index].text += " as edited here"
    }
    var captions = track.captions
    for index in stride(from: 0, to: captions.count, by: 100) {
      captions[index].text += " as edited there"
    }
    return { [captions, script] in
      let merge = TrackMerge(captions, cast: script.speakers)
      precondition(
        merge.outcome(PullState(base: base, current: script)).pull.transformation != nil)
    }
  }

  private static func script(of captions: [CaptionContent]) -> Script {
    var script = Script(
      id: .init(high: 1, low: 1), projectID: .init(high: 1, low: 2), title: "talk")
    var speakers: [String: Speaker.ID] = [:]
    script.lines = captions.enumerated().map { index, caption in
      if let name = caption.speaker, speakers[name] == nil {
        let id = Speaker.ID(high: 2, low: UInt64(speakers.count))
        speakers[name] = id
        script.speakers.append(Speaker(id: id, name: name))
      }
      return Line(
        id: .init(high: 3, low: UInt64(index)), speaker: caption.speaker.flatMap { speakers[$0] },
        start: caption.start, end: caption.start + caption.duration, text: caption.text)
    }
    return script
  }

  enum Failure: Error { case usage, noFile, noTrack }

  static func median(of rounds: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for _ in 0..<rounds {
      let start = clock.now
      try body()
      times.append(clock.now - start)
    }
    times.sort()
    let parts = times[rounds / 2].components
    return Double(parts.seconds) * 1000 + Double(parts.attoseconds) / 1e15
  }

  static func contents(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw Failure.noFile }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
    return bytes
  }
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else { throw DraftBenchmark.Failure.usage }
let benchmark = DraftBenchmark(bytes: try DraftBenchmark.contents(of: arguments[2]))
switch arguments[1] {
case "read": print(try DraftBenchmark.median(of: 11) { _ = try benchmark.read() })
case "write":
  let draft = try benchmark.read()
  print(try DraftBenchmark.median(of: 11) { _ = try benchmark.write(draft) })
case "both": print(try DraftBenchmark.median(of: 11) { _ = try benchmark.write(benchmark.read()) })
case "merge":
  let merge = try benchmark.prepareMerge()
  print(DraftBenchmark.median(of: 11, merge))
default: throw DraftBenchmark.Failure.usage
}

import ScriptFormats
import ScriptModel
import Testing

/// What is written reads back equal.
struct RoundTripTests {
  private static let formats: [FormatName] = [.srt, .webVTT, .json]

  @Test(arguments: formats, [WriteOptions.Speakers.every, .change, .none])
  func hostileDocumentsReadBackEqual(
    format: FormatName, speakers: WriteOptions.Speakers
  ) throws {
    for seed in UInt64(0)..<400 {
      let document = HostileDocuments.document(seed: seed)
      var options = WriteOptions(format: format)
      options.speakers = speakers
      let written: ScriptWriting.Result
      do {
        written = try ScriptWriting.write(document, options: options)
      } catch {
        Issue.record("seed \(seed): \(error)")
        continue
      }
      var reading = ReadOptions()
      reading.format = format
      reading.speakers = speakers == .none ? .none : .auto
      let found = try ScriptReading.read(written.bytes, options: reading).document
      let texts = document.entries.indices.map { document.string(at: $0) }
      let foundTexts = found.entries.indices.map { found.string(at: $0) }
      #expect(foundTexts == texts, "seed \(seed)")
      guard speakers != .none || format == .json else { continue }
      if written.lost.contains(where: { $0.hasPrefix("speakers of") }) { continue }
      #expect(names(found) == names(document), "seed \(seed)")
    }
  }

  @Test(arguments: [FormatName.srt, .webVTT])
  func namesThatCanBeHeldAreNotLost(format: FormatName) throws {
    for name in HostileDocuments.names where !name.contains(">") || format == .webVTT {
      var document = ScriptDocument()
      document.append("Hi.", speaker: name, start: Milliseconds(0), end: Milliseconds(1000))
      let written = try ScriptWriting.write(document, options: WriteOptions(format: format))
      #expect(written.lost == [], "\(name)")
    }
  }

  @Test func changeWritesANameOnlyWhereTheSpeakerChanges() throws {
    var document = ScriptDocument()
    for (index, name) in ["Anna", "Anna", "Bob", nil, "Bob", "Bob"].enumerated() {
      let start = Milliseconds(Int64(index) * 1000)
      document.append("Word.", speaker: name, start: start, end: start + Milliseconds(900))
    }
    for format in [FormatName.srt, .webVTT] {
      var options = WriteOptions(format: format)
      options.speakers = .change
      let written = try ScriptWriting.write(document, options: options)
      let text = String(decoding: written.bytes, as: UTF8.self)
      #expect(text.split(separator: "Anna").count == 2)
      #expect(text.split(separator: "Bob").count == 3)
      let found = try ScriptReading.read(written.bytes, options: ReadOptions()).document
      #expect(names(found) == names(document))
    }
  }

  @Test func rowsAreBrokenAtWordsAndBetweenIdeographs() throws {
    var document = ScriptDocument()
    document.append(
      "The quick brown fox <i>jumps</i> over the dog", start: Milliseconds(0),
      end: Milliseconds(1))
    document.append("これは、長い文章です。", start: Milliseconds(2), end: Milliseconds(3))
    var options = WriteOptions(format: .srt)
    options.maximumRowLength = 16
    let bytes = try ScriptWriting.write(document, options: options).bytes
    let rows = String(decoding: bytes, as: UTF8.self)
    #expect(rows.contains("The quick brown\nfox <i>jumps</i> over\nthe dog"))
    options.maximumRowLength = 4
    let short = try ScriptWriting.write(document, options: options).bytes
    #expect(String(decoding: short, as: UTF8.self).contains("これは、\n長い文章\nです。"))
  }

  @Test func timesThatAreMissingAreEstimatedAndTold() throws {
    var document = ScriptDocument()
    document.append("One", start: Milliseconds(1000), end: Milliseconds(2000))
    document.append("Two")
    document.append("Three", start: Milliseconds(2500))
    let result = try ScriptWriting.write(document, options: WriteOptions(format: .srt))
    #expect(result.lost == ["times of 2 lines that had none: estimated ones are written"])
    let found = try ScriptReading.read(result.bytes, options: ReadOptions()).document
    #expect(found.entries.map { $0.start?.rawValue } == [1000, 2000, 2500])
    #expect(found.entries.map { $0.end?.rawValue } == [2000, 2500, 3500])
  }

  @Test func windowsRowEndsAreWrittenOnRequest() throws {
    var document = ScriptDocument()
    document.append("One\nTwo", start: Milliseconds(1000), end: Milliseconds(2000))
    var options = WriteOptions(format: .srt)
    options.crlf = true
    let bytes = try ScriptWriting.write(document, options: options).bytes
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\nTwo\r\n")
  }

  @Test(arguments: [FormatName.text, .markdown, .docx], WriteOptions.Speakers.allCases)
  func proseOfHostileDocumentsReadsBackEqual(
    format: FormatName, speakers: WriteOptions.Speakers
  ) throws {
    var fallbacks = 0
    for seed in UInt64(0)..<300 {
      let document = HostileDocuments.document(seed: seed)
      var options = WriteOptions(format: format)
      options.speakers = speakers
      options.times = true
      let written = try ScriptWriting.write(document, options: options)
      let unequal = written.lost.filter { !$0.hasSuffix("speaker name") && !$0.hasSuffix("names") }
      #expect(unequal == [], "seed \(seed)")
      if !unequal.isEmpty { fallbacks += 1 }
    }
    print("\(format) \(speakers): 300 hostile documents, \(fallbacks) do not read back equal")
  }

  @Test(arguments: [FormatName.text, .markdown])
  func textsLikeCaptionsAreStillTheirFormat(format: FormatName) throws {
    var document = ScriptDocument()
    document.append("1\n00:00:01,000 --> 00:00:02,000\nOne", speaker: nil)
    document.append("2\n00:00:03,000 --> 00:00:04,000\nTwo", speaker: nil)
    let written = try ScriptWriting.write(document, options: WriteOptions(format: format))
    #expect(written.lost == [])
    var reading = ReadOptions()
    reading.fileName = format == .text ? "x.txt" : "x.md"
    let found = try ScriptReading.read(written.bytes, options: reading)
    #expect(found.format == format)
    #expect(found.document.string(at: 1) == document.string(at: 1))
  }

  private func names(_ document: ScriptDocument) -> [String?] {
    document.entries.map { entry in entry.speaker.map { document.speakers[$0] } }
  }
}

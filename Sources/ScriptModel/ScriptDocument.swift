/// A script as a file holds it: names instead of speaker ids, all text in one run of bytes.
///
/// The form in which formats and store hand over whole scripts: an entry takes 40 bytes and no
/// allocation, and the text of a million lines is one array.
public struct ScriptDocument: Sendable {
  /// One line: its fields, and where its text lies in `text`.
  public struct Entry: Hashable, Sendable {
    /// Where the text lies in the document's `text`, in bytes.
    ///
    /// A text has at most 4 GiB; what a range has more is left out.
    @inlinable public var text: Range<Int> {
      get { textStart..<textStart + Int(textCount) }
      set {
        textStart = newValue.lowerBound
        textCount = UInt32(clamping: newValue.count)
      }
    }
    /// The start; `nil` where no time is known.
    public var start: Milliseconds? {
      get { startValue == .min ? nil : Milliseconds(startValue) }
      set { startValue = newValue?.rawValue ?? .min }
    }
    /// The end; `nil` where no time is known.
    public var end: Milliseconds? {
      get { endValue == .min ? nil : Milliseconds(endValue) }
      set { endValue = newValue?.rawValue ?? .min }
    }
    /// The speaker as an index into the document's `speakers`; `nil` for none.
    public var speaker: Int? {
      get { speakerIndex < 0 ? nil : Int(speakerIndex) }
      set { speakerIndex = newValue.map { Int32($0) } ?? -1 }
    }
    @usableFromInline var textStart: Int
    var startValue: Int64
    var endValue: Int64
    @usableFromInline var textCount: UInt32
    var speakerIndex: Int32
    /// What the line is.
    public var kind: Line.Kind
    /// Whether `end` was not in the file and is taken from the next start.
    public var endIsEstimated: Bool

    /// Creates an entry from its parts.
    public init(
      text: Range<Int>, kind: Line.Kind = .dialogue, speaker: Int? = nil,
      start: Milliseconds? = nil, end: Milliseconds? = nil, endIsEstimated: Bool = false
    ) {
      textStart = text.lowerBound
      textCount = UInt32(clamping: text.count)
      self.kind = kind
      self.endIsEstimated = endIsEstimated
      startValue = start?.rawValue ?? .min
      endValue = end?.rawValue ?? .min
      speakerIndex = speaker.map { Int32($0) } ?? -1
    }
  }

  /// What a file says of itself besides its lines.
  public struct Metadata: Hashable, Sendable {
    /// The title.
    public var title: String?
    /// The kind; `nil` where the file does not tell.
    public var kind: Script.Kind?
    /// A BCP 47 language tag.
    public var language: String?
    /// The date as the file writes it.
    public var date: String?
    /// The name of the media that it belongs to.
    public var media: String?
    /// The length of the media.
    public var duration: Milliseconds?
    /// Headers, footers, comments and footnotes: what is not a line.
    public var notes: [String] = []
    /// The script that an export was made from.
    public var scriptID: Script.ID?
    /// The project that an export was made from.
    public var projectID: Project.ID?
    /// The revision that an export was made from: the base of a later merge.
    public var revision: Int?

    /// Creates metadata that says nothing.
    public init() {}
  }

  /// What the file says of itself.
  public var metadata = Metadata()
  /// The names of the speakers, in the order of their first line.
  public var speakers: [String] = []
  /// The ids of `speakers` where the file holds them: as long as `speakers`, or empty.
  public var speakerIDs: [Speaker.ID?] = []
  /// The lines.
  public var entries: [Entry] = []
  /// The ids of `entries` where the file holds them: as long as `entries`, or empty.
  public var lineIDs: [Line.ID?] = []
  /// The text of all lines, and at will what stands between them in a file: valid UTF-8.
  public var text: [UInt8] = []
  /// What was noticed while reading.
  public var findings: [Finding] = []

  /// Creates a document without lines.
  public init() {}
}

extension ScriptDocument {
  /// Copies the text of a line out.
  public func string(at index: Int) -> String {
    String(decoding: text[entries[index].text], as: UTF8.self)
  }

  /// Finds a speaker by name, adding it where it is new.
  public mutating func speakerIndex(named name: String) -> Int {
    if let index = speakers.firstIndex(of: name) { return index }
    speakers.append(name)
    if !speakerIDs.isEmpty { speakerIDs.append(nil) }
    return speakers.count - 1
  }

  /// Adds a line at the end, its text copied.
  public mutating func append(
    _ lineText: String, kind: Line.Kind = .dialogue, speaker: String? = nil,
    start: Milliseconds? = nil, end: Milliseconds? = nil
  ) {
    let offset = text.count
    text.append(contentsOf: lineText.utf8)
    let index = speaker.map { speakerIndex(named: $0) }
    entries.append(
      Entry(text: offset..<text.count, kind: kind, speaker: index, start: start, end: end))
    if !lineIDs.isEmpty { lineIDs.append(nil) }
  }

  /// Turns a script of the store into a document with all its ids.
  public init(_ script: Script) {
    metadata.title = script.title
    metadata.kind = script.kind
    metadata.language = script.language
    metadata.scriptID = script.id
    metadata.projectID = script.projectID
    metadata.revision = script.revision
    speakers = script.speakers.map(\.name)
    speakerIDs = script.speakers.map(\.id)
    var indices: [Speaker.ID: Int] = [:]
    for (index, speaker) in script.speakers.enumerated() { indices[speaker.id] = index }
    entries.reserveCapacity(script.lines.count)
    lineIDs.reserveCapacity(script.lines.count)
    for line in script.lines {
      let offset = text.count
      text.append(contentsOf: line.text.utf8)
      entries.append(
        Entry(
          text: offset..<text.count, kind: line.kind, speaker: line.speaker.flatMap { indices[$0] },
          start: line.start, end: line.end))
      lineIDs.append(line.id)
    }
  }
}

import ScriptFormats
import ScriptMerge
import ScriptModel

/// Merges files of captions as scripts; captions that one side has as they are keep their bytes.
enum CaptionFileMerge {
  /// One version of the file: its script by the base's ids, and the bytes of each caption.
  private struct Version {
    let pieces: CaptionPieces
    let document: ScriptDocument

    init?(_ bytes: [UInt8], _ format: FormatName) {
      var reading = ReadOptions()
      reading.format = format
      reading.encoding = "UTF-8"
      // A label is text here: what it means is nothing to a merge of files.
      reading.speakers = .none
      do throws(FormatError) {
        document = try ScriptReading.read(bytes, options: reading).document
      } catch {
        // What is no file of captions is merged as rows.
        return nil
      }
      pieces = CaptionPieces(bytes, hasNames: format == .webVTT)
      guard pieces.pieces.count == document.entries.count else { return nil }
    }
  }

  /// Merges three versions; `nil` where they can't be told apart caption by caption or conflict.
  static func merge(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], as format: FormatName
  ) -> MergedFile? {
    guard let old = Version(base, format), let mine = Version(ours, format),
      let other = Version(theirs, format)
    else { return nil }
    let merge = DocumentMerge(
      base: old.document, ours: mine.document, theirs: other.document, format: format)
    guard merge.outcome.conflicts.isEmpty else { return nil }
    let head = RowMerge.merge(
      base: Array(base[old.pieces.head]), ours: Array(ours[mine.pieces.head]),
      theirs: Array(theirs[other.pieces.head]))
    guard head.conflicts.isEmpty else { return nil }
    var writer = CaptionFileWriter(
      format: format, isCarriageReturned: ours.contains(0x0D), isNumbered: mine.pieces.isNumbered)
    writer.bytes = head.text
    let ourPlaces = places(merge.ours, mine.pieces)
    let theirPlaces = places(merge.theirs, other.pieces)
    let names = Dictionary(
      merge.outcome.script.speakers.map { ($0.id, $0.name) },
      uniquingKeysWith: { first, _ in first })
    for line in merge.outcome.script.lines {
      let (first, second) = (ourPlaces[line.id], theirPlaces[line.id])
      if let first, first.line == line, second?.line != line || first.isSame(as: second) {
        writer.append(first.piece, of: mine.pieces)
      } else if let second, second.line == line {
        writer.append(second.piece, of: other.pieces)
      } else if let near = first ?? second {
        let pieces = first == nil ? other.pieces : mine.pieces
        writer.append(
          line, speaker: line.speaker.flatMap { names[$0] }, like: near.piece, of: pieces)
      } else {
        return nil
      }
    }
    return checked(writer.finish(like: ours), merge.outcome.script, format)
  }

  /// A caption of one version with the line that it was read as.
  private struct Place {
    var line: Line
    var piece: CaptionPieces.Piece
    var bytes: ArraySlice<UInt8>

    func isSame(as other: Place?) -> Bool {
      other == nil || other?.bytes == bytes || other?.line == line
    }
  }

  private static func places(_ script: Script, _ pieces: CaptionPieces) -> [Line.ID: Place] {
    var result: [Line.ID: Place] = [:]
    for (line, piece) in zip(script.lines, pieces.pieces) {
      result[line.id] = Place(line: line, piece: piece, bytes: pieces.bytes[piece.rest])
    }
    return result
  }

  /// Takes a result only if it reads as the merged script.
  private static func checked(
    _ bytes: [UInt8], _ script: Script, _ format: FormatName
  ) -> MergedFile? {
    guard let read = Version(bytes, format), read.document.entries.count == script.lines.count
    else { return nil }
    for (index, line) in script.lines.enumerated() {
      let entry = read.document.entries[index]
      guard entry.start == line.start, entry.end == line.end,
        read.document.string(at: index) == line.text
      else { return nil }
    }
    return MergedFile(bytes: bytes, conflictCount: 0, method: .captions)
  }
}

/// Puts captions together, most of them byte by byte as they were.
private struct CaptionFileWriter {
  let format: FormatName
  let isCarriageReturned: Bool
  let isNumbered: Bool
  var bytes: [UInt8] = []
  private var count = 0

  init(format: FormatName, isCarriageReturned: Bool, isNumbered: Bool) {
    self.format = format
    self.isCarriageReturned = isCarriageReturned
    self.isNumbered = isNumbered
  }

  private var rowEnd: [UInt8] { isCarriageReturned ? [0x0D, 0x0A] : [0x0A] }

  /// Appends a caption as it stands in a version; its number follows the order.
  mutating func append(_ piece: CaptionPieces.Piece, of pieces: CaptionPieces) {
    begin(piece, of: pieces)
    bytes += pieces.bytes[piece.rest]
  }

  /// Appends a caption whose times or words come from both versions.
  mutating func append(
    _ line: Line, speaker: String?, like piece: CaptionPieces.Piece, of pieces: CaptionPieces
  ) {
    begin(piece, of: pieces)
    var document = ScriptDocument()
    document.append(line.text, speaker: speaker, start: line.start, end: line.end)
    let written: [UInt8]
    do throws(FormatError) {
      written = try ScriptWriting.write(document, options: WriteOptions(format: format)).bytes
    } catch {
      // The check of the whole result then finds the caption missing, and rows are merged instead.
      return
    }
    let own = CaptionPieces(written, hasNames: false)
    guard let caption = own.pieces.first else { return }
    var rest = Array(own.bytes[caption.rest])
    while rest.last == 0x0A { rest.removeLast() }
    for row in rest.split(separator: 0x0A, omittingEmptySubsequences: false) {
      bytes += row
      bytes += rowEnd
    }
    bytes += rowEnd
  }

  private mutating func begin(_ piece: CaptionPieces.Piece, of pieces: CaptionPieces) {
    if count > 0 { separate() }
    count += 1
    if isNumbered {
      bytes += Array(String(count).utf8) + rowEnd
    } else {
      bytes += pieces.bytes[piece.number]
    }
  }

  /// Makes sure that a blank row stands before what follows.
  private mutating func separate() {
    let tail = bytes.suffix(4).filter { $0 != 0x0D }
    if tail.last != 0x0A { bytes += rowEnd }
    if !tail.suffix(2).elementsEqual([0x0A, 0x0A]) { bytes += rowEnd }
  }

  /// The whole file, which ends as a version does.
  func finish(like other: [UInt8]) -> [UInt8] {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
    let end = other.reversed().prefix(while: isBlank).reversed()
    var result = bytes
    while let last = result.last, isBlank(last) { result.removeLast() }
    return result + end
  }
}

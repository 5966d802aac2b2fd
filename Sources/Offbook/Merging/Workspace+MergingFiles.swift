import ScriptFormats
import ScriptMerge
import ScriptModel

/// Three versions of a file made one.
public struct MergedFile: Sendable {
  /// How the versions were merged.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// Caption by caption: times, names and words are merged each by its own rule.
    case captions
    /// As scripts whose lines have ids.
    case script
    /// Row by row and word by word.
    case rows
  }

  /// The whole file; conflicts stand between git's markers.
  public var bytes: [UInt8]
  /// How many conflicts are left.
  public var conflictCount: Int
  /// How it was merged.
  public var method: Method
}

extension Workspace {
  /// Merges three versions of a file without any workspace, as git's merge drivers do.
  ///
  /// SRT and WebVTT are merged caption by caption and JSON as a script where nothing conflicts;
  /// everything else row by row and, within a row, word by word. Captions that only one side
  /// touched keep their bytes.
  ///
  /// - Parameters:
  ///   - base: the bytes of the version that both sides started from.
  ///   - ours: those of this side.
  ///   - theirs: those of the other.
  ///   - name: the file's path; its extension tells the format.
  ///   - markerSize: how long the markers of conflicts are; git's custom is 7.
  public static func mergeFiles(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], name: String, markerSize: Int = 7
  ) -> MergedFile {
    if ours == theirs || theirs == base {
      return MergedFile(bytes: ours, conflictCount: 0, method: .rows)
    }
    if ours == base { return MergedFile(bytes: theirs, conflictCount: 0, method: .rows) }
    let merged: MergedFile? =
      switch name.split(separator: ".").last?.lowercased() {
      case "srt": mergedCaptions(base, ours, theirs, as: .srt)
      case "vtt", "webvtt": mergedCaptions(base, ours, theirs, as: .webVTT)
      case "json": mergedScript(base, ours, theirs)
      default: nil
      }
    return merged ?? mergedRows(base, ours, theirs, markerSize)
  }

  /// Whether a file is read as a script: neither binary nor beyond all that people write.
  private static func isReadable(_ bytes: [UInt8]) -> Bool {
    bytes.count < 1 << 26 && !bytes.contains(0)
  }

  private static func mergedCaptions(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], as format: FormatName
  ) -> MergedFile? {
    guard [base, ours, theirs].allSatisfy(isReadable) else { return nil }
    return CaptionFileMerge.merge(base, ours, theirs, as: format)
  }

  private static func mergedRows(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], _ markerSize: Int
  ) -> MergedFile {
    let outcome = RowMerge.merge(base: base, ours: ours, theirs: theirs)
    guard !outcome.conflicts.isEmpty else {
      return MergedFile(bytes: outcome.text, conflictCount: 0, method: .rows)
    }
    let marked = MarkedRows(outcome, markerSize: max(1, min(markerSize, 256)))
    return MergedFile(
      bytes: marked.text(), conflictCount: outcome.conflicts.count, method: .rows)
  }

  /// JSON of our own is merged whole; `nil` where it is another's or something conflicts.
  private static func mergedScript(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]
  ) -> MergedFile? {
    guard [base, ours, theirs].allSatisfy(isReadable) else { return nil }
    do throws(FormatError) {
      let reading = ReadOptions(format: .json)
      let old = try ScriptReading.read(base, options: reading).document
      let mine = try ScriptReading.read(ours, options: reading).document
      let other = try ScriptReading.read(theirs, options: reading).document
      let merge = DocumentMerge(base: old, ours: mine, theirs: other, format: .json)
      guard merge.outcome.conflicts.isEmpty else { return nil }
      var result = ScriptDocument(merge.outcome.script)
      result.metadata = mine.metadata
      result.metadata.title = merge.outcome.script.title
      let bytes = try ScriptWriting.write(result, options: WriteOptions(format: .json)).bytes
      return MergedFile(bytes: bytes, conflictCount: 0, method: .script)
    } catch {
      // What can't be read as a script is merged as rows.
      return nil
    }
  }
}

extension ReadOptions {
  fileprivate init(format: FormatName) {
    self.init()
    self.format = format
  }
}

import ScriptModel

/// Times for lines that have none, since captions need some.
enum CaptionTimes {
  /// How long a line without times is shown: by its length, at an easy reading speed.
  private static let millisecondsPerByte: Int64 = 55
  private static let shortest: Int64 = 1000
  private static let longest: Int64 = 7000

  /// Fills in what is missing, and gives how many lines it did that for.
  ///
  /// A start is the end of the line before. An end is the next known start, but at most as late as
  /// reading the line takes.
  static func complete(_ document: inout ScriptDocument) -> Int {
    var completed = 0
    var clock: Int64 = 0
    for index in document.entries.indices {
      var entry = document.entries[index]
      if let start = entry.start, let end = entry.end {
        clock = max(start.rawValue, end.rawValue)
        continue
      }
      completed += 1
      let start =
        entry.start ?? entry.end.map { min($0, Milliseconds(clock)) } ?? Milliseconds(clock)
      entry.start = start
      if entry.end == nil {
        let reading = start + Milliseconds(readingTime(entry.text.count))
        let next = nextStart(document.entries, after: index)
        entry.end = next.map { $0 > start && $0 < reading ? $0 : reading } ?? reading
      }
      clock = max(entry.end?.rawValue ?? clock, start.rawValue)
      document.entries[index] = entry
    }
    return completed
  }

  private static func readingTime(_ count: Int) -> Int64 {
    min(max(Int64(min(count, 1000)) * millisecondsPerByte, shortest), longest)
  }

  private static func nextStart(
    _ entries: [ScriptDocument.Entry], after index: Int
  ) -> Milliseconds? {
    index + 1 < entries.count ? entries[index + 1].start : nil
  }
}

import JSONText
import ScriptModel
import TestSupport

/// A part of the real files on their way through the command: in, shown, out in every format, and in again.
struct CorpusTrial {
  /// A file of the corpora with the title that it gets.
  struct File: Sendable {
    var folder: String
    var name: String
    var title: String

    /// All files in the order of their folders and names.
    static let all: [File] = {
      let paths = ["srt", "vtt", "docx", "txt"].flatMap { folder in
        Corpora.files(in: folder).map { (folder, $0) }
      }
      return paths.enumerated().map { index, path in
        File(folder: path.0, name: path.1, title: "file-\(index)")
      }
    }()
  }

  /// What became of a file, or of its way through a format.
  struct Mismatch: Sendable {
    var file: String
    var what: String
    var detail: String
  }

  /// What the files of one folder came to.
  struct Tally: Sendable {
    var imported = 0
    var refused: [String] = []
    var lines = 0
  }

  /// The longest that one import may take.
  static let longest = Duration.seconds(10)
  private let folder = TemporaryFolder()
  private(set) var tallies: [String: Tally] = [:]
  private(set) var mismatches: [Mismatch] = []
  /// Titles and formats of scripts without lines whose exports are empty files.
  private(set) var emptyExports: Set<String> = []
  private var files: [String: File] = [:]
  private var originals: [String: JSONValue] = [:]

  /// Takes the files all the way.
  ///
  /// - Parameter times: whether times are asked for where the format leaves a choice.
  init(_ files: [File], times: Bool) {
    for file in files { importFile(file) }
    for format in ["srt", "vtt", "json"] { roundTrip(format, []) }
    for format in ["txt", "md", "docx"] { roundTrip(format, times ? ["--times"] : []) }
  }

  private mutating func note(_ file: File?, _ what: String, _ detail: String) {
    let path = file.map { "\($0.folder)/\($0.name)" } ?? "a part of the corpora"
    mismatches.append(Mismatch(file: path, what: what, detail: detail))
  }

  private mutating func importFile(_ file: File) {
    let path = "\(Corpora.folder ?? "")/\(file.folder)/\(file.name)"
    let clock = ContinuousClock()
    let begin = clock.now
    let run = CommandRun(["import", path, "--title", file.title, "--json"], in: folder)
    if clock.now - begin > Self.longest { note(file, "slow", "\(clock.now - begin)") }
    // A document that is none is what this is about.
    guard let document = try? OffbookCLITests.document(run), run.status < 2 else {
      return note(file, "crash", "status \(run.status): \(run.errors)")
    }
    if run.status == 1 { return refused(file, document, errors: run.errors) }
    // As above.
    let shown = try? self.document(["show", file.title, "--json"])
    guard let lines = shown?["data"]?["lines"]?.array,
      Int64(lines.count) == document["data"]?["scripts"]?[0]?["lineCount"]?.integer
    else { return note(file, "show", "the lines that the import counted are not there") }
    tallies[file.folder, default: Tally()].imported += 1
    tallies[file.folder, default: Tally()].lines += lines.count
    files[file.title] = file
    originals[file.title] = shown?["data"]
  }

  private mutating func refused(_ file: File, _ document: JSONValue, errors: String) {
    let message = document["error"]?["message"]?.string ?? ""
    tallies[file.folder, default: Tally()].refused.append("\(file.name): \(message)")
    let isClear =
      document["error"]?["type"]?.string == "unreadableFormat" && message.contains(file.name)
      && errors.contains("Error: ")
    if !isClear { note(file, "refusal", "'\(message)' is not clear") }
  }

  private func document(_ words: [String], workspace: String? = nil) throws -> JSONValue {
    let environment = workspace.map { ["OFFBOOK_WORKSPACE": $0] } ?? [:]
    let run = CommandRun(words, in: folder, environment: environment)
    return try OffbookCLITests.document(run)
  }

  // MARK: Round trips

  private mutating func roundTrip(_ format: String, _ options: [String]) {
    let what = ([format] + options).joined(separator: " ")
    let names = files.keys.sorted()
    let out = "out-\(what)"
    let again = "\(folder.path)/workspace-\(what)"
    do {
      let written = try document(
        ["export"] + names + ["-f", format, "-o", out + "/", "--json"] + options)
      for failure in written["data"]?["failed"]?.array ?? [] {
        note(nil, what, failure["message"]?.string ?? "")
      }
      noteLosses(written, what)
      let paths = (written["data"]?["files"]?.array ?? []).compactMap { $0["file"]?.string }
      let read = try document(["import"] + paths + ["--json"], workspace: again)
      for failure in read["data"]?["failed"]?.array ?? [] { failed(failure, what) }
      let ids = (read["data"]?["scripts"]?.array ?? []).compactMap { $0["id"]?.string }
      let back = "back-\(what)"
      _ = try document(
        ["export"] + ids + ["-f", "json", "-o", back + "/", "--json"], workspace: again)
      for name in names { compare(name, in: back, format, hasTimes: !options.isEmpty, what) }
    } catch {
      note(nil, what, "\(error)")
    }
  }

  /// A script without lines is an empty SRT or text, which is refused as such.
  private mutating func failed(_ failure: JSONValue, _ what: String) {
    let name = failure["file"]?.string?.split(separator: "/").last?.split(separator: ".").first
    let title = name.map(String.init) ?? ""
    if originals[title]?["lines"]?.array?.isEmpty == true {
      emptyExports.insert("\(title) \(what)")
    } else {
      note(files[title], what, failure["message"]?.string ?? "")
    }
  }

  private mutating func noteLosses(_ written: JSONValue, _ what: String) {
    for file in written["data"]?["files"]?.array ?? [] {
      for loss in file["lost"]?.array ?? [] {
        let words = loss.string ?? ""
        guard ["where some", "do not read", "inside some"].contains(where: words.contains) else {
          continue
        }
        note(file["title"]?.string.flatMap { files[$0] }, what, words)
      }
    }
  }

  private mutating func compare(
    _ name: String, in back: String, _ format: String, hasTimes: Bool, _ what: String
  ) {
    guard let file = files[name], let original = originals[name] else { return }
    if emptyExports.contains("\(name) \(what)") { return }
    // What is no document differs from the original, and is noted so.
    let found =
      TestFile.read("\(folder.path)/\(back)/\(name).json").flatMap { try? JSONValue(parsing: $0) }
    let comparison = LineComparison(format: format, hasTimes: hasTimes)
    if let difference = comparison.difference(original, found ?? .null) {
      note(file, what, difference)
    }
  }
}

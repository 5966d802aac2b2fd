import JSONText
import Offbook
import ScriptModel
import TestSupport
import Testing

/// A workspace of a test's own with one imported script of four captions.
struct MergingStage {
  static let captions = """
    1
    00:00:01,250 --> 00:00:03,500
    Anna: Good morning, everyone, and welcome to the show.

    2
    00:00:04,000 --> 00:00:06,000
    Ben: Thank you, Anna. It is a plesure to be here.

    3
    00:00:06,500 --> 00:00:09,000
    Anna: Let's talk about the weather in Oslo.

    4
    00:00:09,500 --> 00:00:12,000
    Ben: It rains.

    """

  let folder = TemporaryFolder()
  let workspace: Workspace
  let id: Script.ID

  init() throws {
    workspace = try Workspace.open(at: folder.path + "/workspace")
    var options = ImportOptions()
    options.title = "Talk"
    id = try workspace.importBytes(
      Array(Self.captions.utf8), named: "talk.srt", options: options
    ).script.id
  }

  var script: Script { get throws { try workspace.script(id) } }

  var texts: [String] { get throws { try script.lines.map(\.text) } }

  func line(_ number: Int) throws -> Line { try script.lines[number - 1] }

  /// The script as a JSON file, with changes to it.
  func copy(_ change: (inout [[String: Field]]) -> Void = { _ in }) throws -> [UInt8] {
    try copy(of: try script, change)
  }

  func copy(
    of script: Script, _ change: (inout [[String: Field]]) -> Void = { _ in }
  ) throws -> [UInt8] {
    let names = Dictionary(script.speakers.map { ($0.id, $0.name) }) { first, _ in first }
    var lines = script.lines.map { line -> [String: Field] in
      [
        "id": .text(line.id.description), "kind": .text(line.kind.rawValue),
        "speaker": line.speaker.flatMap { names[$0] }.map { .text($0) } ?? .none,
        "start": line.start.map { .number($0.rawValue) } ?? .none,
        "end": line.end.map { .number($0.rawValue) } ?? .none, "text": .text(line.text),
      ]
    }
    change(&lines)
    var writer = JSONWriter()
    writer.object { writer in
      writer.name("offbook")
      writer.value(1)
      writer.name("id")
      writer.value(script.id.description)
      writer.name("title")
      writer.value(script.title)
      writer.name("revision")
      writer.value(script.revision)
      writer.name("speakers")
      writer.array { writer in
        for speaker in script.speakers
        where lines.contains(where: { $0["speaker"] == .text(speaker.name) }) {
          writer.object { writer in
            writer.name("id")
            writer.value(speaker.id.description)
            writer.name("name")
            writer.value(speaker.name)
          }
        }
      }
      writer.name("lines")
      writer.array { writer in for line in lines { Self.write(line, to: &writer) } }
    }
    return writer.drain()
  }

  private static func write(_ line: [String: Field], to writer: inout JSONWriter) {
    writer.object { writer in
      for (name, value) in line.sorted(by: { $0.key < $1.key }) {
        writer.name(name)
        switch value {
        case .text(let text): writer.value(text)
        case .number(let number): writer.value(number)
        case .none: writer.value(String?.none)
        }
      }
    }
  }

  /// A value of a line in a JSON file.
  enum Field: Hashable {
    case text(String)
    case number(Int64)
    case none
  }

  @discardableResult
  func merge(
    _ bytes: [UInt8], named name: String = "copy.json", base: Int? = nil
  ) throws(WorkspaceError) -> MergeReport {
    try workspace.merge(bytes, named: name, into: id, base: base)
  }

  func set(_ number: Int, _ change: (inout LineFields) -> Void) throws {
    var fields = LineFields()
    change(&fields)
    _ = try workspace.setLine(try line(number).id, in: id, fields: fields)
  }
}

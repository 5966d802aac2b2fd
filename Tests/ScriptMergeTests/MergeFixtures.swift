import ScriptMerge
import ScriptModel

/// A script of numbered lines, three seconds apart, said by speaker 1.
func talk(_ lines: [(UInt64, String)]) -> Script {
  Script(
    id: Script.ID(high: 0, low: 1), projectID: Project.ID(high: 0, low: 1), title: "Talk",
    speakers: lines.isEmpty ? [] : [speaker(1, "Ada")],
    lines: lines.enumerated().map { index, line in
      Line(
        id: lineID(line.0), speaker: speaker(1, "").id, start: Milliseconds(Int64(index) * 3000),
        end: Milliseconds(Int64(index) * 3000 + 2500), text: line.1)
    })
}

func speaker(_ number: UInt64, _ name: String) -> Speaker {
  Speaker(id: Speaker.ID(high: 3, low: number), name: name)
}

func lineID(_ number: UInt64) -> Line.ID { Line.ID(high: 0, low: number) }

extension Script {
  var texts: [String] { lines.map(\.text) }

  var numbers: [UInt64] { lines.map(\.id.low) }

  /// The script after a change.
  func with(_ change: (inout Script) -> Void) -> Script {
    var copy = self
    change(&copy)
    return copy
  }

  /// The script as a file that holds no ids.
  var withoutIDs: ScriptDocument {
    var document = ScriptDocument(self)
    document.lineIDs = []
    document.speakerIDs = []
    return document
  }
}

extension MergeOutcome {
  var fields: [Conflict.Field] { conflicts.map(\.field) }
}

let fiveLines = talk([
  (1, "one two three four five six"), (2, "seven eight nine ten"), (3, "eleven twelve thirteen"),
  (4, "fourteen fifteen sixteen"), (5, "seventeen eighteen nineteen"),
])

import JSONText
import TestSupport
import Testing

/// Random commands through the process, with undo, redo and restore held against what was shown before.
@Suite(.enabled(if: WorkingFacade.canOpen)) struct AnyHistory {
  let folder = TemporaryFolder()

  private func run(_ words: [String]) -> CommandRun { CommandRun(words, in: folder) }

  /// The speakers by name and the lines, without the revision, which grows.
  private func state() throws -> [JSONValue] {
    try document(run(["show", "talk", "--json"]))["data"]?["lines"]?.array ?? []
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func goesBackAndForthToWhatWasShown(round: UInt64) throws {
    var random = Draw(state: UInt64.random(in: 0..<(1 << 40)) &+ round)
    print("AnyHistory: seed \(random.state)")
    let captions = (1...6).map {
      "\($0)\n00:00:0\($0),000 --> 00:00:0\($0),900\nAnna: Line number \($0) of the storm.\n\n"
    }
    TestFile.write(Array(captions.joined().utf8), to: folder.path + "/talk.srt")
    #expect(run(["import", "talk.srt"]).status == 0)
    // The state after each revision, and the revisions that undo has still to take back.
    var states = [try state()]
    var done: [[JSONValue]] = [states[0]]
    var undone: [[JSONValue]] = []
    for _ in 0..<25 {
      let now = try #require(states.last)
      switch random.below(8) {
      case 0 where done.count > 1:
        #expect(run(["undo", "talk"]).status == 0)
        undone.append(done.removeLast())
        states.append(try #require(done.last))
      case 1 where !undone.isEmpty:
        #expect(run(["redo", "talk"]).status == 0)
        let back = undone.removeLast()
        done.append(back)
        states.append(back)
      case 2:
        let revision = random.below(states.count) + 1
        let restore = run(["restore", "talk", String(revision)])
        #expect(restore.status == 0, "\(restore.errors)")
        try take(changed: now, as: states[revision - 1], &states, &done, &undone)
      default:
        let words = command(&random, count: now.count)
        let edit = run(words)
        // A piece of three characters can't be cut after the third.
        #expect(edit.status == 0 || words[1] == "split", "\(words): \(edit.errors)")
        try take(changed: now, as: try state(), &states, &done, &undone)
      }
      #expect(try state() == states.last)
    }
    for revision in [1, states.count / 2, states.count] where revision > 0 {
      let shown = try document(run(["show", "talk", "--at", String(revision), "--json"]))
      #expect(shown["data"]?["lines"]?.array == states[revision - 1])
    }
    #expect(run(["doctor"]).status == 0)
  }

  /// What changes nothing is no revision.
  private func take(
    changed before: [JSONValue], as after: [JSONValue], _ states: inout [[JSONValue]],
    _ done: inout [[JSONValue]], _ undone: inout [[JSONValue]]
  ) throws {
    let log = try document(run(["log", "talk", "--json"]))["data"]?["revisions"]?.array ?? []
    guard log.count > states.count else {
      #expect(before == after)
      return
    }
    states.append(after)
    done.append(after)
    undone = []
  }

  private func command(_ random: inout Draw, count: Int) -> [String] {
    let line = String(random.below(max(count, 1)) + 1)
    let word = "word\(random.below(1000))"
    guard count > 3 else { return ["line", "add", "talk", word] }
    switch random.below(9) {
    case 0: return ["line", "add", "talk", "--after", line, "--speaker", "Bert", word]
    case 1: return ["line", "set", "talk", line, "--text", "\(word) and \(word)"]
    case 2: return ["line", "delete", "talk", line]
    case 3: return ["line", "split", "talk", line, "--at", "3"]
    case 4: return ["line", "join", "talk", "2", "3"]
    case 5: return ["line", "move", "talk", "1", "--after", String(count)]
    case 6: return ["retime", "talk", "--shift", "\(random.below(900) + 1)ms"]
    case 7: return ["speaker", "assign", "talk", line, random.below(2) == 0 ? "Carla" : "Anna"]
    default: return ["replace", "o", "0", "talk"]
    }
  }
}

/// A small generator whose seed is printed.
private struct Draw {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}

import ScriptModel
import ScriptStore
import TestSupport
import Testing

/// Commands at random over three scripts with one cast: refusals are fine, damage is not.
@Test(arguments: UInt64(1)...12)
func noHistoryOfSharedSpeakersIsDamaged(seed: UInt64) throws {
  print("noHistoryOfSharedSpeakersIsDamaged: seed \(seed)")
  var random = SeededGenerator(seed: seed)
  let fixture = try StoreFixture(seed: seed)
  let scripts = try (1...3).map { number in
    try fixture.script(
      ["Anna: One two", "Ben: Three four", "Anna: Five six"], title: "Script \(number)"
    ).id
  }
  var done = 0
  for step in 0..<120 {
    let script = scripts[Int.random(in: 0..<3, using: &random)]
    do {
      try aCommand(on: script, of: fixture.store, step: step, using: &random)
      done += 1
    } catch {
      let expected: [StoreError.Code] = [
        .conflict, .nothingToUndo, .nothingToRedo, .alreadyExists, .notFound, .invalidValue,
      ]
      #expect(expected.contains(error.code), "step \(step): \(error)")
    }
  }
  #expect(done > 40)
  try fixture.expectHealthy("seed \(seed)")
}

private func aCommand(
  on script: Script.ID, of store: WorkspaceStore, step: Int, using random: inout SeededGenerator
) throws(StoreError) {
  let names = ["Anna", "Ben", "Cleo", "Dan"]
  let name = names[Int.random(in: 0..<4, using: &random)]
  let other = names[Int.random(in: 0..<4, using: &random)]
  let choice = Int.random(in: 0..<12, using: &random)
  if choice == 0 { return _ = try store.undo(script) }
  if choice == 1 { return _ = try store.redo(script) }
  let project = try store.script(script).projectID
  let lines = try store.script(script).lines
  let line = lines.randomElement(using: &random)?.id
  switch choice {
  case 2:
    let last = try store.summary(of: script).revision
    _ = try store.restore(script, to: Int.random(in: 1...last, using: &random))
  case 3: _ = try store.renameSpeaker(name, to: other, in: project)
  case 4: _ = try store.renameSpeaker(name, to: "Tmp", in: project)
  case 5: _ = try store.renameSpeaker("Tmp", to: other, in: project)
  case 6: _ = try store.mergeSpeakers(name, into: other, in: project)
  case 7: _ = try store.addLine(to: script, after: line, text: "Line \(step)", speaker: name)
  case 8: if lines.count > 1, let line { _ = try store.deleteLines([line], in: script) }
  case 9: if let line { _ = try store.setLine(line, in: script, text: "Set \(step) ü") }
  case 10: if let line { _ = try store.assignSpeaker(name, to: [line], in: script) }
  default: if step % 9 == 0 { _ = try store.deleteScript(script) }
  }
}

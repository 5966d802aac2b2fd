import TestSupport
import Testing

@Suite(.enabled(if: WorkingFacade.canOpen)) struct SearchAfterEdits {
  let folder = TemporaryFolder()

  @Test func oneScriptHasOneHeadingWhateverCameLater() {
    for title in ["First", "Second"] {
      _ = CommandRun(["new", title], in: folder)
      _ = CommandRun(["line", "add", title, "The stairs of \(title)."], in: folder)
    }
    _ = CommandRun(["line", "add", "First", "More stairs."], in: folder)
    let found = CommandRun(["search", "stairs"], in: folder)
    #expect(
      found.output == """
        First
          1 The stairs of First.
          2 More stairs.

        Second
          1 The stairs of Second.

        """)
  }
}

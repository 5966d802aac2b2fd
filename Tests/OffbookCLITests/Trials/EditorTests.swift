import JSONText
import TestSupport
import Testing

/// `edit` with editors that do what editors do, and what they should not.
@Suite(.enabled(if: WorkingFacade.canOpen)) struct TheEditor {
  let folder = TemporaryFolder()

  init() {
    let captions = """
      1
      00:00:01,000 --> 00:00:02,000
      Anna: The foghorn is loud.

      2
      00:00:03,000 --> 00:00:04,000
      Anna: It always is.

      3
      00:00:05,000 --> 00:00:06,000
      Anna: Then we keep it lit.

      """
    TestFile.write(Array(captions.utf8), to: folder.path + "/talk.srt")
    _ = CommandRun(["import", "talk.srt"], in: folder)
  }

  private func edit(_ editor: String, _ words: String...) -> CommandRun {
    CommandRun(
      ["edit", "talk"] + words, in: folder,
      environment: ["VISUAL": editor, "offbook": CommandRun.binary])
  }

  /// An editor that is a line of shell with the file as `$1`.
  private func script(_ line: String) -> String {
    TestFile.write(Array("#!/bin/sh\n\(line)\n".utf8), to: folder.path + "/editor.sh")
    return "sh '\(folder.path)/editor.sh'"
  }

  private func lines() throws -> [JSONValue] {
    let shown = try document(CommandRun(["show", "talk", "--json"], in: folder))
    return shown["data"]?["lines"]?.array ?? []
  }

  private func texts() throws -> [String] { try lines().compactMap { $0["text"]?.string } }

  private func leftFiles() -> [Substring] {
    CommandRun(shell: "ls workspace/edits/*/* 2>/dev/null", in: folder).output
      .split(separator: "\n")
  }

  @Test func oneRevisionOnSaveKeepsTheIds() throws {
    let before = try lines()
    let run = edit("sed -i s/foghorn/siren/")
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output == "Edited 'talk' (revision 2).\n")
    #expect(try lines().map { $0["id"] } == before.map { $0["id"] })
    #expect(try texts()[0] == "The siren is loud.")
    #expect(leftFiles() == [])
  }

  @Test func anUnchangedFileIsNoRevision() throws {
    let run = edit("true")
    #expect(run.status == 0)
    #expect(run.output == "Nothing to change.\n")
    #expect(try document(edit("true", "--json"))["data"]?["revision"] == .null)
    #expect(leftFiles() == [])
  }

  @Test func aDryRunShowsAndChangesNothing() throws {
    let before = try lines()
    let run = edit("sed -i s/foghorn/siren/", "--dry-run")
    #expect(run.status == 0)
    #expect(run.output.contains("[-foghorn-]") && run.output.contains("{+siren+}"))
    #expect(try lines() == before)
    #expect(leftFiles() == [])
  }

  @Test(arguments: [
    ("exit 1", "failed (1). Nothing was changed.", false),
    ("rm \"$1\"", "The editor left no file. Nothing was changed.", false),
    (": >\"$1\"", "There was no line in the file. Nothing was changed.", false),
    ("echo more >>\"$1\"; exit 3", "failed (3). Nothing was changed.", true),
    ("echo more >>\"$1\"; kill -KILL $$", "failed (137). Nothing was changed.", true),
    ("printf 'caf\\351\\n' >\"$1\"", "What the editor saved is not UTF-8.", true),
    (
      "sed -i '/00:00:03/s/^.00:00:03/[00:99:xx/' \"$1\"; echo kept >>\"$1\"; exit 9",
      "failed (9). Nothing was changed.", true
    ),
  ])
  func whatGoesWrongChangesNothingAndKeepsTheText(line: String, message: String, keeps: Bool) throws
  {
    let before = try lines()
    let run = edit(script(line))
    #expect(run.status == 1)
    #expect(run.errors.contains(message))
    #expect(try lines() == before)
    #expect(leftFiles().count == (keeps ? 1 : 0))
    if keeps, let path = leftFiles().first { #expect(run.errors.contains(path)) }
  }

  @Test func aTimeThatCanNotBeReadIsNamedWithItsLine() throws {
    let before = try lines()
    let run = edit("sed -i 's/^.00:00:03.000/[00:00:0x.000/'")
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("Error: Line "))
    #expect(run.errors.contains("Mend that line and save again."))
    #expect(run.errors.contains("Your text is kept in '"))
    #expect(leftFiles().count == 1)
    #expect(try lines() == before)
  }

  @Test func whatOthersDidMeanwhileStays() throws {
    let run = edit(
      script(
        """
        "$offbook" line add talk --after 1 'Between.' >/dev/null || exit 1
        "$offbook" line set talk 2 --text 'Between the lines.' >/dev/null || exit 1
        "$offbook" line add talk 'At the end.' >/dev/null || exit 1
        sed -i 's/foghorn/siren/; s/keep it lit/keep it burning/' "$1"
        """))
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try texts() == [
        "The siren is loud.", "Between the lines.", "It always is.", "Then we keep it burning.",
        "At the end.",
      ])
    #expect(CommandRun(["undo", "talk"], in: folder).status == 0)
    #expect(try texts()[0] == "The foghorn is loud.")
    #expect(try texts().count == 5)
  }

  @Test func aMissingEditorIsNamed() {
    let run = edit("no-such-editor")
    #expect(run.status == 1)
    #expect(run.errors.contains("The editor 'no-such-editor' was not found. Nothing was changed."))
  }
}

import TestSupport
import Testing

@testable import OffbookCLI

/// The driver in a real repository of git.
@Suite struct MergeDriverTests {
  private let folder = TemporaryFolder()

  private let setUp = """
    set -e
    git init -q -b main .
    git config user.name Test; git config user.email test@example.org
    git config merge.offbook.name 'transcripts by line and word'
    git config merge.offbook.driver "\\"$offbook\\" merge-driver %O %A %B %P --marker-size %L"
    printf '*.srt merge=offbook\\n*.md merge=offbook\\n' > .gitattributes
    printf '1\\n00:00:01,000 --> 00:00:02,000\\nHello there.\\n\\n' > talk.srt
    printf '2\\n00:00:03,000 --> 00:00:04,000\\nIt rains a lot in the north.\\n' >> talk.srt
    printf '# Talk\\n\\nAnna: Good morning and welcome to the show.\\n' > talk.md
    git add -A; git commit -qm base
    git checkout -qb other

    """

  private func run(_ lines: String) -> CommandRun {
    CommandRun(shell: setUp + lines, in: folder)
  }

  @Test func editsOfOneRowMerge() {
    let run = run(
      """
      sed -i 's/rains/snows/; s/03,000/03,500/' talk.srt; sed -i 's/show/programme/' talk.md
      git commit -qam other; git checkout -q main
      sed -i 's/north/south/; s/^00:00:01,000 --> 00:00:02,000/00:00:01,000 --> 00:00:02,250/' talk.srt
      sed -i 's/Good/Fine/' talk.md
      git commit -qam main; git merge -q --no-edit other >/dev/null; cat talk.srt talk.md; git status --short
      """)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output == """
        1
        00:00:01,000 --> 00:00:02,250
        Hello there.

        2
        00:00:03,500 --> 00:00:04,000
        It snows a lot in the south.
        # Talk

        Anna: Fine morning and welcome to the programme.

        """)
  }

  @Test func whatConflictsIsLeftAsGitExpects() {
    let run = run(
      """
      sed -i 's/rains/snows/' talk.srt; git commit -qam other; git checkout -q main
      sed -i 's/rains/pours/' talk.srt; git commit -qam main
      git merge -q --no-edit other >/dev/null && exit 9
      git status --short; cat talk.srt
      """)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasSuffix(
        """
        UU talk.srt
        1
        00:00:01,000 --> 00:00:02,000
        Hello there.

        2
        00:00:03,000 --> 00:00:04,000
        <<<<<<< ours
        It pours a lot in the north.
        =======
        It snows a lot in the north.
        >>>>>>> theirs

        """), "\(run.output)")
  }
}

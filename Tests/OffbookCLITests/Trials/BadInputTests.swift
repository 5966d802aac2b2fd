import JSONText
import TestSupport
import Testing

/// What a person sees who gives the command something that is no script, or no place for one.
@Suite(.enabled(if: WorkingFacade.canOpen)) struct BadInput {
  let folder = TemporaryFolder()

  private static let caption = "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hello.\n"

  private func write(_ text: String, to name: String) {
    TestFile.write(Array(text.utf8), to: "\(folder.path)/\(name)")
  }

  private func run(_ words: String...) -> CommandRun { CommandRun(words, in: folder) }

  private func shell(_ line: String) -> CommandRun { CommandRun(shell: line, in: folder) }

  private func titles() throws -> [String] {
    let scripts = try document(run("list", "--json"))["data"]?["scripts"]?.array ?? []
    return scripts.compactMap { $0["title"]?.string }
  }

  /// A file made by a line of shell is refused by import and by convert, with these very words.
  @Test(
    arguments: [
      (
        "true", "x.srt", "'x.srt' can't be read: No such file or directory",
        "Check the name and the folder."
      ),
      (": >x.srt", "x.srt", "'x.srt' can't be read: the file is empty", nil),
      (
        "truncate -s 1G x.srt", "x.srt",
        "'x.srt' has 1024 MiB; the largest file that is read has 512 MiB", "Cut it into parts."
      ),
      (
        "mkdir x.srt", "x.srt", "'x.srt' is a folder",
        "Name the files in it, such as 'x.srt/*.srt'."
      ),
      (
        "mkfifo x.srt", "x.srt", "'x.srt' is no regular file",
        "Give '-' to read what another program writes."
      ),
      (
        "printf 'MZ\\000\\000\\001\\000\\377\\000' >x.srt", "x.srt",
        "'x.srt' can't be read: the file is binary, not text",
        "Import a text, subtitle or DOCX file."
      ),
      (
        "printf '1\\n99999999999999999999:00:00,000 --> 99999999999999999999:00:01,000\\na\\n' >x.srt",
        "x.srt", "'x.srt' can't be read: no caption with a time is in the file",
        "'--format txt' reads it as plain text."
      ),
    ] as [(String, String, String, String?)])
  func isRefusedInOneSentence(making: String, name: String, message: String, fix: String?) throws {
    #expect(shell(making).status == 0)
    for words in [["import", name], ["convert", name, "-o", "out.md"]] {
      let run = CommandRun(words, in: folder)
      #expect(run.status == 1)
      #expect(run.output == "")
      #expect(run.errors == "Error: \(message)\n" + (fix.map { "  \($0)\n" } ?? ""))
      let error = try document(CommandRun(words + ["--json"], in: folder))["error"]
      #expect(error?["message"]?.string == message)
      #expect(error?["fix"]?.string == fix)
    }
    #expect(shell("ls out.md").status != 0)
    #expect(try titles() == [])
  }

  @Test func whatMayNotBeReadIsNamed() {
    write(Self.caption, to: "secret.srt")
    let line = "chmod 000 secret.srt; [ -r secret.srt ] || exec \"$offbook\" import secret.srt"
    let run = shell(line)
    // The superuser reads everything.
    if run.status == 0 { return }
    #expect(run.status == 1)
    #expect(run.errors == "Error: 'secret.srt' can't be read: Permission denied\n")
  }

  @Test func theContentWinsOverTheExtension() throws {
    write(Self.caption, to: "talk.docx")
    let run = run("import", "talk.docx", "--json")
    #expect(run.status == 0)
    let script = try document(run)["data"]?["scripts"]?[0]
    #expect(script?["format"]?.string == "srt")
    #expect(script?["findings"]?[0]?["code"]?.string == "wrong-extension")
  }

  @Test(arguments: ["a\u{1B}[31mb", "new\nline", "", " ", String(repeating: "x", count: 10_000)])
  func aTitleThatNoListCanShowIsRefused(title: String) throws {
    write(Self.caption, to: "talk.srt")
    for words in [["new", title], ["import", "talk.srt", "--title", title]] {
      let run = CommandRun(words, in: folder)
      #expect(run.status == 2)
      #expect(run.errors.contains("The title of a script "))
      #expect(!run.errors.contains("\u{1B}"))
    }
    #expect(try titles() == [])
  }

  @Test(arguments: ["a/b", "../../up", ".", "..", "/etc/passwd", "con\\aux:1"])
  func aTitleIsNeverAPath(title: String) throws {
    write(Self.caption, to: "talk.srt")
    #expect(run("import", "talk.srt", "--title", title).status == 0)
    #expect(try titles() == [title])
    #expect(run("export", title, "-f", "srt", "-o", "out/").status == 0)
    #expect(shell("ls -A out").output.split(separator: "\n").count == 1)
    #expect(shell("ls -A").output == "out\ntalk.srt\nworkspace\n")
  }

  // MARK: Disks

  /// A limit on the size of files is the full disk that any test may have.
  @Test func aFullDiskLosesNothing() throws {
    write(Self.caption, to: "talk.srt")
    let many = (1...6000).map {
      "\($0)\n00:00:01,000 --> 00:00:02,000\nA caption of the storm, number \($0).\n\n"
    }
    write(many.joined(), to: "storm.srt")
    #expect(run("import", "talk.srt").status == 0)
    let before = run("show", "talk", "--json").output
    // A profile of coverage would not fit under the limit either, and its runtime says so.
    let limited = "trap '' XFSZ; ulimit -f 600; LLVM_PROFILE_FILE=/dev/null exec \"$offbook\""
    let full = shell("\(limited) import storm.srt")
    #expect(full.status == 1)
    #expect(
      full.errors == """
        Error: The disk is full: nothing was changed in the workspace \
        '\(folder.path)/workspace'
          Free some space, then try again.

        """)
    #expect(run("show", "talk", "--json").output == before)
    #expect(try titles() == ["talk"])
    #expect(run("doctor").status == 0)
    #expect(run("import", "storm.srt").status == 0)
    let out = shell(
      "trap '' XFSZ; ulimit -f 100; exec \"$offbook\" export storm -f srt -o out.srt")
    #expect(out.status == 1)
    #expect(out.errors.contains("'out.srt' can't be written: File too large"))
    #expect(shell("ls -A | grep out").output == "")
  }

  @Test func aFinishedCommandLeavesNoGrowingLog() {
    write(Self.caption, to: "talk.srt")
    #expect(run("import", "talk.srt").status == 0)
    for number in 0..<3 { #expect(run("line", "add", "talk", "Line \(number).").status == 0) }
    #expect(run("show", "nothing").status == 1)
    #expect(shell("ls workspace/*-wal").status != 0)
  }

  // MARK: Workspaces

  @Test func aFolderForReadingOnlyIsReadAndNotWritten() throws {
    write(Self.caption, to: "talk.srt")
    #expect(run("import", "talk.srt").status == 0)
    let prefix = "chmod -R a-w,a+rX workspace; [ -w workspace ] && exit 99; exec \"$offbook\" "
    let list = shell(prefix + "show talk")
    // The superuser writes everywhere.
    if list.status == 99 { return }
    #expect(list.status == 0)
    #expect(list.output.contains("Anna: Hello."))
    let edit = shell(prefix + "line add talk More.")
    #expect(edit.status == 1)
    #expect(
      edit.errors == """
        Error: The workspace '\(folder.path)/workspace' can't be written
          Check who owns the folder and whether its disk is mounted for reading only.

        """)
    #expect(shell("chmod -R u+w workspace").status == 0)
  }

  @Test func whatIsNoWorkspaceIsToldApart() {
    _ = shell("mkdir diary none; echo hello >diary/workspace.sqlite; echo >file")
    let cases = [
      ("none", "There is no workspace in '\(folder.path)/none'"),
      ("diary", "The file 'workspace.sqlite' in '\(folder.path)/diary' is not a workspace"),
      ("file", "There is no workspace in '\(folder.path)/file'"),
    ]
    for (place, message) in cases {
      let run = run("list", "--workspace", place)
      #expect(run.status == 1)
      #expect(run.errors.hasPrefix("Error: \(message)\n  "))
    }
    #expect(run("new", "Talk", "--workspace", "diary").status == 1)
    #expect(shell("cat diary/workspace.sqlite").output == "hello\n")
    let file = run("new", "Talk", "--workspace", "file")
    #expect(file.status == 1)
    #expect(file.errors.hasPrefix("Error: '\(folder.path)/file' is not a folder\n"))
  }

  @Test func aNewerWorkspaceIsLeftAlone() throws {
    #expect(run("new", "Talk").status == 0)
    let path = folder.path + "/workspace/workspace.sqlite"
    var bytes = try #require(TestFile.read(path))
    // The user version is the big-endian number at byte 60 of the header.
    bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
    TestFile.write(bytes, to: path)
    for words in [["list"], ["new", "Other"], ["doctor"]] {
      let run = CommandRun(words, in: folder)
      #expect(run.status == 1)
      #expect(run.errors.contains("was written by a newer offbook"))
      #expect(run.errors.hasSuffix("\n  Update offbook.\n"))
    }
    #expect(TestFile.read(path) == bytes)
  }
}

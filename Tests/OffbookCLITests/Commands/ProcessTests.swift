import JSONText
import TestSupport
import Testing

@testable import OffbookCLI

/// The document on stdout, which must be one and the only one.
func document(_ run: CommandRun) throws -> JSONValue {
  try JSONValue(parsing: Array(run.output.utf8))
}

@Suite struct WithoutAWorkspace {
  let folder = TemporaryFolder()

  @Test func helpGoesToStandardOutput() {
    let run = CommandRun([], in: folder)
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(
      run.output.hasPrefix("offbook: An offline-first workspace for transcripts and scripts."))
    #expect(CommandRun(["help"], in: folder).output == run.output)
    #expect(CommandRun(["--help"], in: folder).output == run.output)
    #expect(CommandRun(shell: "ls -A", in: folder).output == "")
  }

  @Test func theVersionIsOneLine() {
    let run = CommandRun(["--version"], in: folder)
    #expect(run.output == "offbook \(Program.version)\n")
    #expect(run.status == 0)
  }

  @Test func wrongUseIsExplained() {
    let run = CommandRun(["log"], in: folder)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(
      run.errors == """
        Error: Missing expected argument 'SCRIPT'.
        Usage: offbook log SCRIPT
          See 'offbook log --help' for more information.

        """)
  }

  @Test(arguments: [
    ["--json", "lst"], ["lst", "--json"], ["line", "set", "--json"], ["show", "--json", "--bad"],
    ["retime", "S", "--json"], ["convert", "none.srt", "-o", "x.pdf", "--json"],
  ])
  func wrongUseIsOneDocument(words: [String]) throws {
    let run = CommandRun(words, in: folder)
    #expect(run.status == 2)
    let document = try document(run)
    #expect(document["ok"]?.bool == false)
    #expect(document["error"]?["type"]?.string == "usage")
    #expect(document["error"]?["message"]?.string?.isEmpty == false)
    #expect(document["data"] == .null)
    #expect(document["warnings"]?.array == [])
    #expect(run.errors.hasPrefix("Error: "))
  }

  @Test func helpAndVersionAreDocumentsToo() throws {
    let help = try document(CommandRun(["help", "line", "--json"], in: folder))
    #expect(help["data"]?["topic"]?.string == "line")
    #expect(help["data"]?["text"]?.string?.contains("SUBCOMMANDS") == true)
    let version = try document(CommandRun(["--version", "--json"], in: folder))
    #expect(version["command"]?.string == "version")
    #expect(version["data"]?["version"]?.string == Program.version)
  }

  @Test func aReaderThatLeavesIsNoError() {
    let run = CommandRun(shell: "\"$offbook\" --help | head -n 1", in: folder)
    #expect(run.errors == "")
    #expect(run.output.utf8.count(where: { $0 == 0x0A }) == 1)
  }

  @Test func aFullDiskIsAnError() {
    let run = CommandRun(shell: "\"$offbook\" --help >/dev/full", in: folder)
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("Error: The standard output can't be written: "))
  }

  @Test func closedStreamsAreNoTrap() {
    #expect(CommandRun(shell: "\"$offbook\" --help <&- >&- 2>&-", in: folder).status == 0)
  }

  @Test(arguments: ["none.srt", ".", "/dev/zero"])
  func whatCanNotBeReadIsNotConverted(input: String) {
    let run = CommandRun(["convert", input, "-o", "out.md"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("'\(input)'"))
    #expect(CommandRun(shell: "ls -A", in: folder).output == "")
  }

  @Test func aMissingFormatIsWrongUse() {
    let run = CommandRun(["convert", "a.srt", "-o", "out"], in: folder)
    #expect(run.status == 2)
    #expect(run.errors.contains("Missing expected option '--to F'"))
  }

  #if os(Linux)
    @Test func ctrlCEndsWithADocumentAndItsStatus() throws {
      let run = CommandRun(
        shell: """
          mkfifo pipe
          "$offbook" convert - --to srt --json <pipe & process=$!
          exec 3>pipe
          while kill -INT $process 2>/dev/null; do
            case $(cat /proc/$process/stat) in *") Z "*) break ;; esac
          done
          wait $process
          """, in: folder)
      #expect(run.status == 130)
      #expect(try document(run)["error"]?["type"]?.string == "interrupted")
    }

    @Test func ctrlCSaysNothingToAPerson() {
      let run = CommandRun(
        shell: """
          mkfifo pipe
          "$offbook" convert - --to srt <pipe & process=$!
          exec 3>pipe
          while kill -INT $process 2>/dev/null; do
            case $(cat /proc/$process/stat) in *") Z "*) break ;; esac
          done
          wait $process
          """, in: folder)
      #expect(run.status == 130)
      #expect(run.output == "")
      #expect(run.errors == "")
    }
  #endif
}

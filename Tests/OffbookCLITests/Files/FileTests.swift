import ScriptModel
import Offbook
import TestSupport
import Testing

@testable import OffbookCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Test(arguments: [
  ("Interview", "Interview"), ("a/b", "a-b"), ("../../etc/passwd", "etc-passwd"),
  ("a\u{0}\u{1B}b", "ab"), ("  a \n b  ", "a b"), ("...", "script"), ("", "script"),
  ("what: why?", "what- why-"), ("日本語", "日本語"), ("\u{202E}gpj", "gpj"), ("-rf", "rf"),
])
func namesAreSafe(title: String, name: String) {
  #expect(FileNaming.name(from: title) == name)
}

@Test func longTitlesAreCutBetweenCharacters() {
  for title in [String(repeating: "a", count: 10_000), String(repeating: "語", count: 10_000)] {
    let name = FileNaming.name(from: title)
    #expect(name.utf8.count <= FileNaming.longestName)
    #expect(name.utf8.count > FileNaming.longestName - 4)
    #expect(title.hasPrefix(name))
  }
}

@Test func equalTitlesGetNumbers() {
  var taken: Set<String> = []
  let paths = ["Talk", "talk", "Talk"].map {
    FileNaming.path(for: $0, format: .srt, in: "out", taken: &taken)
  }
  #expect(paths == ["out/Talk.srt", "out/talk-2.srt", "out/Talk-3.srt"])
}

@Test(arguments: [
  ("a.srt", FormatName.srt), ("a/b.MD", .markdown), ("x.markdown", .markdown), ("x.vtt", .webVTT),
  ("a.b/c", nil), ("srt", nil), ("x.pdf", nil),
])
func extensionsTellFormats(path: String, format: FormatName?) {
  #expect(FileNaming.format(ofExtension: path) == format)
}

private let writing = FileWriting(interruption: Interruption {})

private func failure(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? CommandFailure)?.type ?? "\(error)"
  }
}

@Test func nothingIsOverwrittenWithoutForce() {
  let folder = TemporaryFolder()
  let path = folder.path + "/out.txt"
  #expect(failure { try writing.write([1], to: path, force: false) } == nil)
  #expect(failure { try writing.write([2], to: path, force: false) } == "alreadyExists")
  #expect(TestFile.read(path) == [1])
  #expect(failure { try writing.write([3], to: path, force: true) } == nil)
  #expect(TestFile.read(path) == [3])
}

@Test func aFailedWriteLeavesNothing() {
  let folder = TemporaryFolder()
  #expect(failure { try writing.write([1], to: folder.path, force: true) } == "fileProblem")
  let missing = folder.path + "/none/out.txt"
  #expect(failure { try writing.write([1], to: missing, force: true) } == "fileProblem")
  #expect(failure { try writing.write([1], to: "/dev/full", force: false) } == "diskFull")
  let listing = CommandRun(shell: "ls -A", in: folder)
  #expect(listing.output == "")
}

@Test func forceReplacesWhatALinkNames() {
  let folder = TemporaryFolder()
  TestFile.write([1], to: folder.path + "/real")
  symlink(folder.path + "/real", folder.path + "/link")
  #expect(failure { try writing.write([2], to: folder.path + "/link", force: true) } == nil)
  #expect(TestFile.read(folder.path + "/real") == [2])
}

@Test func whatIsNoFileIsRefused() {
  let folder = TemporaryFolder()
  mkfifo(folder.path + "/pipe", 0o600)
  for path in [folder.path, folder.path + "/pipe", "/dev/zero", folder.path + "/none"] {
    #expect(failure { _ = try FileReading.bytes(of: path) } == "fileProblem", "\(path)")
  }
  TestFile.write([], to: folder.path + "/huge")
  truncate(folder.path + "/huge", off_t(InputFile.largestSize) + 1)
  #expect(failure { _ = try FileReading.bytes(of: folder.path + "/huge") } == "fileProblem")
}

import TestSupport
import Testing

/// What is read as a token, and that no word of it is shown.
struct TokenProcessTests {
  @Test(arguments: [
    ("", "No token came."), (" \n", "No token came."),
    ("nmv_usr_1 2\n", "What came is no token: it has spaces in it."),
    ("Basic nmv_usr_1\n", "What came is no token: it has spaces in it."),
  ])
  func whatIsNoTokenIsRefusedUnseen(input: String, message: String) {
    let folder = TemporaryFolder()
    for words in [["auth", "token", "--stdin"], ["auth", "token"]] {
      let run = CommandRun(words, in: folder, input: input)
      #expect(run.status == 2)
      #expect(run.errors.hasPrefix("Error: \(message)\n"))
      #expect(!(run.errors + run.output).contains("nmv_usr"))
    }
  }

  @Test func aTokenAmongTheWordsIsNotRepeated() {
    for words in [["auth", "token", "nmv_usr_1"], ["auth", "token", "nmv_usr_1", "--json"]] {
      let run = CommandRun(words, in: TemporaryFolder())
      #expect(run.status == 2)
      #expect(!(run.errors + run.output).contains("nmv_usr"))
    }
  }
}

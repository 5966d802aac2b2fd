import ScriptSync
import TestSupport
import Testing

/// The client's id is a bare UUID, and nothing else is ever sent as one.
struct ClientIDTests {
  private let folder = TemporaryFolder()

  private func files(holding bytes: [UInt8]?) -> (CredentialFiles, file: String) {
    let home = folder.path + "/home"
    let file = home + "/.config/nemovideo/client_id"
    let files = CredentialFiles(folder: folder.path, home: home, address: "https://example.org")
    if let bytes {
      // It is made with its folders, and then holds what it is to hold.
      _ = try? files.clientID()
      TestFile.write(bytes, to: file)
    }
    return (files, file)
  }

  @Test(arguments: [
    ("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
    (" AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE \r\n", "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE"),
    ("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee\nX-Evil: 1", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
    ("# a note\naaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
  ])
  func theFirstLineThatIsAUUIDCounts(text: String, id: String) throws {
    let (files, file) = files(holding: Array(text.utf8))
    #expect(try files.clientID() == id)
    #expect(TestFile.read(file) == Array(text.utf8))
  }

  @Test(arguments: [
    "", "garbage", "aaaaaaaa-bbbb-4ccc-8ddd", "gggggggg-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    "aaaaaaaa-bbbb-4ccc\n-8ddd-eeeeeeeeeeee", "{aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee}",
  ])
  func whatHoldsNoneIsReplaced(text: String) throws {
    let (files, file) = files(holding: Array(text.utf8))
    #expect(files.knownClientID == nil)
    let made = try files.clientID()
    #expect(CredentialFiles.isClientID(made) && TestFile.read(file) == Array(made.utf8))
  }

  @Test func aRefusedOneGetsAnotherOnce() throws {
    let (files, _) = files(holding: nil)
    let first = try files.clientID()
    #expect(try files.clientID(insteadOf: "of the environment") == first)
    let second = try files.clientID(insteadOf: first)
    #expect(second != first && files.knownClientID == second)
  }
}
